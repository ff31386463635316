import { phaseOn } from "@yihao/members/subscription";
import type { Credit, Subscription } from "@yihao/members/subscription-model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { dayCell, monthTitle } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { TickLegend, Ticks } from "../../ui/ticks.tsx";
import { Section } from "./company-parts.tsx";
import { useAllowances } from "./data.ts";
import { PackDrawer, SpendDrawer } from "./pack-forms.tsx";
import { lastDayOf, unitsSaid } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

type CreditsOf = { space: string; company: string; subscription: Subscription | undefined; today: string };

/** How much one tick stands for: half an hour of a room, else one, and more where they would not fit. */
function tickOf({ kind, granted }: Credit): number {
  const least = kind === "room-minutes" ? 30 : 1;
  return least * Math.max(1, Math.ceil(granted / least / 64));
}

/** Credits of one source as ticks: used, booked, left, gone. */
function CreditTicks(props: { credit: Credit; title: string; note?: string | undefined }) {
  const t = planWords();
  const said = (units: number) => unitsSaid(props.credit.kind, units);
  const units = () => {
    const { used, booked, left, expired, rolled } = props.credit;
    const some = (n: number, tick: "in" | "later" | "free" | "off") =>
      Array.from({ length: Math.round(n / tickOf(props.credit)) }, () => tick);
    return [...some(used, "in"), ...some(booked, "later"), ...some(left, "free"), ...some(expired + rolled, "off")];
  };
  const parts = () => {
    const { used, booked, left, expired, rolled } = props.credit;
    const all: [string, number][] = [
      [t.used, used],
      [t.booked, booked],
      [t.rest, left],
      [t.rolled, rolled],
      [t.expired, expired],
    ];
    return all.filter(([, n]) => n > 0).map(([word, n]) => `${word} ${said(n)}`);
  };
  return (
    <li class="flex flex-col gap-1 py-1.5">
      <p class="flex justify-between gap-3 text-xs">
        <span class="min-w-0 text-fg-2">
          {props.title}
          <Show when={props.note}>
            <span class="ml-2 text-fg-3">{props.note}</span>
          </Show>
        </span>
        <span class="whitespace-nowrap">{t.left(said(props.credit.left), said(props.credit.granted))}</span>
      </p>
      <Ticks units={units()} label={`${props.title}: ${parts().join(t.separator)}`} />
      <p class="text-xs text-fg-3">{parts().join(" · ")}</p>
    </li>
  );
}

/** Allowances month by month with what rolls over, and packs with their days; managers sell packs, the front desk uses credits by hand. */
export function CreditsPart(props: CreditsOf & { maySell: boolean; maySpend: boolean }) {
  const t = planWords();
  const asked = useAllowances(
    () => props.space,
    () => props.company,
  );
  const [selling, setSelling] = createSignal(false);
  const [spending, setSpending] = createSignal(false);
  const month = () => props.today.slice(0, 7);
  const credits = () => asked.data?.credits ?? [];
  const months = createMemo(() => credits().filter((one) => one.month && (one.month >= month() || one.left > 0)));
  const packs = createMemo(() => credits().filter((one) => one.lot && (one.until > props.today || one.left > 0)));
  const year = () => Number(props.today.slice(0, 4));
  const rolls = (credit: Credit) => {
    if (!props.subscription || !credit.month) return undefined;
    const { rollover = {} } = phaseOn(props.subscription, `${credit.month}-28`).snapshot;
    const most = {
      "room-minutes": rollover.roomMinutes,
      "desk-days": rollover.deskDays,
      "guest-passes": rollover.guestPasses,
      "bin-days": rollover.binDays,
    }[credit.kind];
    return most ? t.rolls(unitsSaid(credit.kind, most)) : t.noRoll;
  };
  return (
    <Show
      when={asked.data}
      fallback={
        <Show when={asked.isError} fallback={<Loading rows={3} />}>
          <ErrorState title={t.notRead} problem={asked.error} onRetry={() => asked.refetch()} />
        </Show>
      }
    >
      <Section
        title={t.allowances}
        action={
          <Show when={props.maySpend && [...months(), ...packs()].some(({ left }) => left > 0)}>
            <Button size="sm" icon="check" onClick={() => setSpending(true)}>
              {t.use}
            </Button>
          </Show>
        }
      >
        <Show when={months().length > 0} fallback={<p class="text-fg-2">{t.allowancesNone}</p>}>
          <ul>
            <For each={months()}>
              {(credit) => (
                <CreditTicks
                  credit={credit}
                  title={`${t.kinds[credit.kind]} ${monthTitle(credit.month ?? "")}`}
                  note={rolls(credit)}
                />
              )}
            </For>
          </ul>
          <TickLegend
            items={[
              { tick: "in", text: t.used },
              { tick: "later", text: t.booked },
              { tick: "free", text: t.rest },
              { tick: "off", text: `${t.rolled} / ${t.expired}` },
            ]}
          />
        </Show>
      </Section>
      <Section
        title={t.packs}
        action={
          <Show when={props.maySell}>
            <Button size="sm" icon="plus" onClick={() => setSelling(true)}>
              {t.sell}
            </Button>
          </Show>
        }
      >
        <Show when={packs().length > 0} fallback={<p class="text-fg-2">{t.packsNone}</p>}>
          <ul>
            <For each={packs()}>
              {(credit) => (
                <CreditTicks
                  credit={credit}
                  title={credit.name ?? t.pack}
                  note={t.packUntil(dayCell(lastDayOf(credit.until), year()))}
                />
              )}
            </For>
          </ul>
        </Show>
      </Section>
      <Show when={selling()}>
        <PackDrawer {...props} open onClose={() => setSelling(false)} />
      </Show>
      <Show when={spending()}>
        <SpendDrawer
          {...props}
          kinds={[...new Set([...months(), ...packs()].filter(({ left }) => left > 0).map(({ kind }) => kind))]}
          open
          onClose={() => setSpending(false)}
        />
      </Show>
    </Show>
  );
}
