import { Show } from "solid-js";
import { dayCell, money } from "../../format.ts";
import { Note } from "../../ui/feedback.tsx";
import { type DunningRow, useDunning } from "./dunning-data.ts";
import { dunningWords } from "./dunning-words.ts";
import { deviceDay } from "./view.ts";

/** What of a company's bills is late, and what happens next. Nothing when none is. */
export function MyDunning(props: { space: string }) {
  const t = dunningWords();
  const dunning = useDunning(() => props.space);
  const own = () => dunning.data?.items.find(({ openMinor }) => openMinor > 0);
  const day = (on: string) => dayCell(on, Number(deviceDay().slice(0, 4)));
  const comes = ({ next, suspendedAt, promise }: DunningRow) => {
    if (suspendedAt) return t.mineSuspended;
    if (promise?.state === "open") return t.minePromise(money(promise.amountMinor), day(promise.on));
    if (!next) return "";
    return next.does === "suspend" ? t.mineSuspend(day(next.on)) : t.mineRemind(day(next.on));
  };
  return (
    <Show when={own()}>
      {(one) => (
        <div class="border-b border-line px-4 py-2">
          <Note tone={one().suspendedAt ? "bad" : "warn"} title={t.mineTitle}>
            {t.mineSay(one().bills.length, money(one().openMinor))} {comes(one())}
          </Note>
        </div>
      )}
    </Show>
  );
}
