import type { ListedProduct } from "@yihao/warehouse/product-model";
import { createMemo, createSignal, Index, Show } from "solid-js";
import { count } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { useStock } from "./data.ts";
import { type Entered, UnitsField } from "./units-field.tsx";
import { warehouseWords } from "./words.ts";

export type DraftLine = { product: string } & Entered;

/** Lines that are filled in, ready to be sent; undefined when one is wrong. */
export function filledLines(lines: readonly DraftLine[]): { product: string; units: number }[] | undefined {
  const used = lines.filter((line) => line.product !== "" || line.units !== undefined);
  const ready = used.flatMap(({ product, units }) =>
    product !== "" && units !== undefined && Number.isSafeInteger(units) && units > 0 ? [{ product, units }] : [],
  );
  return ready.length > 0 && ready.length === used.length ? ready : undefined;
}

/** Products and quantities, line by line, with what is available now beside each (`limit`). */
export function LineFields(props: {
  space: string;
  /** Whose products; staff name a company, a company's person leaves it out. */
  company?: string;
  lines: readonly DraftLine[];
  onChange: (lines: DraftLine[]) => void;
  limit: boolean;
}) {
  const t = warehouseWords();
  const [asked, setAsked] = createSignal("");
  const stock = useStock(
    () => props.space,
    () => props.company,
    asked,
  );
  let seen = new Map<string, ListedProduct>();
  let whose = props.company;
  const known = createMemo(() => {
    if (whose !== props.company) seen = new Map();
    whose = props.company;
    for (const one of stock.data?.pages.flatMap((page) => page.items) ?? []) seen.set(one.id, one);
    return new Map(seen);
  });
  const options = () =>
    [...known().values()].map((one) => ({
      value: one.id as string,
      label: one.name,
      ...(one.hidden ? {} : { note: t.available(count(one.free)) }),
      search: `${one.code} ${one.gtin ?? ""}`,
    }));
  const set = (index: number, change: Partial<DraftLine>) =>
    props.onChange(props.lines.map((line, at) => (at === index ? { ...line, ...change } : line)));
  // What somebody counts is not told: whether there is enough the server says.
  const free = (line: DraftLine) => {
    const one = known().get(line.product);
    return one?.hidden ? undefined : one?.free;
  };
  /** Units wanted of a product over all lines: two lines of one product share what is free. */
  const wanted = (product: string) =>
    props.lines.reduce((sum, line) => sum + (line.product === product ? (line.units ?? 0) : 0), 0);
  const packs = (line: DraftLine) => {
    const all = known().get(line.product)?.packs ?? [];
    return all.length > 0 ? all : undefined;
  };
  /** Beside the product, or with its packs under it. */
  const units = (line: () => DraftLine, index: number) => (
    <UnitsField value={line()} packs={packs(line())} onChange={(value) => set(index, value)} />
  );
  return (
    <div class="flex flex-col gap-3">
      <Index each={props.lines}>
        {(line, index) => (
          <div class="flex flex-wrap items-start gap-2">
            <div class="min-w-32 flex-1">
              <ComboField
                label={t.product}
                size="lg"
                options={options()}
                onSearch={setAsked}
                bind={bound(
                  () => line().product,
                  (product: string) => set(index, { product, packed: undefined }),
                )}
              />
              <Show when={props.limit && line().product !== "" && free(line()) !== undefined}>
                <p
                  class="mt-1 text-xs"
                  classList={{
                    "text-bad-fg": wanted(line().product) > (free(line()) ?? 0),
                    "text-fg-2": wanted(line().product) <= (free(line()) ?? 0),
                  }}
                  aria-live="polite"
                >
                  {wanted(line().product) > (free(line()) ?? 0)
                    ? t.tooMany(count(free(line()) ?? 0))
                    : t.available(count(free(line()) ?? 0))}
                </p>
              </Show>
            </div>
            <Show when={!packs(line())}>{units(line, index)}</Show>
            <Show when={props.lines.length > 1}>
              <span class="pt-5">
                <IconButton
                  icon="close"
                  label={t.removeLine}
                  onClick={() => props.onChange(props.lines.filter((_, at) => at !== index))}
                />
              </span>
            </Show>
            <Show when={packs(line())}>{units(line, index)}</Show>
          </div>
        )}
      </Index>
      <p>
        <Button
          kind="text"
          icon="plus"
          disabled={props.lines.length >= 40}
          onClick={() => props.onChange([...props.lines, { product: "", units: undefined }])}
        >
          {t.addLine}
        </Button>
      </p>
    </div>
  );
}
