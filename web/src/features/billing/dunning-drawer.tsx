import type { DunningSettings, LateFee } from "@yihao/billing/dunning-model";
import { Show } from "solid-js";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import { DaysDrawer, keepSettings, type OnOff } from "./days-drawer.tsx";
import { changeDunning, type DunningSet } from "./dunning-data.ts";
import { dunningWords } from "./dunning-words.ts";

type Whole = number | undefined;
type Values = {
  on: OnOff;
  day1: Whole;
  day2: Whole;
  day3: Whole;
  day4: Whole;
  stops: string;
  fee: LateFee["kind"];
  rate: Whole;
  amountMinor: Whole;
  grace: Whole;
  cap: Whole;
};
const daysNames = ["day1", "day2", "day3", "day4"] as const;

function valuesOf({ on, levels, fee }: DunningSettings): Values {
  const stops = levels.findIndex(({ suspends }) => suspends);
  const [one, two, three, four] = levels.map(({ afterDays }) => afterDays);
  return {
    on: on ? "on" : "off",
    ...{ day1: one, day2: two, day3: three, day4: four },
    stops: String(stops + 1),
    fee: fee.kind,
    rate: fee.kind === "daily" ? fee.perTenThousand : 5,
    amountMinor: fee.kind === "fixed" ? fee.amountMinor : 50_00,
    grace: fee.kind === "none" ? 0 : fee.graceDays,
    cap: fee.kind === "none" ? 20 : fee.capPercent,
  };
}

function feeOf({ fee, rate = 0, amountMinor = 0, grace: graceDays = 0, cap: capPercent = 0 }: Values): LateFee {
  if (fee === "none") return { kind: "none" };
  if (fee === "daily") return { kind: "daily", perTenThousand: rate, graceDays, capPercent };
  return { kind: "fixed", amountMinor, graceDays, capPercent };
}

const within = (value: Whole, least: number, most: number) =>
  value !== undefined && Number.isInteger(value) && value >= least && value <= most;

/** How the space duns: on or off, days of up to four levels, which stops bookings, what lateness costs. */
export function DunningDrawer(props: { space: string; settings: DunningSet; open: boolean; onClose: () => void }) {
  const t = dunningWords();
  const daysIn = (values: Values) => daysNames.map((name) => values[name]).filter((day) => day !== undefined);
  const form = createForm<Values>({
    name: "dunning",
    initial: valuesOf(props.settings),
    check: (values) => {
      const days = daysIn(values);
      const rises = days.every((day, at) => within(day, 1, 180) && (at === 0 || day > (days[at - 1] ?? 0)));
      const free = values.fee === "none";
      const number = (right: boolean, least: number, most: number) => (right ? undefined : t.badNumber(least, most));
      return {
        day1: values.day1 !== undefined && rises ? undefined : t.badDays,
        rate: number(values.fee !== "daily" || within(values.rate, 1, 50), 1, 50),
        grace: number(free || within(values.grace, 0, 90), 0, 90),
        cap: number(free || within(values.cap, 1, 100), 1, 100),
        amountMinor: values.fee !== "fixed" || (values.amountMinor ?? 0) > 0 ? undefined : t.needAmount,
      };
    },
    submit: async (values) => {
      const stops = Number(values.stops);
      const levels = daysIn(values).map((afterDays, at) => ({ afterDays, suspends: stops > 0 && at + 1 === stops }));
      const wish = { on: values.on === "on", levels, fee: feeOf(values) };
      await keepSettings(changeDunning(props.space, wish, props.settings.rev), {
        ...{ saved: t.settingsSaved, theirs: t.theirs },
        onClose: () => props.onClose(),
      });
    },
  });
  const days = daysNames.map((name) => form.field(name));
  const levels = () => daysIn(form.values).length;
  return (
    <DaysDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.setUp}
      save={t.saveSettings}
      form={form}
      on={{ label: t.on, yes: t.onYes, no: t.onNo, bind: form.field("on") }}
      says={[t.levelsSay]}
      days={days}
      dayLabel={t.afterDays}
      unit={t.daysUnit}
      min={1}
      max={180}
    >
      <SelectField
        label={t.stops}
        options={[
          { value: "0", label: t.never },
          ...Array.from({ length: levels() }, (_, at) => ({ value: String(at + 1), label: t.levelOf(at + 1) })),
        ]}
        bind={form.field("stops")}
      />
      <Segmented
        label={t.fee}
        options={(["none", "daily", "fixed"] as const).map((value) => ({ value, label: t.feeKinds[value] }))}
        bind={form.field("fee")}
      />
      <Show when={form.values.fee !== "none"}>
        <Show
          when={form.values.fee === "daily"}
          fallback={<MoneyField label={t.feeAmount} bind={form.field("amountMinor")} />}
        >
          <NumberField label={t.perTenThousand} min={1} max={50} bind={form.field("rate")} />
        </Show>
        <div class="grid grid-cols-2 gap-3">
          <NumberField label={t.graceDays} unit={t.daysUnit} min={0} max={90} bind={form.field("grace")} />
          <NumberField label={t.cap} unit="%" min={1} max={100} bind={form.field("cap")} />
        </div>
        <p class="text-xs text-fg-2">{t.feeSay}</p>
      </Show>
    </DaysDrawer>
  );
}
