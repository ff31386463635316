import { addressOf } from "@yihao/warehouse/bin-code";
import { fillOf } from "@yihao/warehouse/bin-load";
import { binTable } from "@yihao/warehouse/import-tables";
import type { BinView, Content } from "@yihao/warehouse/model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { count, todayHere } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { lang } from "../../i18n.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type BinCell, type Heat, HeatLegend, RackHeat } from "../../ui/rack.tsx";
import { useBinFlow } from "./analysis-data.ts";
import { BinDrawer } from "./bin-drawer.tsx";
import { BinLabels } from "./bin-labels.tsx";
import { binWords } from "./bin-words.ts";
import type { useElevation } from "./data.ts";
import { flowWords } from "./flow-words.ts";
import { useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

const heats = ["fill", "age", "flow"] as const;
type Elevation = ReturnType<typeof useElevation>;
type Rack = {
  rack: string;
  zone: string;
  bays: number;
  levels: number;
  bayNames: string[];
  levelNames: string[];
  cells: BinCell[];
  used: number;
  first: number;
};

const dayMs = 86_400_000;
/** Days after which goods are as old as the map tells. */
const oldDays = 180;

/** What the map shows of each bin: how full it is, how long its oldest goods have been there, or how often goods moved in seven days. */
export type HeatFacts = { heat: Heat; now: number; moves: ReadonlyMap<string, number> };

/** How long the oldest goods of a bin have been there, in whole days; goods told apart since their lot came. */
function ageOf(inside: readonly Content[], now: number): number {
  const since = inside.flatMap(({ since, arrived }) => since ?? arrived ?? []).sort()[0];
  return since === undefined ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / dayMs));
}

/** Racks as they stand, from bins and what lies in them; a bin without a capacity counts against the fullest one. */
export function racksOf(bins: readonly BinView[], contents: readonly Content[], facts: HeatFacts): Rack[] {
  const inside = new Map<string, Content[]>();
  for (const one of contents) if (one.bin) inside.set(one.bin, [...(inside.get(one.bin) ?? []), one]);
  const unitsIn = (code: string) => (inside.get(code) ?? []).reduce((sum, { units }) => sum + units, 0);
  const most = Math.max(1, ...bins.map(({ code }) => unitsIn(code)));
  const busiest = Math.max(1, ...facts.moves.values());
  const seen = (share: number) => Math.min(1, Math.max(0.06, share));
  const told = (bin: BinView, held: number): { heat: number; figure: number } => {
    if (facts.heat === "flow") {
      const moves = facts.moves.get(bin.code) ?? 0;
      return { heat: moves === 0 ? 0 : seen(moves / busiest), figure: moves };
    }
    if (held === 0) return { heat: 0, figure: 0 };
    if (facts.heat === "age") {
      const days = ageOf(inside.get(bin.code) ?? [], facts.now);
      return { heat: seen(days / oldDays), figure: days };
    }
    // What is there is told by the contents as they are heard of; the tightest of the bin's limits is how full it is.
    const fill = fillOf({ ...bin, used: held });
    const heat = seen(fill?.share ?? held / most);
    return { heat, figure: Math.round(heat * 100) };
  };
  const racks = new Map<string, Rack>();
  for (const bin of bins) {
    const name = addressOf(bin.code);
    const key = `${bin.zone} ${name?.rack ?? bin.rack}`;
    const rack = racks.get(key) ?? {
      ...{ rack: name?.rack ?? String(bin.rack), zone: bin.zone, bays: 0, levels: 0, bayNames: [], levelNames: [] },
      ...{ cells: [], used: 0, first: bin.sequence },
    };
    const held = unitsIn(bin.code);
    rack.bays = Math.max(rack.bays, bin.column);
    rack.levels = Math.max(rack.levels, bin.level);
    if (name) [rack.bayNames[bin.column - 1], rack.levelNames[bin.level - 1]] = [name.column, name.level];
    rack.used += held > 0 ? 1 : 0;
    rack.first = Math.min(rack.first, bin.sequence);
    rack.cells.push({
      address: bin.code,
      bay: bin.column,
      level: bin.level,
      ...told(bin, held),
      ...(bin.lock === undefined && bin.closed === undefined ? {} : { locked: true }),
    });
    racks.set(key, rack);
  }
  return [...racks.values()].sort((a, b) => a.first - b.first);
}

/** The rack elevation (库位图) by fill, age or movement, and what lies in the bin that is chosen. */
export function RackMap(props: {
  space: string;
  warehouse: string;
  elevation: Elevation;
  chosen: string | undefined;
  onBin: (code: string) => void;
  onProduct: (product: string) => void;
}) {
  const t = warehouseWords();
  const f = flowWords();
  const b = binWords();
  const { works } = useRights(() => props.space);
  const [managing, setManaging] = createSignal(false);
  const [printing, setPrinting] = createSignal(false);
  const chosenBin = () => props.elevation.data?.bins.find((bin) => bin.code === props.chosen);
  const [heat, setHeat] = createSignal<Heat>("fill");
  const now = useNow();
  const flow = useBinFlow(
    () => props.space,
    () => (heat() === "flow" ? props.warehouse : undefined),
  );
  const moves = createMemo(() => new Map((flow.data ?? []).map(({ bin, moves }) => [bin, moves] as const)));
  const racks = createMemo(() =>
    racksOf(props.elevation.data?.bins ?? [], props.elevation.data?.contents ?? [], {
      heat: heat(),
      now: Date.parse(now()),
      moves: moves(),
    }),
  );
  const zoneName = (code: string) =>
    props.elevation.data?.warehouse.zones.find((zone) => zone.code === code)?.name ?? code;
  const used = () => racks().reduce((sum, rack) => sum + rack.used, 0);
  const all = () => props.elevation.data?.bins.length ?? 0;
  const inside = () => props.elevation.data?.contents.filter((one) => one.bin === props.chosen) ?? [];
  return (
    <>
      <Pane
        title={t.tabs.bins}
        actions={
          <Segmented
            bare
            small
            label={t.heat}
            bind={bound(heat, setHeat)}
            options={heats.map((value) => ({ value, label: t.heats[value] }))}
          />
        }
        note={t.bins(used(), all())}
        label={t.tabs.bins}
        flush={false}
        foot={
          <span class="flex w-full flex-wrap items-center gap-x-4 gap-y-2">
            <HeatLegend heat={heat()} />
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
                  <Show when={works()}>
                    <Button size="sm" icon="settings" onClick={() => setManaging(true)}>
                      {f.manage}
                    </Button>
                  </Show>
                </span>
              )}
            </Show>
            <span class="ml-auto flex flex-wrap gap-1">
              <Show when={all() > 0}>
                <ExportMenu
                  small
                  label={b.binsExport}
                  name={b.binsFile(todayHere())}
                  rows={() => binTable(props.elevation.data?.bins ?? [], lang() === "en" ? "en" : "zh")}
                />
              </Show>
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
                  name={t.rack(rack.rack)}
                  note={zoneName(rack.zone)}
                  sum={`${rack.used}/${rack.cells.length}`}
                  bays={rack.bays}
                  levels={rack.levels}
                  bayNames={rack.bayNames}
                  levelNames={rack.levelNames}
                  bins={rack.cells}
                  heat={heat()}
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
