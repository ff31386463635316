import { binCount, codeBy, nameOf } from "@yihao/warehouse/bin-code";
import { type BinPattern, type Naming, namings, type Zone, zoneKinds } from "@yihao/warehouse/model";
import { For, type JSX, Show } from "solid-js";
import { count } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, type Form, FormFrame } from "../../ui/form.tsx";
import { Plate } from "../../ui/plate.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { glnFaultOf } from "./bin-limits.tsx";
import { binWords } from "./bin-words.ts";
import { addBins } from "./data.ts";
import { type Edges, edgeFaults, SizeFields, sizeIn } from "./size-fields.tsx";
import { warehouseWords } from "./words.ts";

const mostBins = 5_000;
const parts = ["racks", "columns", "levels"] as const;

export type PatternValues = Edges & {
  firstRack: number | undefined;
  racks: number | undefined;
  columns: number | undefined;
  levels: number | undefined;
  rackNames: Naming;
  columnNames: Naming;
  levelNames: Naming;
  capacity: number | undefined;
  load: number | undefined;
  gln: string;
};

export const newPattern: PatternValues = {
  ...{ firstRack: 1, racks: 1, columns: 10, levels: 6 },
  ...{ rackNames: "01", columnNames: "01", levelNames: "01" },
  ...{ capacity: undefined, load: undefined, gln: "", length: undefined, width: undefined, height: undefined },
};

/** The pattern that a form's values make, without its zone. */
export function patternOf(values: PatternValues): Omit<BinPattern, "zone"> {
  const from = values.firstRack ?? 1;
  const size = sizeIn(values);
  return {
    racks: { from, to: from + (values.racks ?? 1) - 1 },
    columns: values.columns ?? 1,
    levels: values.levels ?? 1,
    names: { racks: values.rackNames, columns: values.columnNames, levels: values.levelNames },
    ...(values.capacity === undefined ? {} : { capacity: values.capacity }),
    ...(values.load === undefined ? {} : { loadGrams: values.load * 1_000 }),
    ...(size === undefined ? {} : { size }),
    ...(values.gln.trim() === "" ? {} : { gln: values.gln.trim() }),
  };
}

/** What is wrong in a form's values of a pattern. */
export const patternFaults = (values: PatternValues) => ({ ...edgeFaults(values), gln: glnFaultOf(values.gln) });

type PatternForm = Form<PatternValues & Record<string, unknown>>;

/** Racks × columns × levels, how each is named, what a bin takes, and a picture of what comes of it. */
export function PatternFields<Values extends PatternValues>(props: {
  form: Form<Values & Record<string, unknown>>;
}): JSX.Element {
  const t = warehouseWords();
  const b = binWords();
  const form = props.form as unknown as PatternForm;
  const names = namings.map((value) => ({ value, label: b.namings[value] }));
  const named = { racks: "rackNames", columns: "columnNames", levels: "levelNames" } as const;
  return (
    <>
      <div class="y-pair">
        <NumberField label={b.firstRack} bind={form.field("firstRack")} min={1} max={999} />
        <NumberField label={t.racks} bind={form.field("racks")} min={1} max={99} />
      </div>
      <div class="y-pair">
        <NumberField label={t.columns} bind={form.field("columns")} min={1} max={99} />
        <NumberField label={t.levels} bind={form.field("levels")} min={1} max={20} />
      </div>
      <div class="grid gap-2 tablet:grid-cols-3">
        <For each={parts}>
          {(part) => <SelectField label={b.naming[part]} bind={form.field(named[part])} options={names} />}
        </For>
      </div>
      <div class="y-pair">
        <NumberField label={t.capacity} hint={t.capacityHint} bind={form.field("capacity")} min={1} />
        <NumberField label={b.load} hint={b.noLimit} bind={form.field("load")} min={1} max={100_000} />
      </div>
      <SizeFields form={form} label={b.inside} hint={b.noLimit} most={20_000} />
      <TextField label={b.gln} hint={b.glnHint} mono inputMode="numeric" maxLength={20} bind={form.field("gln")} />
      <PatternPreview values={form.values} />
    </>
  );
}

