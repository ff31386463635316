import { useNavigate, useParams } from "@solidjs/router";
import type { shortReasons } from "@yihao/warehouse/order-model";
import { readScan } from "@yihao/warehouse/scan";
import type { WaveWork } from "@yihao/warehouse/wave-model";
import { sortOf } from "@yihao/warehouse/wave-rules";
import { createSignal, For, Show } from "solid-js";
import { count, explained } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { flowWords } from "./flow-words.ts";
import { doStep, requests, useListed, useWave } from "./hand-data.ts";
import { handWords } from "./hand-words.ts";
import { packWords } from "./pack-words.ts";
import { createAttempt, createCurrent, ShortSheet, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { docNumber } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

type Slot = WaveWork["slots"][number];

/** Picks a wave along the walk (波次拣货), one halt for all its orders, by zone when several walk; then sorts it to the orders' slots. */
export default function HandWave() {
  const t = flowWords();
  const h = handWords();
  const params = useParams<{ space: string; wave: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const [zone, setZone] = createSignal("");
  const work = useWave(
    space,
    () => params.wave,
    () => zone() || undefined,
  );
  const warehouses = useWarehousesHere(space);
  const zones = () => warehouses.data?.find((one) => one.id === work.data?.wave.warehouse)?.zones ?? [];
  const [asking, setAsking] = createSignal<number>();
  const { busy, problem, attempt } = createAttempt(() => work.refetch());
  const title = () => `${t.wave} ${docNumber(params.wave)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const stop = createCurrent(
    () => work.data?.stops.filter((one) => one.bin !== null) ?? [],
    ({ bin, product, lot = "" }) => `${bin} ${product} ${lot}`,
  );
  const missing = () => work.data?.stops.filter((one) => one.bin === null) ?? [];
  const send = (
    units: number,
    more: { scans?: { bin: string; product: string }; short?: (typeof shortReasons)[number] },
  ) =>
    attempt(async () => {
      const now = stop();
      if (!now?.bin) return;
      const lot = now.lot === undefined ? {} : { lot: now.lot };
      const wish = { bin: now.bin, product: now.product, wanted: now.units, units, ...lot, ...more };
      await doStep("wave-pick", requests.wavePick(params.space, params.wave), wish, {
        ...{ product: now.product, name: now.name, code: now.code, gtin: now.gtin },
        ...{ wave: params.wave, bin: now.bin, units, lot: now.lot },
      });
      setAsking(undefined);
    });
  return (
    <Show
      when={work.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={h.notRead}
          problem={work.error}
          onBack={home}
          onRetry={() => void work.refetch()}
        />
      }
    >
      {(one) => (
        <Show
          when={stop()}
          fallback={
            <TaskDone title={title()} say={t.wavePicked} onBack={home}>
              <For each={missing()}>
                {(gone) => <p class="text-warn-fg">{explained(t.nowhere, `${gone.name} × ${count(gone.units)}`)}</p>}
              </For>
              <Sorting space={params.space} wave={params.wave} slots={one().slots} />
            </TaskDone>
          }
        >
          {(now) => (
            <>
              <TaskScreen
                title={title()}
                onBack={home}
                task={`${now().bin} ${now().product} ${now().lot ?? ""}`}
                bin={now().bin ?? undefined}
                lot={now().lot}
                expiry={now().expiry}
                product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
                units={now().units}
                most={now().units}
                unitsLabel={h.shouldPick(now().units)}
                busy={busy()}
                problem={problem()}
                onConfirm={(units, scans) => (units < now().units ? setAsking(units) : void send(units, { scans }))}
                onShort={(units) => setAsking(units < now().units ? units : 0)}
                below={
                  <>
                    <Show when={one().wave.kind === "cluster"}>
                      <section>
                        <h2 class="text-xs text-fg-2">{t.putInSlots}</h2>
                        <ul>
                          <For each={now().parts}>
                            {(part) => (
                              <li class="flex min-h-12 items-center gap-3 border-b border-line">
                                <Plate size="lg" tone="solid" han>
                                  {t.slot(part.slot)}
                                </Plate>
                                <b class="text-lg">{part.units}</b>
                              </li>
                            )}
                          </For>
                        </ul>
                      </section>
                    </Show>
                    <p class="border-t border-line pt-4 text-fg-2">{t.stopsLeft(one().stops.length)}</p>
                    <Show when={zones().length > 1}>
                      <SelectField
                        label={t.zone}
                        size="xl"
                        bind={bound(zone, setZone)}
                        options={[
                          { value: "", label: t.allZones },
                          ...zones().map((each) => ({ value: each.code, label: each.name })),
                        ]}
                      />
                    </Show>
                  </>
                }
              />
              <ShortSheet
                units={asking()}
                of={now().units}
                busy={busy()}
                onClose={() => setAsking(undefined)}
                onShort={(units, short) => void send(units, { short })}
              />
            </>
          )}
        </Show>
      )}
    </Show>
  );
}

/** The wall behind a wave (分播): a scan says which slot the goods go to, slot by slot, whoever scans; and each is packed from there. */
function Sorting(props: { space: string; wave: string; slots: readonly Slot[] }) {
  const t = flowWords();
  const p = packWords();
  const h = handWords();
  const listed = useListed(() => props.space);
  const [last, setLast] = createSignal<{ slot: number; units: number; left: number; over: number } | "none">();
  const [problem, setProblem] = createSignal<unknown>();
  const onCode = async (code: string) => {
    const scan = readScan(code, new Date().getFullYear());
    const to = scan.ok ? sortOf(props.slots, scan.value, (product) => listed(product)?.packs) : undefined;
    setProblem(undefined);
    if (!to) {
      signal(false);
      setLast("none");
      return;
    }
    const { slot, line, units, left, over } = to;
    const wish = { slot, line: line.line, units };
    try {
      await doStep("wave-sort", requests.waveSort(props.space, props.wave), wish, {
        ...{ product: line.product ?? "", name: line.name, code: line.code, gtin: line.gtin, wave: props.wave },
        ...wish,
      });
      signal(true);
      setLast({ slot, units, left: left - units, over });
    } catch (error) {
      signal(false);
      setLast(undefined);
      setProblem(error);
    }
  };
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-md">{t.sortTitle}</h2>
      <ScanField label={t.sortScan} onCode={(code) => void onCode(code)} />
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <Show when={last()}>
        {(now) => {
          const at = () => {
            const one = now();
            return one === "none" ? undefined : one;
          };
          return (
            <p role="status" class="text-xl font-strong">
              <Show when={at()} fallback={<span class="text-bad-fg">{t.sortNone}</span>}>
                {(one) => (
                  <>
                    {t.sortTo(one().slot, one().units)}
                    <span class="block text-md font-regular text-fg-2">
                      {[
                        one().left > 0 ? t.sortLeft(one().left) : t.sortFull,
                        one().over > 0 ? t.sortOver(one().over) : "",
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </>
                )}
              </Show>
            </p>
          );
        }}
      </Show>
      <ul>
        <For each={props.slots}>
          {(slot) => (
            <li class="flex flex-wrap items-center gap-3 border-b border-line py-3">
              <Plate size="lg" han>
                {t.slot(slot.slot)}
              </Plate>
              <span class="min-w-0 flex-1">
                <span class="font-mono">{docNumber(slot.order)}</span> · {slot.recipient}
                <For each={slot.lines}>
                  {(line) => (
                    <span class="flex flex-wrap justify-between gap-x-3 text-fg-2">
                      <span>{line.name}</span>
                      <span class="tabular-nums">{h.receivedOf(String(line.sorted), String(line.picked))}</span>
                    </span>
                  )}
                </For>
              </span>
              <Show when={slot.state === "picked" && slot.lines.some((line) => line.picked > 0)}>
                <LinkButton size="xl" icon="box" href={`/s/${props.space}/wh/pack/${slot.order}`}>
                  {p.pack}
                </LinkButton>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
