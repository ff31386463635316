import type { Less } from "@yihao/billing/reduction-model";
import { type Stream, streams } from "@yihao/pricing/model";
import { Show } from "solid-js";
import { streamWords } from "../../streams.ts";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import type { Form } from "../../ui/form.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import { chargeWords } from "./charges-words.ts";

/** What the form of a reduction or a coupon holds of how much is taken, and of what. */
export type LessValues = {
  kind: "percent" | "amount";
  percent: number | undefined;
  amountMinor: number | undefined;
  of: Stream | "all";
};
export const lessBlank: LessValues = { kind: "percent", percent: undefined, amountMinor: undefined, of: "all" };

/** The reduction that the fields say. */
export function lessOf({ kind, percent = 0, amountMinor = 0, of }: LessValues): { less: Less; streams?: Stream[] } {
  const less = kind === "percent" ? { percent } : { amountMinor };
  return { less, ...(of === "all" ? {} : { streams: [of] }) };
}

/** A sentence for each of the fields that is wrong. */
export function lessFaults({ kind, percent, amountMinor }: LessValues) {
  const t = chargeWords();
  const right = Number.isInteger(percent) && (percent ?? 0) >= 1 && (percent ?? 0) <= 100;
  return {
    percent: kind !== "percent" || right ? undefined : t.needPercent,
    amountMinor: kind !== "amount" || (amountMinor ?? 0) > 0 ? undefined : t.needAmount,
  };
}

/** The fields of how much is taken, and of which revenue. */
export function LessFields(props: { form: Form<LessValues & Record<string, unknown>> }) {
  const t = chargeWords();
  const names = streamWords();
  return (
    <>
      <Segmented
        label={t.kind}
        options={(["percent", "amount"] as const).map((value) => ({ value, label: t.kinds[value] }))}
        bind={props.form.field("kind")}
      />
      <Show
        when={props.form.values.kind === "percent"}
        fallback={<MoneyField label={t.amountField} bind={props.form.field("amountMinor")} />}
      >
        <NumberField label={t.percentField} unit="%" min={1} max={100} bind={props.form.field("percent")} />
      </Show>
      <SelectField
        label={t.streams}
        options={[{ value: "all" as const, label: t.all }, ...streams.map((value) => ({ value, label: names[value] }))]}
        bind={props.form.field("of")}
      />
    </>
  );
}
