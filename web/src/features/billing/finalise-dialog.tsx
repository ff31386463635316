import type { InvoiceRow } from "@yihao/billing/model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { finalise, finaliseAll, renewBilling } from "./data.ts";

type Draft = Pick<InvoiceRow, "id" | "companyName" | "totalMinor">;

/** Finalises one draft (出账), with the sum that was seen; a draft that changed meanwhile is shown anew. */
export function FinaliseDialog(props: { space: string; draft: Draft; open: boolean; onClose: () => void }) {
  const t = actionWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let intent = newIntent();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const bill = await finalise(props.space, props.draft, intent);
      toast({ text: t.finalised(bill.number ?? ""), tone: "good" });
      props.onClose();
    } catch (error) {
      setProblem(() => error);
      if (error instanceof Problem && error.status > 0) intent = newIntent();
    } finally {
      await renewBilling(props.space);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t.finaliseTitle(props.draft.companyName)}
      foot={
        <>
          <Button kind="primary" busy={busy()} onClick={() => void confirm()}>
            {t.finaliseOne}
          </Button>
          <Button kind="text" onClick={props.onClose}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p>{t.finaliseSay}</p>
      <MoneyTotal minor={props.draft.totalMinor} label={t.sum} />
    </Dialog>
  );
}

/** Finalises every draft, one after the other; those refused are listed with why and stay drafts. */
export function FinaliseAllDialog(props: {
  space: string;
  drafts: readonly InvoiceRow[];
  open: boolean;
  onClose: () => void;
}) {
  const t = actionWords();
  const [taken, setTaken] = createSignal<readonly InvoiceRow[]>();
  const [done, setDone] = createSignal(0);
  const [faults, setFaults] = createSignal<readonly { bill: InvoiceRow; fault: unknown }[]>([]);
  const [busy, setBusy] = createSignal(false);
  const drafts = () => taken() ?? props.drafts;
  const finished = () => taken() !== undefined && !busy();
  const confirm = async () => {
    setTaken([...props.drafts]);
    setBusy(true);
    await finaliseAll(props.space, drafts(), (bill, fault) => {
      if (fault === undefined) setDone((n) => n + 1);
      else setFaults((before) => [...before, { bill, fault }]);
    });
    setBusy(false);
    if (faults().length > 0) return;
    toast({ text: t.finalisedMany(done()), tone: "good" });
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      onClose={() => !busy() && props.onClose()}
      title={t.finaliseAllTitle(drafts().length)}
      foot={
        <Show
          when={!finished()}
          fallback={
            <Button kind="primary" onClick={props.onClose}>
              {t.close}
            </Button>
          }
        >
          <Button kind="primary" busy={busy()} disabled={drafts().length === 0} onClick={() => void confirm()}>
            {t.finaliseMany(drafts().length)}
          </Button>
          <Button kind="text" disabled={busy()} onClick={props.onClose}>
            {t.cancel}
          </Button>
        </Show>
      }
    >
      <p>{t.finaliseSay}</p>
      <MoneyTotal minor={drafts().reduce((sum, one) => sum + one.totalMinor, 0)} label={t.sum} />
      <Show when={taken()}>
        <div role="status">
          <progress
            class="block w-full"
            aria-label={t.finalising}
            max={drafts().length}
            value={done() + faults().length}
          />
          <p class="text-xs text-fg-2">{t.finalisedMany(done())}</p>
        </div>
      </Show>
      <Show when={faults().length > 0}>
        <Note tone="warn" alert title={t.failedMany(faults().length)}>
          <ul>
            <For each={faults()}>
              {({ bill, fault }) => (
                <li>
                  {bill.companyName} {bill.month}: {explain(fault)}
                </li>
              )}
            </For>
          </ul>
        </Note>
      </Show>
    </Dialog>
  );
}
