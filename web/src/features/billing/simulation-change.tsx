import type { UsedBooking, UsedDues, UsedPlan } from "@yihao/billing/simulation-model";
import { type HeldPrices, type Plan, type RateCard, ratesMost } from "@yihao/pricing/model";
import { Index, Show } from "solid-js";
import { dayProse, money } from "../../format.ts";
import { kindNameWords } from "../../kinds.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { DateField, MoneyField } from "../../ui/text-field.tsx";
import { AskedFields } from "./simulation-asked.tsx";
import { SimulatedRates } from "./simulation-rates.tsx";
import {
  type Draft,
  heldCard,
  heldDay,
  itemsCharged,
  type Per,
  type PriceValue,
  packsSold,
  plansHad,
  presentPrice,
  rentsHad,
  shownCard,
  type Target,
  targetsOf,
  usualPer,
} from "./simulation-view.ts";
import { simulationWords } from "./simulation-words.ts";
import type { TariffRow } from "./tariff-data.ts";

type Change = { readonly draft: Draft; readonly set: (next: Partial<Draft>) => void };
const pers: readonly Per[] = ["hourMinor", "dayMinor", "capMinor"];

/** What a month is simulated under: another rate card, that of a day gone by too, or single prices and rates of it, other prices of plans, rents, packs and what was charged by hand, another tariff. Nothing of it is kept. */
export function ChangeFields(
  props: Change & {
    today: string;
    card: RateCard;
    /** The prices of the day that was chosen, once they are read. */
    held: HeldPrices | undefined;
    heldFailed: boolean;
    bookings: readonly UsedBooking[];
    used: readonly UsedPlan[];
    dues: readonly UsedDues[];
    plans: readonly Plan[];
    tariffs: readonly TariffRow[];
  },
) {
  const t = simulationWords();
  const periods = () => props.card.periods ?? [];
  const shown = () => shownCard(props.card, props.draft.period, props.today, props.held?.card as RateCard | null);
  const had = () => plansHad(props.used);
  const day = (at: string) => dayProse(at, { weekday: false, year: at.slice(0, 4) !== props.today.slice(0, 4) });
  const heldOf = (minor: number | undefined) =>
    minor === undefined ? [] : [{ label: t.takeHeld(day(heldDay(props.draft)), money(minor)), minor }];
  const plans = () =>
    props.plans
      .filter(({ id }) => had().has(id))
      .map(({ id, name, monthlyMinor, next }) => ({
        ...{ key: id, name, aside: t.companies(had().get(id) ?? 0), hint: t.presently(money(monthlyMinor)) },
        offers: [
          ...(next ? [{ label: t.takeNext(day(next.from), money(next.monthlyMinor)), minor: next.monthlyMinor }] : []),
          ...heldOf(props.held?.plans.find(({ plan }) => plan === id)?.monthlyMinor),
        ],
      }));
  const price = ({ least, most }: { least: number; most: number }) =>
    least === most ? t.presently(money(least)) : t.between(money(least), money(most));
  const rents = () =>
    rentsHad(props.dues).map((one) => ({ ...one, aside: one.whose ?? "", hint: price(one), offers: [] }));
  const packs = () =>
    packsSold(props.dues).map((one) => ({
      ...{ ...one, aside: t.sold(one.count), hint: price(one) },
      offers: heldOf(props.held?.packs.find(({ pack }) => pack === one.key)?.priceMinor),
    }));
  const items = () =>
    itemsCharged(props.dues).map((one) => ({ ...one, aside: t.times(one.count), hint: price(one), offers: [] }));
  return (
    <div class="flex flex-col gap-5">
      <section class="flex flex-col gap-3" aria-label={t.bookings}>
        <h3 class="font-strong">{t.bookings}</h3>
        <SelectField
          label={t.card}
          options={[
            { value: "", label: t.ownCard },
            ...periods().map(({ from }) => ({ value: from, label: t.periodCard(day(from)) })),
            { value: heldCard, label: t.heldCard },
          ]}
          bind={bound(
            () => props.draft.period,
            // Its rates are others: what was typed of these means nothing there.
            (period) => props.set({ period, rates: undefined }),
          )}
        />
        <Show when={props.draft.period === heldCard}>
          <DateField
            label={t.heldOn}
            hint={props.heldFailed ? t.heldNotRead : props.held?.card === null ? t.noneHeld : t.heldOnSay}
            today={props.today}
            max={props.today}
            bind={bound(
              () => props.draft.heldOn,
              (heldOn) => props.set({ heldOn, rates: undefined }),
            )}
          />
        </Show>
        <Prices draft={props.draft} set={props.set} card={shown()} targets={targetsOf(props.bookings)} />
        <SimulatedRates draft={props.draft} set={props.set} shown={shown()} />
      </section>
      <section class="flex flex-col gap-3 border-t border-line pt-4" aria-label={t.plans}>
        <h3 class="font-strong">{t.plans}</h3>
        <Show when={plans().length > 0} fallback={<p class="text-fg-3">{t.noPlans}</p>}>
          <p class="text-xs text-fg-2">{t.plansSay}</p>
          <AskedFields rows={plans()} prices={props.draft.plans} set={(plans) => props.set({ plans })} />
        </Show>
      </section>
      <Show when={rents().length > 0}>
        <AskedFields
          fold={{ title: t.rents, say: t.rentsSay }}
          rows={rents()}
          prices={props.draft.rents}
          set={(rents) => props.set({ rents })}
        />
      </Show>
      <Show when={packs().length > 0}>
        <AskedFields
          fold={{ title: t.packs, say: t.packsSay }}
          rows={packs()}
          prices={props.draft.packs}
          set={(packs) => props.set({ packs })}
        />
      </Show>
      <Show when={items().length > 0}>
        <AskedFields
          fold={{ title: t.items, say: t.itemsSay }}
          rows={items()}
          prices={props.draft.items}
          set={(items) => props.set({ items })}
        />
      </Show>
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
