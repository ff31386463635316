import { plusMonths } from "@yihao/kernel/days";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { closePeriod, useClosed } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";

/** Closes the month after the last closed one (结账), and says how far the books are closed. */
export function ClosePeriod(props: { space: string; today: string; mayClose: boolean }) {
  const t = accountWords();
  const closed = useClosed(() => props.space);
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const last = () => closed.data?.through ?? undefined;
  const before = () => plusMonths(props.today.slice(0, 7), -1);
  const next = () => {
    const through = last();
    return through ? plusMonths(through, 1) : before();
  };
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { through } = await closePeriod(props.space, next(), newIntent());
      toast({ text: t.closed(through), tone: "good" });
      setAsking(false);
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span class="flex items-center gap-3 py-1">
      <span class="text-xs text-fg-2">{last() ? t.closedThrough(last() ?? "") : closed.data ? t.notClosed : ""}</span>
      <Show when={props.mayClose && closed.data && next() <= before()}>
        <Button size="sm" icon="lock" onClick={() => setAsking(true)}>
          {t.closeMonth(next())}
        </Button>
      </Show>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.closeMonth(next())}
        foot={
          <>
            <Button kind="primary" busy={busy()} onClick={() => void confirm()}>
              {t.closeMonth(next())}
            </Button>
            <Button kind="text" onClick={() => setAsking(false)}>
              {t.close}
            </Button>
          </>
        }
      >
        <Show when={problem()}>
          <Note tone="warn" alert>
            {explain(problem())}
          </Note>
        </Show>
        <p>{t.closeSay}</p>
      </Dialog>
    </span>
  );
}