/** The first and last codes of a pattern, and its first rack from the front. */
function PatternPreview(props: { values: PatternValues }) {
  const b = binWords();
  const pattern = () => patternOf(props.values);
  const first = () => codeBy(pattern(), { rack: pattern().racks.from, column: 1, level: 1 });
  const last = () => {
    const { racks, columns, levels } = pattern();
    return codeBy(pattern(), { rack: racks.to, column: columns, level: levels });
  };
  const many = () => binCount(pattern());
  const columnName = (column: number) => nameOf(column, props.values.columnNames);
  const levelName = (level: number) => nameOf(level, props.values.levelNames);
  const spoken = () =>
    b.rackPicture(
      nameOf(pattern().racks.from, props.values.rackNames),
      b.range(columnName(1), columnName(pattern().columns)),
      b.range(levelName(1), levelName(pattern().levels)),
    );
  return (
    <Show when={many() > 0}>
      <section class="flex flex-col gap-2 border-t border-line pt-3" aria-label={b.preview}>
        <p class="flex flex-wrap items-center gap-2">
          <span class="text-fg-2">{b.preview}</span>
          <Plate>{first()}</Plate>
          <span aria-hidden="true">–</span>
          <Plate>{last()}</Plate>
        </p>
        <Show when={many() > mostBins}>
          <p class="text-bad-fg">{b.tooMany(count(mostBins))}</p>
        </Show>
        <div role="img" aria-label={spoken()} class="flex max-w-80 text-xs text-fg-3">
          <div class="grid w-6 content-start gap-0.5" aria-hidden="true">
            <For each={Array.from({ length: pattern().levels }, (_, index) => pattern().levels - index)}>
              {(level) => <span class="grid h-4 items-center leading-4">{levelName(level)}</span>}
            </For>
          </div>
          <div class="min-w-0 flex-1">
            <div
              class="grid gap-0.5 border-x-2 border-b-2 border-line-control px-0.5 pb-0.5"
              style={{ "grid-template-columns": `repeat(${pattern().columns}, minmax(0, 1fr))` }}
            >
              <For each={Array.from({ length: pattern().columns * pattern().levels })}>
                {() => <i class="h-4 bg-sunken" />}
              </For>
            </div>
            <p class="flex justify-between px-1 pt-1">
              <span>{columnName(1)}</span>
              <Show when={pattern().columns > 1}>
                <span>{columnName(pattern().columns)}</span>
              </Show>
            </p>
          </div>
        </div>
      </section>
    </Show>
  );
}

/** Adds a zone of bins by a pattern to a warehouse that is there (库区), or more bins to one of its zones. */
export function AddZone(props: { space: string; warehouse: string; zones: readonly Zone[]; onDone: () => void }) {
  const t = warehouseWords();
  const b = binWords();
  const free = () => [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((code) => !props.zones.some((one) => one.code === code));
  const form = createForm({
    name: "add-zone",
    initial: { ...newPattern, code: free() ?? "", title: "", kind: "reserve" as Zone["kind"] },
    check: (values) => ({
      code: values.code.trim() === "" ? b.needZone : undefined,
      title: values.title.trim() === "" && known(values.code) === undefined ? b.needZone : undefined,
      ...patternFaults(values),
    }),
    submit: async (values, intent) => {
      const there = known(values.code);
      const zone = there
        ? { code: there.code, name: there.name, kind: there.kind }
        : { code: values.code.trim(), name: values.title.trim(), kind: values.kind };
      const { made } = await addBins(props.space, props.warehouse, { zone, ...patternOf(values) }, intent.key);
      toast({ text: t.made(made) });
      props.onDone();
    },
  });
  const known = (code: string) => props.zones.find((one) => one.code === code.trim());
  const many = () => binCount(patternOf(form.values));
  return (
    <FormFrame form={form} label={b.addZone}>
      <div class="y-pair">
        <TextField label={b.zoneCode} mono maxLength={20} required bind={form.field("code")} />
        <Show when={known(form.values.code) === undefined}>
          <SelectField
            label={b.zoneKind}
            bind={form.field("kind")}
            options={zoneKinds.map((value) => ({ value, label: b.zoneKinds[value] }))}
          />
        </Show>
      </div>
      <Show
        when={known(form.values.code)}
        fallback={<TextField label={t.zoneName} maxLength={40} required bind={form.field("title")} />}
      >
        {(zone) => <p class="text-fg-2">{b.zoneKnown(zone().name)}</p>}
      </Show>
      <PatternFields form={form} />
      <Button kind="primary" type="submit" busy={form.busy()} disabled={many() < 1 || many() > mostBins}>
        {t.make(many())}
      </Button>
    </FormFrame>
  );
}
