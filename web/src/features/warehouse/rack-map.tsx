import type { BinView, Content } from "@yihao/warehouse/model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { count } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type BinCell, HeatLegend, RackHeat } from "../../ui/rack.tsx";
import { BinDrawer } from "./bin-drawer.tsx";
import { BinLabels } from "./bin-labels.tsx";
import type { useElevation } from "./data.ts";
import { flowWords } from "./flow-words.ts";
import { warehouseWords } from "./words.ts";

type Elevation = ReturnType<typeof useElevation>;
type Rack = { rack: number; zone: string; bays: number; levels: number; cells: BinCell[]; used: number };

/** Racks as they stand, from bins and what lies in them; a bin without a capacity counts against the fullest one. */
export function racksOf(bins: readonly BinView[], contents: readonly Content[]): Rack[] {
  const units = new Map<string, number>();
  for (const one of contents) if (one.bin) units.set(one.bin, (units.get(one.bin) ?? 0) + one.units);
  const most = Math.max(1, ...units.values());
  const racks = new Map<number, Rack>();
  for (const bin of bins) {
    const rack = racks.get(bin.rack) ?? { rack: bin.rack, zone: bin.zone, bays: 0, levels: 0, cells: [], used: 0 };
    const held = units.get(bin.code) ?? 0;
    const heat = held === 0 ? 0 : Math.min(1, Math.max(0.06, held / (bin.capacity ?? most)));
    rack.bays = Math.max(rack.bays, bin.column);
    rack.levels = Math.max(rack.levels, bin.level);
    rack.used += held > 0 ? 1 : 0;
    rack.cells.push({
      address: bin.code,
      bay: bin.column,
      level: bin.level,
      heat,
      figure: Math.round(heat * 100),
      ...(bin.lock === undefined ? {} : { locked: true }),
    });
    racks.set(bin.rack, rack);
  }
  return [...racks.values()].sort((a, b) => a.rack - b.rack);
}

/** The rack elevation with fill heat (库位图), and what lies in the bin that is chosen. */
export function RackMap(props: {
  space: string;
  elevation: Elevation;
  chosen: string | undefined;
  onBin: (code: string) => void;
  onProduct: (product: string) => void;
}) {
  const t = warehouseWords();
  const f = flowWords();
  const [managing, setManaging] = createSignal(false);
  const [printing, setPrinting] = createSignal(false);
  const chosenBin = () => props.elevation.data?.bins.find((bin) => bin.code === props.chosen);
  const racks = createMemo(() => racksOf(props.elevation.data?.bins ?? [], props.elevation.data?.contents ?? []));
  const zoneName = (code: string) =>
    props.elevation.data?.warehouse.zones.find((zone) => zone.code === code)?.name ?? code;
  const used = () => racks().reduce((sum, rack) => sum + rack.used, 0);
  const all = () => props.elevation.data?.bins.length ?? 0;
  const inside = () => props.elevation.data?.contents.filter((one) => one.bin === props.chosen) ?? [];
  return (
    <>
      <Pane
        title={t.fill}
        note={t.bins(used(), all())}
        label={t.tabs.bins}
        flush={false}
        foot={
          <span class="flex w-full flex-wrap items-center gap-x-4 gap-y-2">
            <HeatLegend heat="fill" />
            <Show when={props.chosen} fallback={<span class="text-xs text-fg-2">{t.pickBin}</span>}>
              {(bin) => (
                <span class="flex flex-wrap items-center gap-2 text-xs">
                  <Plate tone="solid">{bin()}</Plate>
                  <For each={inside()} fallback={t.empty}>
                    {(one) => (
                      <button type="button" class="y-link" onClick={() => props.onProduct(one.product)}>
                        {one.name} <Show when={one.lot}>{(lot) => <span class="font-mono">{lot()}</span>}</Show>{" "}
                        {one.hidden ? t.hidden : count(one.units)}
                      </button>
                    )}
                  </For>
                  <Button size="sm" icon="settings" onClick={() => setManaging(true)}>
                    {f.manage}
                  </Button>
                </span>
              )}
            </Show>
            <span class="ml-auto">
              <Button size="sm" icon="print" onClick={() => setPrinting(true)} disabled={all() === 0}>
                {f.allLabels}
              </Button>
            </span>
          </span>
        }
      >
        <Show
          when={props.elevation.data}
          fallback={
            <Show when={props.elevation.isError} fallback={<Loading rows={8} />}>
              <ErrorState
                title={t.notRead}
                still={t.still}
                problem={props.elevation.error}
                onRetry={() => void props.elevation.refetch()}
              />
            </Show>
          }
        >
          <div class="grid gap-x-6 gap-y-5 tablet:grid-cols-2">
            <For each={racks()}>
              {(rack) => (
                <RackHeat
                  name={t.rack(String(rack.rack).padStart(2, "0"))}
                  note={zoneName(rack.zone)}
                  sum={`${rack.used}/${rack.cells.length}`}
                  bays={rack.bays}
                  levels={rack.levels}
                  bins={rack.cells}
                  heat="fill"
                  chosen={props.chosen}
                  onOpen={(bin) => props.onBin(bin.address)}
                />
              )}
            </For>
          </div>
        </Show>
      </Pane>
      <BinDrawer
        open={managing()}
        onClose={() => setManaging(false)}
        space={props.space}
        {...(props.elevation.data ? { warehouse: props.elevation.data.warehouse.id } : {})}
        {...(chosenBin() ? { bin: chosenBin() as BinView } : {})}
        contents={inside()}
      />
      <BinLabels
        open={printing()}
        onClose={() => setPrinting(false)}
        space={props.space}
        warehouse={props.elevation.data?.warehouse.id ?? ""}
        codes={(props.elevation.data?.bins ?? []).map((bin) => bin.code)}
      />
    </>
  );
}
