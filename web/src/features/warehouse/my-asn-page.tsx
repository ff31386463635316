import { useNavigate, useParams } from "@solidjs/router";
import type { AsnCheck, NewAsn } from "@yihao/warehouse/asn-model";
import { createEffect, createSignal, Show } from "solid-js";
import { count } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ErrorState, Note } from "../../ui/feedback.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { DataTable } from "../../ui/table.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { asnWords } from "./asn-words.ts";
import { announce, tryAsn, useWarehouses } from "./data.ts";
import { type DraftLine, filledLines, LineFields } from "./line-fields.tsx";
import { warehouseWords } from "./words.ts";

type Fault = AsnCheck["errors"][number];

/** What a dry run found: every fault by row, or what is ready to be announced. */
export function CheckResult(props: { check: AsnCheck }) {
  const a = asnWords();
  const reason = (code: string) => a.reasons[code as keyof typeof a.reasons] ?? a.otherReason(code);
  return (
    <Show
      when={props.check.errors.length > 0}
      fallback={
        <Note tone="good" title={a.ready(props.check.lines, count(props.check.units), props.check.fresh.length)} />
      }
    >
      <Note tone="bad" alert title={a.faults(props.check.errors.length)} />
      <DataTable<Fault>
        label={a.faults(props.check.errors.length)}
        rows={props.check.errors}
        rowKey={(one) => `${one.row} ${one.column} ${one.reason}`}
        columns={[
          { key: "row", head: a.row, width: "56px", align: "end", cell: (one) => String(one.row) },
          { key: "column", head: a.column, width: "96px", cell: (one) => a.columnsOf[one.column] },
          { key: "value", head: a.value, cell: (one) => <span class="font-mono text-xs">{one.value || "—"}</span> },
          { key: "reason", head: a.reason, cell: (one) => reason(one.reason) },
        ]}
      />
    </Show>
  );
}

/** Announces goods (预报入库), by CSV with a dry run or line by line. */
export default function MyAsnPage() {
  const t = warehouseWords();
  const a = asnWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const warehouses = useWarehouses(() => params.space);
  const [way, setWay] = createSignal<"csv" | "lines">("csv");
  const [csv, setCsv] = createSignal<string>();
  const [check, setCheck] = createSignal<AsnCheck>();
  const [failed, setFailed] = createSignal<unknown>();
  const form = createForm({
    name: "asn",
    initial: {
      warehouse: "",
      reference: "",
      expectedOn: "",
      lines: [{ product: "", units: undefined }] as DraftLine[],
    },
    draftKey: `asn.${params.space}`,
    check: (values) => ({ lines: way() === "lines" && !filledLines(values.lines) ? t.needLine : undefined }),
    submit: async (values, intent) => {
      const asn = await announce(params.space, wishOf(values), intent);
      form.reset();
      toast({ text: a.asnDone });
      navigate(`/s/${params.space}/my/stock/${asn.id}`);
    },
  });
  const warehouse = () => form.values.warehouse || (warehouses.data?.[0]?.id ?? "");
  // What was entered by hand is shown again as it was left.
  if (filledLines(form.values.lines)) setWay("lines");
  const wishOf = (values: typeof form.values): NewAsn => ({
    warehouse: warehouse(),
    ...(values.reference.trim() ? { reference: values.reference.trim() } : {}),
    ...(values.expectedOn ? { expectedOn: values.expectedOn } : {}),
    ...(way() === "csv" ? { csv: csv() ?? "" } : { lines: filledLines(values.lines) ?? [] }),
  });
  const tryText = async (place: string, text: string) => {
    setCheck(undefined);
    setFailed(undefined);
    const still = () => csv() === text && warehouse() === place;
    try {
      const found = await tryAsn(params.space, { warehouse: place, csv: text });
      if (still()) setCheck(found);
    } catch (error) {
      if (still()) setFailed(error);
    }
  };
  // The file may be there before it is known which warehouses there are, and be meant for another then.
  createEffect(() => {
    const [text, place] = [csv(), warehouse()];
    if (text !== undefined && place !== "") void tryText(place, text);
  });
  const ready = () => way() === "lines" || check()?.errors.length === 0;
  return (
    <>
      <PageHead title={t.newAsn} />
      <div class="mx-auto flex w-full max-w-160 flex-col gap-4 p-4 tablet:p-6">
        <FormFrame form={form} label={t.newAsn}>
          <Show when={(warehouses.data?.length ?? 0) > 1}>
            <SelectField
              label={t.warehouse}
              size="lg"
              bind={{ ...form.field("warehouse"), value: warehouse }}
              options={(warehouses.data ?? []).map((one) => ({ value: one.id as string, label: one.name }))}
            />
          </Show>
          <div class="y-pair">
            <TextField label={a.reference} size="lg" bind={form.field("reference")} maxLength={40} />
            <DateField label={t.expectedOn} size="lg" bind={form.field("expectedOn")} />
          </div>
          <Segmented
            label={t.newAsn}
            bare
            bind={bound(way, setWay)}
            options={[
              { value: "csv" as const, label: a.csvTitle },
              { value: "lines" as const, label: a.byHand },
            ]}
          />
          <Show
            when={way() === "csv"}
            fallback={
              <LineFields
                space={params.space}
                lines={form.values.lines}
                onChange={(lines) => form.set("lines", lines)}
                limit={false}
              />
            }
          >
            <FileDrop label={a.csvFile} hint={a.csvHint} onText={setCsv} />
            <Show when={failed() !== undefined}>
              <ErrorState title={a.tryIt} problem={failed()} onRetry={() => tryText(warehouse(), csv() ?? "")} />
            </Show>
            <Show when={check()}>{(one) => <CheckResult check={one()} />}</Show>
          </Show>
          <Button kind="primary" size="lg" type="submit" busy={form.busy()} disabled={!ready()}>
            {a.submitAsn}
          </Button>
          <DraftNote form={form} />
        </FormFrame>
      </div>
    </>
  );
}
