import { defaultTax, type RateCard } from "@yihao/pricing/model";
import { priceDeskDays, pricePicks, pricePlanMonth, priceRoom, priceStorage } from "@yihao/pricing/price";
import { money } from "../../format.ts";
import { FormFrame } from "../../ui/form.tsx";
import { PriceLines } from "../../ui/money-total.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { savePrices } from "./data.ts";
import type { Built } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { createStep } from "./use-step.ts";
import { setupWords } from "./words.ts";

type Prices = {
  roomHour: number | undefined;
  deskDay: number | undefined;
  binDay: number | undefined;
  pickUnit: number | undefined;
  planName: string;
  monthly: number | undefined;
  roomHours: number | undefined;
};

/** The rate card and a plan, with examples by the very rules that bookings and bills follow. */
export function PricesStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const { card: kept, plans } = props.built;
  const plan = plans.find(({ state }) => state === "active") ?? plans[0];
  const minutesOf = (values: Prices) => Math.round((values.roomHours ?? 0) * 60);
  const cardOf = (values: Prices): RateCard => ({
    currency: props.built.space.currency,
    taxIncluded: true,
    taxBasis: kept?.taxBasis ?? defaultTax,
    roomHourMinor: values.roomHour ?? 0,
    deskDayMinor: values.deskDay ?? 0,
    binDayMinor: values.binDay ?? 0,
    pickUnitMinor: values.pickUnit ?? 0,
    ...(kept?.overrides ? { overrides: kept.overrides } : {}),
    ...(kept?.kinds ? { kinds: kept.kinds } : {}),
    ...(kept?.rates ? { rates: kept.rates } : {}),
    ...(kept?.periods ? { periods: kept.periods } : {}),
  });
  const { form, acts } = createStep<Prices>({
    name: "prices",
    space: props.space,
    initial: {
      roomHour: kept?.roomHourMinor ?? 6000,
      deskDay: kept?.deskDayMinor ?? 4000,
      binDay: kept?.binDayMinor ?? 240,
      pickUnit: kept?.pickUnitMinor ?? 150,
      planName: plan?.name ?? t.defaultPlan,
      monthly: plan?.monthlyMinor ?? 60_000,
      roomHours: (plan?.allowances.roomMinutes ?? 240) / 60,
    },
    check: (values) => ({
      roomHour: values.roomHour === undefined ? t.needed : undefined,
      deskDay: values.deskDay === undefined ? t.needed : undefined,
      binDay: values.binDay === undefined ? t.needed : undefined,
      pickUnit: values.pickUnit === undefined ? t.needed : undefined,
      planName: values.planName.trim() === "" ? t.needed : undefined,
      monthly: values.monthly === undefined ? t.needed : undefined,
      roomHours: values.roomHours === undefined ? t.needed : undefined,
    }),
    save: (values, intent) => {
      const allowances = { roomMinutes: minutesOf(values) };
      const wish = { name: values.planName, monthlyMinor: values.monthly ?? 0, allowances };
      return savePrices(props.space, cardOf(values), wish, plan, intent);
    },
  });
  const examples = () => {
    const now = cardOf(form.values);
    const half = pricePlanMonth({ monthlyMinor: form.values.monthly ?? 0 }, "2026-11", { from: "2026-11-16" });
    const withPlan = priceRoom(now, 300, minutesOf(form.values));
    return [
      { label: t.exRoom, priced: priceRoom(now, 90) },
      { label: t.exPlan(withPlan.allowanceMinutes / 60), priced: withPlan },
      { label: t.exDesk, priced: priceDeskDays(now, 3) },
      { label: t.exBins, priced: priceStorage(now, 6) },
      { label: t.exPicks, priced: pricePicks(now, 30) },
      { label: t.exHalf, priced: half },
    ];
  };
  return (
    <StepFrame
      step="prices"
      space={props.space}
      built={props.built}
      acts={acts}
      aside={
        <section class="flex flex-col gap-3 border-t-2 border-fg-1 pt-3" aria-label={t.examples} aria-live="polite">
          <h2 class="text-md">{t.examples}</h2>
          <PriceLines lines={examples().map(({ label, priced }) => ({ label, minor: priced.totalMinor }))} />
          <p class="text-xs text-fg-2">
            {t.exRoom}: {t.taxIn(money(examples()[0]?.priced.taxMinor ?? 0))}
          </p>
        </section>
      }
    >
      <FormFrame form={form} label={t.names.prices}>
        <h2 class="text-md">{t.cardTitle}</h2>
        <div class="y-pair">
          <MoneyField size="lg" label={t.roomHour} bind={form.field("roomHour")} />
          <MoneyField size="lg" label={t.deskDay} bind={form.field("deskDay")} />
        </div>
        <div class="y-pair">
          <MoneyField size="lg" label={t.binDay} bind={form.field("binDay")} />
          <MoneyField size="lg" label={t.pickUnit} bind={form.field("pickUnit")} />
        </div>
        <h2 class="mt-2 text-md">{t.planTitle}</h2>
        <TextField size="lg" label={t.planName} maxLength={60} bind={form.field("planName")} />
        <div class="y-pair">
          <MoneyField size="lg" label={t.monthly} bind={form.field("monthly")} />
          <NumberField size="lg" label={t.roomHours} min={0} max={999} unit={t.hours} bind={form.field("roomHours")} />
        </div>
      </FormFrame>
    </StepFrame>
  );
}
