import { plusDays } from "@yihao/kernel/days";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField, MoneyField, TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { type DunningRow, promiseToPay, withdrawPromise } from "./dunning-data.ts";
import { LevelStatus, nextSaid } from "./dunning-page.tsx";
import { dunningWords } from "./dunning-words.ts";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

/** One company that is late: its bills with their levels, what comes next, and its promise to pay. */
export function DunningDetail(props: { space: string; row: DunningRow; year: number }) {
  const t = dunningWords();
  const rights = useRights(() => props.space);
  const [promising, setPromising] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const takeBack = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await withdrawPromise(props.space, props.row.company, newIntent());
      toast({ text: t.withdrawn, tone: "good" });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Pane
      flush={false}
      label={props.row.companyName}
      title={props.row.companyName}
      actions={<LevelStatus row={props.row} chip />}
      foot={
        <Show when={rights.mayRecord()}>
          <Show
            when={props.row.promise?.state === "open"}
            fallback={
              <Show when={props.row.openMinor > 0}>
                <Button kind="primary" onClick={() => setPromising(true)}>
                  {t.promise}
                </Button>
              </Show>
            }
          >
            <Button busy={busy()} onClick={() => void takeBack()}>
              {t.withdraw}
            </Button>
          </Show>
        </Show>
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <dl>
        <div class="flex gap-3 border-t border-line py-1">
          <dt class="w-28 flex-none text-fg-2">{t.next}</dt>
          <dd class="min-w-0 flex-1">{nextSaid(props.row, props.year)}</dd>
        </div>
        <div class="flex gap-3 border-t border-line py-1">
          <dt class="w-28 flex-none text-fg-2">{t.open}</dt>
          <dd class="min-w-0 flex-1 tabular-nums">{money(props.row.openMinor)}</dd>
        </div>
        <Show when={props.row.promise}>
          {(promise) => (
            <div class="flex gap-3 border-t border-line py-1">
              <dt class="w-28 flex-none text-fg-2">{t.promise}</dt>
              <dd class="min-w-0 flex-1">
                {t.promised(money(promise().amountMinor), dayCell(promise().on, props.year))} ·{" "}
                {t.states[promise().state]}
                <span class="block text-xs text-fg-2">{promise().note}</span>
              </dd>
            </div>
          )}
        </Show>
      </dl>
      <section aria-label={t.bills}>
        <h3 class="mb-1 font-strong">{t.bills}</h3>
        <ul>
          <For each={props.row.bills}>
            {(bill) => (
              <li class="flex flex-wrap items-center gap-x-3 border-t border-line py-1">
                <TextLink href={`/s/${props.space}/billing/${bill.invoice}`}>
                  <Plate>{bill.number}</Plate>
                </TextLink>
                <span class="text-xs text-fg-2">
                  {t.over(bill.daysOver)} · {t.levelOf(bill.level)}
                </span>
                <span class="ml-auto tabular-nums">{money(bill.openMinor)}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
      <p>
        <TextLink href={`/s/${props.space}/members/${props.row.company}`}>{t.openCompany}</TextLink>
      </p>
      <Show when={promising()}>
        <PromiseDrawer space={props.space} row={props.row} open onClose={() => setPromising(false)} />
      </Show>
    </Pane>
  );
}

/** Keeps a promise to pay: how much and by when. */
function PromiseDrawer(props: { space: string; row: DunningRow; open: boolean; onClose: () => void }) {
  const t = dunningWords();
  const today = deviceDay();
  const form = createForm({
    name: "promise",
    initial: { amountMinor: props.row.openMinor as number | undefined, on: plusDays(today, 7), note: "" },
    check: ({ amountMinor = 0, on }) => ({
      amountMinor:
        amountMinor <= 0
          ? t.needAmount
          : amountMinor > props.row.openMinor
            ? t.moreThan(money(props.row.openMinor))
            : undefined,
      on: on >= today && on <= plusDays(today, 60) ? undefined : t.needDay,
    }),
    submit: async ({ amountMinor = 0, on, note }, intent) => {
      await promiseToPay(props.space, props.row.company, { amountMinor, on, note: note.trim() }, intent);
      toast({ text: t.saved(props.row.companyName), tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={`${t.promise} · ${props.row.companyName}`}
      label={t.promise}
      form={form}
      act={t.save}
    >
      <p class="text-fg-2">{t.promiseSay}</p>
      <div class="y-pair">
        <MoneyField label={t.amount} hint={t.moreThan(money(props.row.openMinor))} bind={form.field("amountMinor")} />
        <DateField label={t.day} min={today} max={plusDays(today, 60)} today={today} bind={form.field("on")} />
      </div>
      <TextArea label={t.note} hint={t.noteHint} rows={2} maxLength={200} bind={form.field("note")} />
    </FormDrawer>
  );
}
