import { binTable } from "@yihao/warehouse/import-tables";
import type { BinView } from "@yihao/warehouse/model";
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
import { type Heat, HeatLegend, RackHeat } from "../../ui/rack.tsx";
import { useBinFlow } from "./analysis-data.ts";
import { BinDrawer } from "./bin-drawer.tsx";
import { BinLabels } from "./bin-labels.tsx";
import { binWords } from "./bin-words.ts";
import type { useElevation } from "./data.ts";
import { flowWords } from "./flow-words.ts";
import { racksOf } from "./racks.ts";
import { useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

const heats = ["fill", "age", "flow"] as const;
type Elevation = ReturnType<typeof useElevation>;
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
            <HeatLegend
              heat={heat()}
              counting={racks().some(({ cells }) => cells.some(({ counting }) => counting))}
              locked={racks().some(({ cells }) => cells.some(({ locked }) => locked))}
            />
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
