import type { OpenCharge } from "@yihao/billing/model";
import type { Reduction } from "@yihao/billing/reduction-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { streamWords } from "../../streams.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { endReduction, reverseCharge, useReductions } from "./charges-data.ts";
import { chargeWords } from "./charges-words.ts";
import { useRights } from "./rights.ts";
import { nameOfCharge, quantityOf } from "./view.ts";

/** Whether a charge may be taken back by hand: what was charged so, and a penalty that is forgone. */
const takenBack = ({ source, amountMinor }: OpenCharge) =>
  (source.kind === "manual" || source.kind === "penalty") && amountMinor > 0;

/** How much a reduction takes, in words. */
export function lessSaid(less: Reduction["less"]): string {
  const t = chargeWords();
  return "percent" in less ? t.percent(less.percent) : t.byAmount(money(less.amountMinor));
}

/** One charge that is on no bill: why, how it is taxed, and what its company's bills are lessened by. */
export function ChargeDetail(props: { space: string; charge: OpenCharge; companyName: string; onGone: () => void }) {
  const t = chargeWords();
  const words = actionWords();
  const streams = streamWords();
  const rights = useRights(() => props.space);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const reductions = useReductions(
    () => props.space,
    () => props.charge.company,
  );
  const act = async (work: () => Promise<unknown>, said: string, gone = false) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      toast({ text: said, tone: "good" });
      if (gone) props.onGone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const facts = () =>
    [
      [t.why, words.why[props.charge.why]],
      [t.month, props.charge.month],
      [t.stream, streams[props.charge.stream]],
      [t.quantity, quantityOf({ ...props.charge, charges: 1 })],
      [t.tax, `${props.charge.taxBasis / 100}%`],
    ] as const;
  return (
    <Pane
      flush={false}
      label={nameOfCharge(props.charge)}
      title={nameOfCharge(props.charge)}
      foot={
        <Show when={rights.mayRecord() && takenBack(props.charge)}>
          <Button
            icon="undo"
            busy={busy()}
            onClick={() => void act(() => reverseCharge(props.space, props.charge, newIntent()), t.undone, true)}
          >
            {t.undo}
          </Button>
        </Show>
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p>
        <TextLink href={`/s/${props.space}/members/${props.charge.company}`}>{props.companyName}</TextLink>
      </p>
      <dl>
        <For each={facts()}>
          {([label, value]) => (
            <div class="flex gap-3 border-t border-line py-1">
              <dt class="w-32 flex-none text-fg-2">{label}</dt>
              <dd class="min-w-0 flex-1">{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <MoneyTotal minor={props.charge.amountMinor} label={t.amount} />
      <section aria-label={t.reductions}>
        <h3 class="mb-1 font-strong">{t.reductions}</h3>
        <Reading asked={reductions} failed={t.notRead} rows={1}>
          {(all) => (
            <Show when={all().length > 0} fallback={<p class="text-fg-2">{t.noReductions}</p>}>
              <ul>
                <For each={all()}>
                  {(one) => (
                    <li class="flex flex-wrap items-center gap-x-3 border-t border-line py-1">
                      <span class="min-w-0 flex-1">
                        {one.name} · {lessSaid(one.less)}
                        <span class="block text-xs text-fg-2">
                          {t.months(one.from, one.through)} ·{" "}
                          {one.streams?.map((stream) => streams[stream]).join(" / ") ?? t.all}
                          {one.coupon ? ` · ${one.coupon.code}` : ""}
                        </span>
                      </span>
                      <Show when={one.state === "active"} fallback={<span class="text-xs text-fg-2">{t.ended}</span>}>
                        <Show when={rights.mayRecord()}>
                          <Button
                            kind="text"
                            disabled={busy()}
                            onClick={() => void act(() => endReduction(props.space, one, newIntent()), t.endedNow)}
                          >
                            {t.end}
                          </Button>
                        </Show>
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Reading>
      </section>
    </Pane>
  );
}
