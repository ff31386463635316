import { plusMonths } from "@yihao/kernel/days";
import type { NewTariff, StorageRule } from "@yihao/pricing/tariff-model";
import { Match, Switch } from "solid-js";
import { monthTitle } from "../../format.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useCompanyNames } from "./data.ts";
import { addTariff } from "./tariff-data.ts";
import { type FeeRow, feesOf, isWhole, TariffFees } from "./tariff-fees.tsx";
import { type ItemRow, itemsOf, TariffItems } from "./tariff-items.tsx";
import { tariffWords } from "./tariff-words.ts";

const rules = ["bin-day", "peak-day", "volume-day", "average-volume", "capacity-month"] as const;
type Money = number | undefined;

/** Writes a tariff down: for whom, from when, how storage is charged and what each operation costs. */
export function TariffDrawer(props: { space: string; today: string; onClose: () => void }) {
  const t = tariffWords();
  const companies = useCompanyNames(() => props.space);
  const months = () => Array.from({ length: 12 }, (_, at) => plusMonths(props.today.slice(0, 7), at + 1));
  const form = createForm({
    name: "tariff",
    initial: {
      ...{ name: "", company: "", from: plusMonths(props.today.slice(0, 7), 1) },
      by: "bin-day" as (typeof rules)[number],
      ...{ dayMinor: undefined as Money, literMinor: undefined as Money, productMinor: undefined as Money },
      ...{ unitMinor: undefined as Money, cubicMinor: undefined as Money, binMinor: undefined as Money },
      ...{ binLiters: undefined as Money, tierFrom: undefined as Money, tierPrice: undefined as Money },
      ...{ freeDays: undefined as Money, minimum: undefined as Money },
      ...{ fees: [] as readonly FeeRow[], items: [] as readonly ItemRow[] },
    },
    check: (values) => {
      const need = (name: "dayMinor" | "cubicMinor" | "binMinor" | "binLiters", ...by: string[]) =>
        by.includes(values.by) && (values[name] ?? -1) < (name === "binLiters" ? 1 : 0) ? t.needPrice : undefined;
      return {
        name: values.name.trim() ? undefined : t.needName,
        dayMinor: need("dayMinor", "bin-day"),
        cubicMinor: need("cubicMinor", "volume-day", "average-volume"),
        binMinor: need("binMinor", "capacity-month"),
        binLiters: need("binLiters", "capacity-month"),
        tierPrice: values.tierFrom && values.tierPrice === undefined ? t.needPrice : undefined,
        fees: values.fees.every(isWhole) ? undefined : t.feesWrong,
        items: itemsOf(values.items).length === values.items.length ? undefined : t.itemsWrong,
      };
    },
    submit: async (values, intent) => {
      const storage = (): StorageRule => {
        const of = (value: Money) => value ?? 0;
        switch (values.by) {
          case "bin-day": {
            const tiers = values.tierFrom
              ? { tiers: [{ from: values.tierFrom, unitMinor: of(values.tierPrice) }] }
              : {};
            return { by: "bin-day", dayMinor: of(values.dayMinor), ...tiers };
          }
          case "peak-day": {
            const { literMinor, unitMinor, productMinor } = values;
            return {
              by: "peak-day",
              literMinor: of(literMinor),
              unitMinor: of(unitMinor),
              productMinor: of(productMinor),
            };
          }
          case "capacity-month":
            return { by: "capacity-month", binLiters: values.binLiters ?? 1, binMinor: of(values.binMinor) };
          default:
            return { by: values.by, cubicMinor: of(values.cubicMinor) };
        }
      };
      const wish: NewTariff = {
        ...{ name: values.name.trim(), from: values.from, storage: storage() },
        ...(values.company ? { company: values.company } : {}),
        ...(values.freeDays ? { freeDays: values.freeDays } : {}),
        ...(values.minimum ? { minimumMinor: values.minimum } : {}),
        fees: feesOf(values.fees),
        ...(values.items.length > 0 ? { items: itemsOf(values.items) } : {}),
      };
      await addTariff(props.space, wish, intent);
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.add} form={form} act={t.save}>
      <TextField label={t.name} maxLength={60} bind={form.field("name")} />
      <div class="y-pair">
        <SelectField
          label={t.forWhom}
          options={[
            { value: "", label: t.all },
            ...(companies.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
          bind={form.field("company")}
        />
        <SelectField
          label={t.from}
          options={months().map((value) => ({ value, label: monthTitle(value) }))}
          bind={form.field("from")}
        />
      </div>
      <SelectField
        label={t.storage}
        options={rules.map((value) => ({ value, label: t.rules[value] }))}
        bind={form.field("by")}
      />
      <Switch>
        <Match when={form.values.by === "bin-day"}>
          <MoneyField label={t.prices.dayMinor} bind={form.field("dayMinor")} />
          <div class="y-pair">
            <NumberField label={t.tierFrom} min={1} bind={form.field("tierFrom")} />
            <MoneyField label={t.tierPrice} bind={form.field("tierPrice")} />
          </div>
        </Match>
        <Match when={form.values.by === "peak-day"}>
          <MoneyField label={t.prices.literMinor} bind={form.field("literMinor")} />
          <div class="y-pair">
            <MoneyField label={t.prices.unitMinor} bind={form.field("unitMinor")} />
            <MoneyField label={t.prices.productMinor} bind={form.field("productMinor")} />
          </div>
        </Match>
        <Match when={form.values.by === "capacity-month"}>
          <div class="y-pair">
            <NumberField label={t.binLiters} min={1} bind={form.field("binLiters")} />
            <MoneyField label={t.prices.binMinor} bind={form.field("binMinor")} />
          </div>
        </Match>
        <Match when={true}>
          <MoneyField label={t.prices.cubicMinor} bind={form.field("cubicMinor")} />
        </Match>
      </Switch>
      <div class="y-pair">
        <NumberField label={t.freeDays} min={0} max={366} bind={form.field("freeDays")} />
        <MoneyField label={t.minimum} bind={form.field("minimum")} />
      </div>
      <TariffFees bind={form.field("fees")} />
      <TariffItems bind={form.field("items")} />
    </FormDrawer>
  );
}
