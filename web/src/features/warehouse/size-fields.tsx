import type { BinSize } from "@yihao/warehouse/model";
import type { Form } from "../../ui/form.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { binWords } from "./bin-words.ts";

/** Edges in millimetres as a form keeps them. */
export type Edges = { length: number | undefined; width: number | undefined; height: number | undefined };

export const edgesIn = (size: BinSize | undefined): Edges => ({
  length: size?.lengthMm,
  width: size?.widthMm,
  height: size?.heightMm,
});

/** The size that edges make; undefined while none is filled in. */
export function sizeIn({ length, width, height }: Edges): BinSize | undefined {
  return length === undefined || width === undefined || height === undefined
    ? undefined
    : { lengthMm: length, widthMm: width, heightMm: height };
}

/** The fault of edges of which some are filled in and some are not, at the first that is not. */
export function edgeFaults({ length, width, height }: Edges): Partial<Record<keyof Edges, string>> {
  const edges = { length, width, height };
  const empty = (Object.keys(edges) as (keyof Edges)[]).filter((name) => edges[name] === undefined);
  const [first] = empty;
  return first === undefined || empty.length === 3 ? {} : { [first]: binWords().sizeWhole };
}

/** Length, width and height beside each other, in millimetres. */
export function SizeFields<Values extends Edges>(props: {
  form: Form<Values & Record<string, unknown>>;
  label: string;
  hint: string;
  most: number;
}) {
  const t = binWords();
  const field = (name: keyof Edges) => (props.form as unknown as Form<Edges & Record<string, unknown>>).field(name);
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 text-xs font-strong text-fg-2">{props.label}</legend>
      <div class="grid grid-cols-3 gap-2">
        <NumberField label={t.edges.length} min={1} max={props.most} bind={field("length")} />
        <NumberField label={t.edges.width} min={1} max={props.most} bind={field("width")} />
        <NumberField label={t.edges.height} min={1} max={props.most} bind={field("height")} />
      </div>
      <p class="text-xs text-fg-2">{props.hint}</p>
    </fieldset>
  );
}
