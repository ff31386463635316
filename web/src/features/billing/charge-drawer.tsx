import { manualTax } from "@yihao/billing/manual-tax";
import { type NewCharge, taxClasses } from "@yihao/billing/reduction-model";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import { type Stream, streams } from "@yihao/pricing/model";
import { itemsFor } from "@yihao/pricing/tariff";
import { itemStreams } from "@yihao/pricing/tariff-model";
import { Show } from "solid-js";
import { money } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { accountWords } from "./accounts-words.ts";
import { addCharge } from "./charges-data.ts";
import { chargeWords } from "./charges-words.ts";
import { CompanyField } from "./company-field.tsx";
import { useTariffs } from "./tariff-data.ts";
import { tariffWords } from "./tariff-words.ts";
import { useTaxBackground } from "./tax-data.ts";
import { taxWords } from "./tax-words.ts";

/** Charges something by hand: what, how much of it, taxed as what; the sum with its tax is in sight. */
export function ChargeDrawer(props: { space: string; today: string; open: boolean; onClose: () => void }) {
  const t = chargeWords();
  const words = accountWords();
  const names = streamWords();
  const taxes = taxWords();
  const tariffs = tariffWords();
  const form = createForm({
    name: "charge",
    initial: {
      company: "",
      name: "",
      stream: "services" as Stream,
      taxClass: "service" as NewCharge["taxClass"],
      quantity: 1 as number | undefined,
      unitMinor: undefined as number | undefined,
      day: props.today,
    },
    check: ({ company, name, quantity, unitMinor, day }) => ({
      company: company ? undefined : t.needCompany,
      name: name.trim() ? undefined : t.needName,
      quantity: Number.isInteger(quantity) && (quantity ?? 0) > 0 ? undefined : t.needMonths,
      unitMinor: (unitMinor ?? 0) > 0 ? undefined : t.needAmount,
      day: day ? undefined : t.needDay,
    }),
    submit: async ({ company, name, quantity = 1, unitMinor = 0, ...rest }, intent) => {
      const wish = { ...rest, company: company as CompanyId, name: name.trim(), quantity, unitMinor };
      const { amountMinor } = await addCharge(props.space, wish, intent);
      toast({ text: t.added(money(amountMinor)), tone: "good" });
      props.onClose();
    },
  });
  const listed = useTariffs(() => props.space);
  const items = () => itemsFor(listed.data ?? [], form.values.company, form.values.day.slice(0, 7));
  const pickItem = (name: string) => {
    const item = items().find((one) => one.name === name);
    if (!item) return;
    form.field("name").set(item.name);
    form.field("unitMinor").set(item.unitMinor);
    form.field("stream").set(itemStreams[item.kind]);
    form.field("taxClass").set("service");
  };
  const total = () => (form.values.quantity ?? 0) * (form.values.unitMinor ?? 0);
  const background = useTaxBackground(
    () => props.space,
    () => form.values.company,
  );
  const taxation = () => (form.values.day ? manualTax(background.data?.background, form.values) : { basis: 0 });
  const tax = () => taxWithin(total(), taxation().basis);
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.add} form={form} act={t.save}>
      <p class="text-fg-2">{t.addSay}</p>
      <CompanyField space={props.space} label={t.company} bind={form.field("company")} />
      <Show when={items().length > 0}>
        <SelectField
          label={tariffs.fromTariff}
          options={[
            { value: "", label: tariffs.noItem },
            ...items().map(({ name, kind, unitMinor }) => ({
              value: name,
              label: `${tariffs.itemKinds[kind]} · ${name} · ${money(unitMinor)}`,
            })),
          ]}
          bind={bound(() => items().find(({ name }) => name === form.values.name)?.name ?? "", pickItem)}
        />
      </Show>
      <TextField label={t.name} hint={t.nameHint} maxLength={40} bind={form.field("name")} />
      <div class="y-pair">
        <MoneyField label={t.unit} bind={form.field("unitMinor")} />
        <NumberField label={t.pieces} min={1} max={100000} bind={form.field("quantity")} />
      </div>
      <SelectField
        label={t.stream}
        options={streams.map((value) => ({ value, label: names[value] }))}
        bind={form.field("stream")}
      />
      <Segmented
        label={t.taxClass}
        options={taxClasses.map((value) => ({ value, label: t.taxClasses[value] }))}
        bind={form.field("taxClass")}
      />
      <DateField label={t.day} today={props.today} bind={form.field("day")} />
      <Show when={total() > 0 && Number.isInteger(total())}>
        <MoneyTotal minor={total()} label={t.total} />
        <p class="text-xs text-fg-2">
          {taxation().reason ? `${taxes.exempt} · ${taxes.exemptBy}` : words.taxIn(money(tax()))}
        </p>
      </Show>
    </FormDrawer>
  );
}
