import type { InvoiceRow } from "@yihao/billing/model";
import { createSignal, For, Show } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { monthOf } from "./bill-parts.ts";
import { finalise, finaliseAll, renewBilling } from "./data.ts";

type Draft = Pick<InvoiceRow, "id" | "companyName" | "month" | "part" | "totalMinor">;

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
      <p class="mb-2">{t.finaliseSay}</p>
      <p class="font-strong">{monthOf(props.draft)}</p>
      <MoneyTotal minor={props.draft.totalMinor} label={t.sum} />
    </Dialog>
  );
}

/**
 * Finalises the given drafts, one after the other; those refused are listed with why and stay drafts. Made anew each time it opens. A second try
 * of a draft of the same sum carries the same intent, so that one whose answer was lost is not told as refused.
 */
export function FinaliseAllDialog(props: {
  space: string;
  drafts: readonly InvoiceRow[];
  open: boolean;
  onClose: () => void;
}) {
  const t = actionWords();
  const [left, setLeft] = createSignal(props.drafts);
  const [begun, setBegun] = createSignal(false);
  const [done, setDone] = createSignal(0);
  const [faults, setFaults] = createSignal<readonly { bill: InvoiceRow; fault: unknown }[]>([]);
  const [busy, setBusy] = createSignal(false);
  const intents = new Map<string, Intent>();
  const intentOf = ({ id, totalMinor }: InvoiceRow) => {
    const key = `${id} ${totalMinor}`;
    const intent = intents.get(key) ?? newIntent();
    intents.set(key, intent);
    return intent;
  };
  const stuck = () => begun() && !busy() && faults().length > 0;
  const confirm = async () => {
    setBegun(true);
    setBusy(true);
    setFaults([]);
    await finaliseAll(props.space, left(), intentOf, (bill, fault) => {
      if (fault === undefined) setDone((n) => n + 1);
      else setFaults((before) => [...before, { bill, fault }]);
    });
    setLeft(faults().map(({ bill }) => bill));
    setBusy(false);
    if (faults().length > 0) return;
    toast({ text: t.finalisedMany(done()), tone: "good" });
    props.onClose();
  };
  const lost = () =>
    faults().some(({ fault }) => !(fault instanceof Problem) || fault.status === 0 || fault.status >= 500);
  return (
    <Dialog
      open={props.open}
      onClose={() => !busy() && props.onClose()}
      title={t.finaliseAllTitle(left().length)}
      foot={
        <Show
          when={!stuck()}
          fallback={
            <>
              <Show when={lost()}>
                <Button kind="primary" busy={busy()} onClick={() => void confirm()}>
                  {t.finaliseAgain(left().length)}
                </Button>
              </Show>
              <Button onClick={props.onClose}>{t.close}</Button>
            </>
          }
        >
          <Button kind="primary" busy={busy()} onClick={() => void confirm()}>
            {t.finaliseMany(left().length)}
          </Button>
          <Button kind="text" disabled={busy()} onClick={props.onClose}>
            {t.cancel}
          </Button>
        </Show>
      }
    >
      <p class="mb-2">{t.finaliseSay}</p>
      <Show
        when={begun()}
        fallback={
          <>
            <ul class="y-list-box">
              <For each={props.drafts}>
                {(draft) => (
                  <li>
                    <span class="min-w-0 flex-1 truncate">{draft.companyName}</span>
                    <span class="flex-none text-fg-2">{monthOf(draft, String)}</span>
                    <span>{money(draft.totalMinor)}</span>
                  </li>
                )}
              </For>
            </ul>
            <MoneyTotal minor={props.drafts.reduce((sum, one) => sum + one.totalMinor, 0)} label={t.sum} />
          </>
        }
      >
        <div role="status">
          <progress
            class="y-progress"
            aria-label={t.finalising}
            max={props.drafts.length}
            value={busy() ? done() + faults().length : props.drafts.length}
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
                  {bill.companyName} {monthOf(bill, String)}
                  {lang() === "en" ? ": " : "："}
                  {explain(fault)}
                </li>
              )}
            </For>
          </ul>
        </Note>
      </Show>
    </Dialog>
  );
}
