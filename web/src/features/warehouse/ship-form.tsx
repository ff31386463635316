import { carrierOf } from "@yihao/community/parcel";
import type { OrderView } from "@yihao/warehouse/order-model";
import { type Carrier, carriers, type Shipment, ShipmentSchema } from "@yihao/warehouse/pack-model";
import { Show } from "solid-js";
import type { Intent } from "../../api.ts";
import { count } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { packWords } from "./pack-words.ts";

/** Waybill numbers as they are typed or scanned, one after the other. */
const numbersIn = (text: string): string[] => [...new Set(text.split(/[\s,，、;；]+/).filter((one) => one !== ""))];

/** Carrier and waybill numbers of an order (承运商、运单号); the carrier is guessed from the first number and may be chosen. */
export function ShipForm(props: {
  order: Pick<OrderView, "shipment" | "lines" | "cartons">;
  /** What leaves, where it is not the order's goods. */
  say?: string;
  /** Whether it may be left open who carries it. */
  optional: boolean;
  verb: string;
  large?: boolean;
  onShip: (shipment: Shipment | undefined, intent: Intent) => Promise<unknown>;
}) {
  const t = packWords();
  const kept = props.order.shipment;
  const form = createForm({
    name: "ship",
    initial: {
      carrier: (kept?.carrier ?? (props.optional ? "" : "sf")) as Carrier | "",
      carrierName: kept?.carrierName ?? "",
      numbers: kept?.numbers.join(" ") ?? "",
    },
    check: (values) => ({
      carrierName: values.carrier === "other" && values.carrierName.trim() === "" ? t.needCarrier : undefined,
      numbers: ShipmentSchema.safeParse({ carrier: "sf", numbers: numbersIn(values.numbers) }).success
        ? undefined
        : t.needNumbers,
    }),
    submit: ({ carrier, carrierName, numbers }, intent) =>
      props.onShip(
        carrier === ""
          ? undefined
          : ShipmentSchema.parse({
              carrier,
              ...(carrier === "other" ? { carrierName: carrierName.trim() } : {}),
              numbers: numbersIn(numbers),
            }),
        intent,
      ),
  });
  const size = () => (props.large ? ("xl" as const) : ("md" as const));
  const numbers = () => {
    const bind = form.field("numbers");
    return {
      ...bind,
      set: (text: string) => {
        bind.set(text);
        const [first] = numbersIn(text);
        const guess = first === undefined ? "other" : carrierOf(first);
        if (guess !== "other" && form.values.carrier === "") form.set("carrier", guess);
      },
    };
  };
  return (
    <FormFrame form={form} label={t.shipTitle}>
      <p class="text-fg-2">
        {props.say ??
          t.shipNote(
            count(props.order.lines.reduce((sum, line) => sum + line.picked, 0)),
            props.order.cartons?.length ?? 0,
          )}
      </p>
      <TextField label={t.numbers} hint={t.numbersHint} size={size()} mono bind={numbers()} />
      <SelectField
        label={t.carrier}
        size={size()}
        bind={form.field("carrier")}
        options={[
          ...(props.optional ? [{ value: "" as const, label: t.none }] : []),
          ...carriers.map((value) => ({ value, label: t.carriers[value] })),
        ]}
      />
      <Show when={form.values.carrier === "other"}>
        <TextField label={t.carrierName} size={size()} maxLength={40} bind={form.field("carrierName")} required />
      </Show>
      <Button kind="primary" size={props.large ? "xxl" : "md"} block icon="outbound" type="submit" busy={form.busy()}>
        {props.verb}
      </Button>
    </FormFrame>
  );
}
