import type { InvoiceView } from "@yihao/billing/invoice-view";
import { money } from "../../format.ts";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { MoneyField, TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { propose } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { openOf } from "./view.ts";

/** Proposes to write off (核销) what of a bill will never be paid; a second person approves it. */
export function WriteOffDrawer(props: { space: string; bill: InvoiceView; open: boolean; onClose: () => void }) {
  const t = accountWords();
  const most = openOf(props.bill);
  const form = createForm({
    name: "write-off",
    initial: { amountMinor: most as number | undefined, reason: "" },
    check: ({ amountMinor = 0, reason }) => ({
      amountMinor: amountMinor <= 0 ? t.needAmount : amountMinor > most ? t.moreThan(money(most)) : undefined,
      reason: reason.trim().length >= 2 ? undefined : t.needReason,
    }),
    submit: async ({ amountMinor = 0, reason }, intent) => {
      await propose(props.space, { kind: "write-off", invoice: props.bill.id, amountMinor }, reason.trim(), intent);
      toast({ text: t.proposed, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.writeOffTitle(props.bill.number ?? "")}
      form={form}
      act={t.propose}
    >
      <p class="text-fg-2">{t.writeOffSay}</p>
      <MoneyField label={t.amount} hint={t.moreThan(money(most))} bind={form.field("amountMinor")} />
      <TextArea label={t.reason} rows={2} maxLength={200} bind={form.field("reason")} />
    </FormDrawer>
  );
}
