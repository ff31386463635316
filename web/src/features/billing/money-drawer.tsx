import type { Wish } from "@yihao/billing/approval-model";
import type { CompanyId } from "@yihao/kernel/ids";
import { Show } from "solid-js";
import { money } from "../../format.ts";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, MoneyField, TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { applyOwn, propose, takeDeposit, useBalanceOf, useDemands, usePaidOnline } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { CompanyField } from "./company-field.tsx";

export type MoneyAct = "take" | "giveBack" | "use";
type Way = "transfer" | "cash" | "hosted";

/** Takes a deposit, proposes a refund of a balance or a deposit, or pays bills from either; how much the company has is in sight. */
export function MoneyDrawer(props: {
  space: string;
  act: MoneyAct;
  today: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = accountWords();
  const form = createForm({
    name: `money-${props.act}`,
    initial: {
      company: "",
      from: "balance" as "balance" | "deposit",
      way: "transfer" as Way,
      amountMinor: undefined as number | undefined,
      reference: "",
      payment: "",
      day: props.today,
      reason: "",
    },
    check: (values) => ({
      company: values.company ? undefined : t.needCompany,
      amountMinor:
        (values.amountMinor ?? 0) <= 0
          ? t.needAmount
          : most() !== undefined && (values.amountMinor ?? 0) > (most() ?? 0)
            ? t.moreThan(money(most() ?? 0))
            : undefined,
      reference: props.act === "use" || back() || values.reference.trim() ? undefined : t.needReference,
      payment: !back() || values.payment ? undefined : t.noHosted,
      day: values.day ? undefined : t.needDay,
      reason: props.act !== "giveBack" || values.reason.trim().length >= 2 ? undefined : t.needReason,
    }),
    submit: async (values, intent) => {
      const { amountMinor = 0, from, day } = values;
      const company = values.company as CompanyId;
      const reference = values.reference.trim();
      if (props.act === "take") {
        const way = values.way === "cash" ? "cash" : "transfer";
        await takeDeposit(props.space, { company, amountMinor, way, reference, on: day }, intent);
        toast({ text: t.taken(money(amountMinor)), tone: "good" });
      } else if (props.act === "use") {
        await applyOwn(props.space, { company, from, amountMinor }, intent);
        toast({ text: t.used(money(amountMinor)), tone: "good" });
      } else {
        await propose(
          props.space,
          wishOf({ ...values, company, amountMinor, reference }),
          values.reason.trim(),
          intent,
        );
        toast({ text: t.proposed, tone: "good" });
      }
      props.onClose();
    },
  });
  const balance = useBalanceOf(
    () => props.space,
    () => form.values.company,
  );
  const most = (): number | undefined => {
    if (props.act === "take" || !balance.data) return undefined;
    const has = form.values.from === "deposit" ? balance.data.depositMinor : balance.data.creditMinor;
    if (props.act === "use") return Math.min(has, balance.data.receivableMinor);
    return has;
  };
  // The way it came is for what was paid online, of the balance alone.
  const back = (): boolean =>
    props.act === "giveBack" && form.values.from === "balance" && form.values.way === "hosted";
  const online = usePaidOnline(
    () => props.space,
    () => (back() ? form.values.company : ""),
  );
  const demands = useDemands(
    () => props.space,
    () => form.values.company,
  );
  const asked = () => {
    const sum = (form.values.company ? (demands.data ?? []) : []).reduce(
      (total, one) => total + one.amountMinor - one.takenMinor,
      0,
    );
    return props.act === "take" && sum > 0 ? t.asked(money(sum)) : "";
  };
  const ways = () => [
    { value: "transfer" as const, label: t.transfer },
    { value: "cash" as const, label: t.cash },
    ...(props.act === "giveBack" && form.values.from === "balance"
      ? [{ value: "hosted" as const, label: t.hosted }]
      : []),
  ];
  const say = () => ({ take: t.takeSay, giveBack: t.giveBackSay, use: t.useSay })[props.act];
  const button = () => ({ take: t.confirmTake, giveBack: t.propose, use: t.confirmUse })[props.act];
  const has = () =>
    form.values.company && balance.data ? t.has(money(balance.data.creditMinor), money(balance.data.depositMinor)) : "";
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t[props.act]} form={form} act={button()}>
      <p class="text-fg-2">{say()}</p>
      <CompanyField space={props.space} label={t.company} bind={form.field("company")} hint={has()} />
      <Show when={props.act !== "take"}>
        <Segmented
          label={t.from}
          options={[
            { value: "balance" as const, label: t.balance },
            { value: "deposit" as const, label: t.deposit },
          ]}
          bind={form.field("from")}
        />
      </Show>
      <Show when={props.act !== "use"}>
        <Segmented label={t.way} options={ways()} bind={form.field("way")} />
      </Show>
      <div class="y-pair">
        <MoneyField
          label={t.amount}
          hint={most() === undefined ? asked() : t.moreThan(money(most() ?? 0))}
          bind={form.field("amountMinor")}
        />
        <Show when={props.act !== "use"}>
          <DateField label={t.day} max={props.today} today={props.today} bind={form.field("day")} />
        </Show>
      </div>
      <Show when={back()}>
        <p class="text-xs text-fg-2">{t.hostedSay}</p>
        <SelectField
          label={t.ofPayment}
          placeholder={online.data?.length === 0 ? t.noHosted : " "}
          options={(online.data ?? []).map((one) => ({
            value: one.id as string,
            label: t.paidOnline(one.receivedOn ?? "", money(one.amountMinor - (one.refundedMinor ?? 0))),
          }))}
          bind={form.field("payment")}
        />
      </Show>
      <Show when={props.act !== "use" && !back()}>
        <TextField label={t.reference} mono maxLength={60} bind={form.field("reference")} />
      </Show>
      <Show when={props.act === "giveBack"}>
        <TextArea label={t.reason} rows={2} maxLength={200} bind={form.field("reason")} />
      </Show>
    </FormDrawer>
  );
}

function wishOf(values: {
  company: CompanyId;
  from: "balance" | "deposit";
  way: Way;
  amountMinor: number;
  reference: string;
  payment: string;
  day: string;
}): Wish {
  const { company, amountMinor, reference, day: paidOn } = values;
  if (values.from === "balance" && values.way === "hosted") {
    const payment = values.payment as `pay_${string}`;
    const mark = `R-${payment.slice(4, 12)}-${amountMinor}`;
    return { kind: "refund", company, amountMinor, way: "hosted", payment, reference: mark, paidOn };
  }
  const way = values.way === "cash" ? "cash" : "transfer";
  if (values.from === "deposit") return { kind: "deposit-return", company, amountMinor, way, reference, paidOn };
  return { kind: "refund", company, amountMinor, way, reference, paidOn };
}
