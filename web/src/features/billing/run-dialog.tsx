import type { OpenCharge, Run } from "@yihao/billing/model";
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { money, monthTitle } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { useDemands } from "./accounts-data.ts";
import { actionWords } from "./actions-words.ts";
import { askRun, renewBilling, useCompanyNames, useOpenCharges, useRun, useRunning } from "./data.ts";

/** The last twelve months that have begun, the present one first. */
function monthsUntil(today: string): string[] {
  const at = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  return Array.from({ length: 12 }, (_, back) => {
    const month = at - back;
    return `${Math.trunc(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** Runs a month (生成账单): chooses it, shows how far it is, then what came of it and what is on no bill. */
export function RunDialog(props: {
  space: string;
  today: string;
  open: boolean;
  onClose: () => void;
  onDrafts: () => void;
}) {
  const t = actionWords();
  const months = () => monthsUntil(props.today);
  const [month, setMonth] = createSignal(props.today.slice(0, 7));
  const [asked, setAsked] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let intent = newIntent();
  const run = useRun(() => props.space, asked);
  // Whoever comes back to a run that goes on, or finds one that another asked for, sees how far it is.
  const going = useRunning(
    () => props.space,
    month,
    () => props.open && asked() === undefined,
  );
  createEffect(() => {
    if (asked() === undefined && going.data?.month === month()) setAsked(month());
  });
  const isDone = () => asked() !== undefined && run.data?.state === "done";
  createEffect(on(isDone, (done) => done && void renewBilling(props.space)));
  const choose = (next: string) => {
    setMonth(next);
    setAsked(undefined);
    intent = newIntent();
  };
  const start = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await askRun(props.space, month(), intent);
      intent = newIntent();
      setAsked(month());
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t.run}
      foot={
        <>
          <Show
            when={isDone()}
            fallback={
              <Button kind="primary" busy={busy() || asked() !== undefined} onClick={() => void start()}>
                {t.start}
              </Button>
            }
          >
            <Button kind="primary" onClick={props.onDrafts}>
              {t.toDrafts}
            </Button>
            <Button busy={busy()} onClick={() => void start()}>
              {t.again}
            </Button>
          </Show>
          <Button kind="text" onClick={props.onClose}>
            {t.close}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3">
        <p class="text-fg-2">{t.runSay}</p>
        <SelectField
          label={t.month}
          options={months().map((value) => ({ value, label: monthTitle(value) }))}
          bind={bound(month, choose)}
        />
        <Show when={problem()}>
          <Note tone="bad" alert>
            {explain(problem())}
          </Note>
        </Show>
        <Show when={asked() !== undefined ? run.data : undefined}>{(now) => <Progress run={now()} />}</Show>
        <Show when={isDone() ? run.data : undefined}>
          {(now) => (
            <>
              <Outcome run={now()} />
              <Unbilled space={props.space} />
            </>
          )}
        </Show>
      </div>
    </Dialog>
  );
}

function Progress(props: { run: Run }) {
  const t = actionWords();
  return (
    <div role="status">
      <progress class="y-progress" aria-label={t.progress} max={Math.max(1, props.run.total)} value={props.run.done} />
      <p class="text-xs text-fg-2">{t.running(props.run.done, props.run.total)}</p>
    </div>
  );
}

function Outcome(props: { run: Run }) {
  const t = actionWords();
  const parts = () =>
    (["drawn", "nothing", "carried", "closed"] as const)
      .filter((key) => key === "drawn" || props.run[key] > 0)
      .map((key) => t[key](props.run[key]));
  return (
    <Note tone="good" title={t.done(monthTitle(props.run.month))}>
      <ul>
        <For each={parts()}>{(part) => <li>{part}</li>}</For>
      </ul>
    </Note>
  );
}

type Group = { company: string; month: string; why: OpenCharge["why"]; count: number; minor: number };

function grouped(charges: readonly OpenCharge[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { company, month, why, amountMinor } of charges) {
    const key = `${company} ${month} ${why}`;
    const group = groups.get(key) ?? { company, month, why, count: 0, minor: 0 };
    groups.set(key, { ...group, count: group.count + 1, minor: group.minor + amountMinor });
  }
  return [...groups.values()];
}

/** Charges that are on no bill, by company and month, each with why. */
function Unbilled(props: { space: string }) {
  const t = actionWords();
  const open = useOpenCharges(
    () => props.space,
    () => true,
  );
  const demands = useDemands(() => props.space);
  const names = useCompanyNames(() => props.space);
  const name = (id: string) => names.data?.find((one) => one.id === id)?.name ?? id;
  return (
    <section aria-label={t.unbilled}>
      <h3 class="mb-1 font-strong">{t.unbilled}</h3>
      <Show when={open.isError}>
        <Note tone="bad">{explain(open.error)}</Note>
      </Show>
      <Show when={open.data}>
        {(data) => (
          <Show
            when={data().items.length + (demands.data?.length ?? 0) > 0}
            fallback={<p class="text-fg-2">{t.allBilled}</p>}
          >
            <ul class="max-h-60 overflow-auto text-sm">
              <For each={demands.data ?? []}>
                {(one) => (
                  <li class="border-t border-line py-1">
                    <div class="flex flex-wrap gap-x-3">
                      <span>{name(one.company)}</span>
                      <span class="text-fg-2">{t.depositOf(one.title)}</span>
                      <span class="ml-auto tabular-nums">{money(one.amountMinor - one.takenMinor)}</span>
                    </div>
                    <p class="text-xs text-fg-2">{t.depositWhy}</p>
                  </li>
                )}
              </For>
              <For each={grouped(data().items)}>
                {(group) => (
                  <li class="border-t border-line py-1">
                    <div class="flex flex-wrap gap-x-3">
                      <span>{name(group.company)}</span>
                      <span class="text-fg-2">
                        {group.month} · {t.charges(group.count)}
                      </span>
                      <span class="ml-auto tabular-nums">{money(group.minor)}</span>
                    </div>
                    <p class="text-xs text-fg-2">{t.why[group.why]}</p>
                  </li>
                )}
              </For>
            </ul>
            <Show when={data().more}>
              <p class="text-xs text-fg-2">{t.more}</p>
            </Show>
          </Show>
        )}
      </Show>
    </section>
  );
}
