import type { UsedBooking, UsedPlan } from "@yihao/billing/simulation-model";
import type { Plan, Rate, RateCard } from "@yihao/pricing/model";
import { ratesMost } from "@yihao/pricing/model";
import { For, Index, Show } from "solid-js";
import { dayProse, money } from "../../format.ts";
import { kindNameWords } from "../../kinds.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import {
  type Draft,
  type Per,
  type PriceValue,
  plansHad,
  presentPrice,
  rateAsks,
  shownCard,
  type Target,
  targetsOf,
  usualPer,
} from "./simulation-view.ts";
import { simulationWords } from "./simulation-words.ts";
import type { TariffRow } from "./tariff-data.ts";

type Change = { readonly draft: Draft; readonly set: (next: Partial<Draft>) => void };
const pers: readonly Per[] = ["hourMinor", "dayMinor", "capMinor"];

/** What a month is simulated under: another rate card or single prices of it, other prices of plans, another tariff. Nothing of it is kept. */
export function ChangeFields(
  props: Change & {
    today: string;
    card: RateCard;
    bookings: readonly UsedBooking[];
    used: readonly UsedPlan[];
    plans: readonly Plan[];
    tariffs: readonly TariffRow[];
  },
) {
  const t = simulationWords();
  const periods = () => props.card.periods ?? [];
  const shown = () => shownCard(props.card, props.draft.period, props.today);
  const had = () => plansHad(props.used);
  const plans = () => props.plans.filter(({ id }) => had().has(id));
  const day = (at: string) => dayProse(at, { weekday: false, year: at.slice(0, 4) !== props.today.slice(0, 4) });
  return (
    <div class="flex flex-col gap-5">
      <section class="flex flex-col gap-3" aria-label={t.bookings}>
        <h3 class="font-strong">{t.bookings}</h3>
        <Show when={periods().length > 0}>
          <SelectField
            label={t.card}
            options={[
              { value: "", label: t.ownCard },
              ...periods().map(({ from }) => ({ value: from, label: t.periodCard(day(from)) })),
            ]}
            bind={bound(
              () => props.draft.period,
              // Its rates are others: what was typed of these means nothing there.
              (period) => props.set({ period, rates: {} }),
            )}
          />
        </Show>
        <Prices draft={props.draft} set={props.set} card={shown()} targets={targetsOf(props.bookings)} />
        <Rates draft={props.draft} set={props.set} rates={shown().rates ?? []} />
      </section>
      <section class="flex flex-col gap-3 border-t border-line pt-4" aria-label={t.plans}>
        <h3 class="font-strong">{t.plans}</h3>
        <Show when={plans().length > 0} fallback={<p class="text-fg-3">{t.noPlans}</p>}>
          <p class="text-xs text-fg-2">{t.plansSay}</p>
          <For each={plans()}>
            {(plan) => (
              <div class="flex flex-col gap-1">
                <MoneyField
                  label={plan.name}
                  aside={t.companies(had().get(plan.id) ?? 0)}
                  hint={t.presently(money(plan.monthlyMinor))}
                  bind={bound<number | undefined>(
                    () => props.draft.plans[plan.id],
                    (minor) => props.set({ plans: { ...props.draft.plans, [plan.id]: minor } }),
                  )}
                />
                <Show when={plan.next}>
                  {(next) => (
                    <span>
                      <Button
                        size="sm"
                        kind="text"
                        onClick={() => props.set({ plans: { ...props.draft.plans, [plan.id]: next().monthlyMinor } })}
                      >
                        {t.takeNext(day(next().from), money(next().monthlyMinor))}
                      </Button>
                    </span>
                  )}
                </Show>
              </div>
            )}
          </For>
        </Show>
      </section>
      <Show when={props.tariffs.length > 0}>
        <section class="flex flex-col gap-3 border-t border-line pt-4" aria-label={t.goods}>
          <h3 class="font-strong">{t.goods}</h3>
          <SelectField
            label={t.tariff}
            options={[
              { value: "", label: t.sameTariff },
              ...props.tariffs.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            bind={bound(
              () => props.draft.tariff,
              (tariff) => props.set({ tariff }),
            )}
          />
        </section>
      </Show>
    </div>
  );
}

function Prices(props: Change & { card: RateCard; targets: readonly Target[] }) {
  const t = simulationWords();
  const kinds = kindNameWords();
  const all = () => props.draft.prices;
  const change = (at: number, next: Partial<PriceValue>) =>
    props.set({ prices: all().map((one, index) => (index === at ? { ...one, ...next } : one)) });
  const targetOf = (of: string) => props.targets.find((one) => one.of === of);
  const nameOf = ({ kind, code, name }: Target) =>
    code === undefined ? t.kindOf(kinds[kind]) : name === code ? code : `${code} ${name}`;
  const now = ({ of, per }: PriceValue) => {
    const target = targetOf(of);
    const minor = target && presentPrice(props.card, target, per);
    return minor === undefined ? t.unpriced : t.presently(money(minor));
  };
  const add = () => {
    const target = props.targets.find(({ of }) => all().every((one) => one.of !== of)) ?? props.targets[0];
    if (!target) return;
    props.set({ prices: [...all(), { of: target.of, per: usualPer(props.card, target), minor: undefined }] });
  };
  return (
    <div class="flex flex-col gap-3">
      {/* By place, not by value: a field keeps its focus while its price changes. */}
      <Index each={all()}>
        {(one, at) => (
          <div class="flex flex-col gap-2 border-l-2 border-line-control pl-3">
            <div class="flex items-end gap-1">
              <span class="min-w-0 flex-1">
                <SelectField
                  label={t.thing}
                  options={props.targets.map((target) => ({ value: target.of, label: nameOf(target) }))}
                  bind={bound(
                    () => one().of,
                    (of) => {
                      const target = targetOf(of);
                      change(at, { of, ...(target ? { per: usualPer(props.card, target) } : {}) });
                    },
                  )}
                />
              </span>
              <IconButton
                icon="close"
                label={t.removePrice(at + 1)}
                onClick={() => props.set({ prices: all().filter((_, index) => index !== at) })}
              />
            </div>
            <div class="grid grid-cols-2 items-start gap-2">
              <SelectField
                label={t.per}
                options={pers.map((value) => ({ value, label: t.pers[value] }))}
                bind={bound<Per>(
                  () => one().per,
                  (per) => change(at, { per }),
                )}
              />
              <MoneyField
                label={t.price}
                hint={now(one())}
                bind={bound<number | undefined>(
                  () => one().minor,
                  (minor) => change(at, { minor }),
                )}
              />
            </div>
            <Show when={targetOf(one().of)?.code === undefined}>
              <p class="text-xs text-fg-3">{t.ownStays}</p>
            </Show>
          </div>
        )}
      </Index>
      <Show when={props.targets.length > 0 && all().length < ratesMost}>
        <span>
          <Button size="sm" icon="plus" onClick={add}>
            {t.addPrice}
          </Button>
        </span>
      </Show>
    </div>
  );
}

function Rates(props: Change & { rates: readonly Rate[] }) {
  const t = simulationWords();
  const typed = (rate: Rate, at: number) => props.draft.rates[at] ?? { on: true, value: rateAsks(rate).value };
  return (
    <Show when={props.rates.length > 0}>
      <div class="flex flex-col gap-2">
        <h4 class="text-xs font-regular text-fg-2">{t.rates}</h4>
        <For each={props.rates}>
          {(rate, at) => {
            const set = (next: { on?: boolean; value?: number | undefined }) =>
              props.set({ rates: { ...props.draft.rates, [at()]: { ...typed(rate, at()), ...next } } });
            const bind = bound<number | undefined>(
              () => typed(rate, at()).value,
              (value) => set({ value }),
            );
            return (
              <div class="grid grid-cols-[minmax(0,1fr)_128px] items-center gap-2">
                <Checkbox
                  label={rate.name}
                  bind={bound(
                    () => typed(rate, at()).on,
                    (on) => set({ on }),
                  )}
                />
                <Show when={typed(rate, at()).on} fallback={<span class="text-right text-fg-3">—</span>}>
                  <Show
                    when={rateAsks(rate).unit === "percent"}
                    fallback={<MoneyField bare label={t.rateOf(rate.name)} bind={bind} />}
                  >
                    <NumberField bare label={t.rateOf(rate.name)} unit="%" min={0} max={500} step={5} bind={bind} />
                  </Show>
                </Show>
              </div>
            );
          }}
        </For>
        <p class="text-xs text-fg-3">{t.ratesSay}</p>
      </div>
    </Show>
  );
}
