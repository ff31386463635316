import { allocate } from "@yihao/billing/allocate";
import type { InvoiceRow, NewPayment } from "@yihao/billing/model";
import { createMemo, For, Show } from "solid-js";
import { money } from "../../format.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField, MoneyField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { CompanyField } from "./company-field.tsx";
import { recordPayment, useBills } from "./data.ts";
import { openOf } from "./view.ts";

/** Records a transfer (对公转账) or cash; how the money goes to bills is shown before it is saved. */
export function RecordDrawer(props: {
  space: string;
  today: string;
  bill?: InvoiceRow | undefined;
  open: boolean;
  onClose: () => void;
}) {
  const t = actionWords();
  const bill = props.bill && props.bill.state !== "draft" && openOf(props.bill) > 0 ? props.bill : undefined;
  const due = useBills(() => props.space, "due");
  const form = createForm({
    name: "payment",
    initial: {
      company: (props.bill?.company ?? "") as string,
      way: "transfer" as "transfer" | "cash",
      amountMinor: (bill ? openOf(bill) : undefined) as number | undefined,
      reference: "",
      receivedOn: props.today,
      to: "oldest" as "oldest" | "bill",
    },
    check: (values) => ({
      company: values.company ? undefined : t.needCompany,
      amountMinor: (values.amountMinor ?? 0) > 0 ? undefined : t.needAmount,
      reference: values.reference.trim() ? undefined : t.needReference,
      receivedOn: !values.receivedOn ? t.needDay : values.receivedOn > props.today ? t.dayAhead : undefined,
    }),
    submit: async ({ company, way, amountMinor = 0, reference, receivedOn }, intent) => {
      const payment: NewPayment = {
        company: company as NewPayment["company"],
        way,
        amountMinor,
        reference: reference.trim(),
        receivedOn,
        ...(only() ? { invoices: split().parts } : {}),
      };
      const recorded = await recordPayment(props.space, payment, intent);
      toast({ text: t.saved(recorded.companyName, money(recorded.amountMinor)), tone: "good" });
      props.onClose();
    },
  });
  const owed = createMemo(() => (due.data ?? []).filter(({ company }) => company === form.values.company));
  const only = () => form.values.to === "bill" && bill !== undefined && bill.company === form.values.company;
  const split = createMemo(() =>
    allocate(form.values.amountMinor ?? 0, only() ? owed().filter(({ id }) => id === bill?.id) : owed()),
  );
  const numberOf = (id: string) => owed().find((one) => one.id === id)?.number ?? id;
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.record} form={form} act={t.save}>
      <CompanyField
        space={props.space}
        label={t.company}
        bind={form.field("company")}
        hint={form.values.company ? t.allOpen(money(owed().reduce((sum, one) => sum + openOf(one), 0))) : ""}
      />
      <Segmented
        label={t.way}
        options={[
          { value: "transfer" as const, label: t.transfer },
          { value: "cash" as const, label: t.cash },
        ]}
        bind={form.field("way")}
      />
      <div class="y-pair">
        <MoneyField label={t.amount} bind={form.field("amountMinor")} />
        <DateField label={t.day} max={props.today} today={props.today} bind={form.field("receivedOn")} />
      </div>
      <TextField
        label={form.values.way === "transfer" ? t.reference : t.receipt}
        hint={t.referenceHint}
        mono
        maxLength={60}
        bind={form.field("reference")}
      />
      <Show when={bill?.company === form.values.company && bill}>
        {(one) => (
          <Segmented
            label={t.allocation}
            options={[
              { value: "oldest" as const, label: t.oldest },
              { value: "bill" as const, label: t.only(one().number ?? "") },
            ]}
            bind={form.field("to")}
          />
        )}
      </Show>
      <Show when={form.values.company && (form.values.amountMinor ?? 0) > 0}>
        <section aria-label={t.preview}>
          <h3 class="mb-1 text-xs text-fg-2">{t.preview}</h3>
          <ul class="tabular-nums">
            <For each={split().parts}>
              {(part) => (
                <li class="flex items-center gap-3 border-t border-line py-1">
                  <Plate>{numberOf(part.invoice)}</Plate>
                  <span class="ml-auto">{money(part.amountMinor)}</span>
                </li>
              )}
            </For>
            <Show when={split().creditMinor > 0}>
              <li class="flex gap-3 border-t border-line py-1">
                <span>{t.toCredit}</span>
                <span class="ml-auto">{money(split().creditMinor)}</span>
              </li>
            </Show>
          </ul>
        </section>
      </Show>
    </FormDrawer>
  );
}
