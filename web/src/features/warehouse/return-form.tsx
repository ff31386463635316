import type { OrderView } from "@yihao/warehouse/order-model";
import { type ReturnView, returnReasons } from "@yihao/warehouse/return-model";
import { returnable } from "@yihao/warehouse/return-rules";
import { For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Stepper, TextField } from "../../ui/text-field.tsx";
import { useWarehouses } from "./data.ts";
import { type DraftLine, filledLines, LineFields } from "./line-fields.tsx";
import { usePacked } from "./packs-read.ts";
import { announceReturn } from "./return-data.ts";
import { returnWords } from "./return-words.ts";
import { warehouseWords } from "./words.ts";

const facts = { reason: "unwanted" as (typeof returnReasons)[number], tracking: "", note: "" };
const told = ({ reason, tracking, note }: typeof facts) => ({
  reason,
  ...(tracking.trim() ? { tracking: tracking.trim() } : {}),
  ...(note.trim() ? { note: note.trim() } : {}),
});

/** What of an order comes back (从出库单退货): never more than it sent less what was announced before. */
export function OrderReturnForm(props: { space: string; order: OrderView; onDone: (made: ReturnView) => void }) {
  const t = returnWords();
  const warehouses = useWarehouses(() => props.space);
  const lines = () => props.order.lines.filter((line) => returnable(line) > 0);
  const inPacks = usePacked(() => props.space, lines);
  const form = createForm({
    name: "order-return",
    initial: { ...facts, units: {} as Record<string, number> },
    check: (values) => ({
      units: lines().some((line) => (values.units[line.line] ?? 0) > 0) ? undefined : t.needUnits,
    }),
    submit: async (values, intent) => {
      const warehouse = props.order.warehouse ?? warehouses.data?.[0]?.id ?? "";
      const wanted = lines().flatMap((line) => {
        const units = values.units[line.line] ?? 0;
        return units > 0 ? [{ product: line.product, units }] : [];
      });
      props.onDone(
        await announceReturn(
          props.space,
          { ...told(values), company: props.order.company, order: props.order.id, warehouse, lines: wanted },
          intent,
        ),
      );
    },
  });
  return (
    <FormFrame form={form} label={t.fromOrder}>
      <For each={lines()}>
        {(line) => (
          <Stepper
            label={line.name}
            hint={[t.most(returnable(line)), inPacks(line.product, returnable(line))].filter(Boolean).join(" = ")}
            min={0}
            max={returnable(line)}
            bind={bound(
              () => form.values.units[line.line] ?? 0,
              (units) => form.set("units", { ...form.values.units, [line.line]: units }),
            )}
          />
        )}
      </For>
      <Show when={form.faults().find((fault) => fault.name === "units")}>
        {(fault) => <p class="text-sm text-bad-fg">{fault().text}</p>}
      </Show>
      <ReasonFields form={form} />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.submit}
      </Button>
    </FormFrame>
  );
}

type ReasonForm = Pick<ReturnType<typeof createForm<typeof facts>>, "field">;
function ReasonFields(props: { form: unknown }) {
  const t = returnWords();
  const form = props.form as ReasonForm;
  return (
    <>
      <SelectField
        label={t.reason}
        bind={form.field("reason")}
        options={returnReasons.map((value) => ({ value, label: t.reasons[value] }))}
      />
      <TextField label={t.tracking} mono maxLength={40} bind={form.field("tracking")} />
      <TextField label={t.note} maxLength={120} bind={form.field("note")} />
    </>
  );
}

/** A return that names no order (无单退货): whoever acts names the products. */
export function FreeReturnForm(props: {
  space: string;
  company?: string;
  owners?: readonly { company: string; name: string }[];
  onDone: (made: ReturnView) => void;
}) {
  const t = returnWords();
  const w = warehouseWords();
  const warehouses = useWarehouses(() => props.space);
  const form = createForm({
    name: "return",
    initial: {
      ...facts,
      owner: props.owners?.[0]?.company ?? "",
      warehouse: "",
      lines: [{ product: "", units: undefined }] as DraftLine[],
    },
    check: (values) => ({ lines: filledLines(values.lines) ? undefined : w.needLine }),
    submit: async (values, intent) => {
      const warehouse = values.warehouse || (warehouses.data?.[0]?.id ?? "");
      const owner = values.owner === "" ? {} : { company: values.owner };
      const lines = filledLines(values.lines) ?? [];
      props.onDone(await announceReturn(props.space, { ...told(values), ...owner, warehouse, lines }, intent));
    },
  });
  return (
    <FormFrame form={form} label={t.newReturn}>
      <Show when={props.owners}>
        {(owners) => (
          <SelectField
            label={w.owner}
            bind={{
              ...form.field("owner"),
              set: (owner) => {
                form.set("owner", owner);
                form.set("lines", [{ product: "", units: undefined }]);
              },
            }}
            options={owners().map((one) => ({ value: one.company, label: one.name }))}
          />
        )}
      </Show>
      <Show when={(warehouses.data?.length ?? 0) > 1}>
        <SelectField
          label={t.chooseWarehouse}
          bind={form.field("warehouse")}
          options={(warehouses.data ?? []).map((one) => ({ value: one.id as string, label: one.name }))}
        />
      </Show>
      <LineFields
        space={props.space}
        {...(form.values.owner === "" ? {} : { company: form.values.owner })}
        lines={form.values.lines}
        onChange={(lines) => form.set("lines", lines)}
        limit={false}
      />
      <Show when={form.faults().find((fault) => fault.name === "lines")}>
        {(fault) => <p class="text-sm text-bad-fg">{fault().text}</p>}
      </Show>
      <ReasonFields form={form} />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.submit}
      </Button>
    </FormFrame>
  );
}
