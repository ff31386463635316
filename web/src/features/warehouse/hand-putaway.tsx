import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import { readScan } from "@yihao/warehouse/scan";
import { createMemo, createSignal, For, Show } from "solid-js";
import { shownQueue } from "../../offline/outbox.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { settling } from "./hand-basis.ts";
import { doStep, requests, useAsn, useElevation, usePutaways } from "./hand-data.ts";
import { lastPutaway } from "./hand-steps.ts";
import { handWords } from "./hand-words.ts";
import { createAttempt, createCurrent, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { docNumber } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

type Goods = { readonly company: string; readonly product: string; readonly lot?: string | undefined };

/** Puts goods away from receiving: bin → goods → how many (上架). A bin is suggested, and any other may be scanned; goods for which there is none wait while others are put away. With `?asn=` only what that notice brought. */
export default function HandPutaway() {
  const t = handWords();
  const params = useParams<{ space: string }>();
  const [search] = useSearchParams<{ asn?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const notice = () => (typeof search.asn === "string" ? search.asn : undefined);
  const asn = useAsn(space, notice);
  const warehouse = () => asn.data?.warehouse ?? warehouses.data?.[0]?.id;
  const waiting = usePutaways(space, warehouse);
  const map = useElevation(space, warehouse);
  const isBin = (code: string) => map.data?.bins.some((bin) => bin.code === code) ?? false;
  const [other, setOther] = createSignal<{ task: string; bin: string }>();
  const { busy, problem, attempt } = createAttempt();
  const tasks = () => {
    const products = asn.data?.items.map((line) => line.product);
    return (waiting.data ?? []).filter((one) => products === undefined || products.includes(one.product));
  };
  const named = ({ company, product, lot = "" }: Goods) => `${company} ${product} ${lot}`;
  const begun = createCurrent(tasks, named);
  const [chosen, setChosen] = createSignal<string>();
  const current = () => tasks().find((one) => named(one) === chosen()) ?? begun();
  const title = () => (notice() ? `${t.putaway} ${docNumber(notice() ?? "")}` : t.putaway);
  const home = () => navigate(`/s/${params.space}/wh`);
  const ready = () => waiting.data !== undefined && (notice() === undefined || asn.data !== undefined);
  const failed = () => waiting.error ?? asn.error ?? warehouses.error;
  return (
    <Show
      when={ready()}
      fallback={
        <TaskReading
          title={title()}
          notRead={t.notRead}
          problem={failed()}
          onBack={home}
          onRetry={() => void waiting.refetch()}
        />
      }
    >
      <Show
        when={current()}
        fallback={
          <TaskDone
            title={title()}
            say={t.allPutaway}
            onBack={home}
            foot={
              <Button kind="primary" size="xxl" block onClick={home}>
                {t.toHome}
              </Button>
            }
          />
        }
      >
        {(task) => {
          const key = () => `${task().product} ${task().lot ?? ""} ${lastPutaway(shownQueue(), task()) ?? ""}`;
          // Whoever walks to a bin is not sent to another one halfway, unless it no longer takes the goods: by what is known for sure, since a list read right after a step may give the bin to goods that left.
          const offered = createMemo<{ task: string; bin: string | undefined }>((before) => {
            const bins = task().suggestions.map(({ bin }) => bin);
            const unsure = problem() === undefined && settling(shownQueue(), Date.now());
            const kept = before?.task === key() && before.bin !== undefined && (unsure || bins.includes(before.bin));
            return kept ? before : { task: key(), bin: bins[0] };
          });
          const bin = () => (other()?.task === key() ? other()?.bin : undefined) ?? offered().bin;
          const fits = () => task().suggestions.find((one) => one.bin === bin())?.units ?? task().units;
          const take = (to: string) => setOther({ task: key(), bin: to });
          const [strange, setStrange] = createSignal<string>();
          const onBin = (code: string) => {
            const scan = readScan(code, new Date().getFullYear());
            const to = cleanBin(scan.ok ? scan.value.text : code);
            setStrange(isBin(to) ? undefined : to);
            signal(isBin(to));
            if (isBin(to)) take(to);
          };
          const others = () => (
            <Show when={tasks().length > 1}>
              <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.otherGoods}</h2>
              <ul>
                <For each={tasks().filter((one) => named(one) !== named(task()))}>
                  {(one) => (
                    <li>
                      <button
                        type="button"
                        class="flex min-h-16 w-full items-center gap-3 border-b border-line text-left"
                        onClick={() => setChosen(named(one))}
                      >
                        <span class="min-w-0 flex-1">
                          {one.name}
                          <Show when={one.lot}>{(lot) => <span class="ml-2 font-mono text-fg-2">{lot()}</span>}</Show>
                        </span>
                        <span class="text-fg-2">{t.shouldPut(one.units)}</span>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          );
          const confirm = (units: number, scans: { bin: string; product: string }) =>
            attempt(async () => {
              const [place, to] = [warehouse(), bin()];
              if (!place || !to) return;
              const wish = {
                warehouse: place,
                product: task().product,
                units,
                bin: to,
                scans,
                ...(task().lot === undefined ? {} : { lot: task().lot }),
                ...(notice() === undefined ? {} : { asn: notice() }),
              };
              const { product, name, code, gtin, company, lot } = task();
              const goods = { product, name, code, gtin, company, lot };
              await doStep("putaway", requests.putaway(params.space), wish, {
                ...{ ...goods, bin: to, units, asn: notice() },
              });
            });
          return (
            <Show
              when={bin()}
              fallback={
                <TaskDone title={title()} say={t.noBin} onBack={home}>
                  <p>
                    <b class="block text-lg">{task().name}</b>
                    <span class="text-fg-2">{t.shouldPut(task().units)}</span>
                  </p>
                  <Show when={strange()}>
                    {(code) => (
                      <Note tone="bad" alert>
                        {t.notABin(code())}
                      </Note>
                    )}
                  </Show>
                  <ScanField label={t.scanBin} onCode={onBin} />
                  {others()}
                </TaskDone>
              }
            >
              {(to) => (
                <TaskScreen
                  title={title()}
                  onBack={home}
                  task={`${key()} ${to()}`}
                  bin={to()}
                  product={{ id: task().product, name: task().name, code: task().code, gtin: task().gtin }}
                  lot={task().lot}
                  expiry={task().expiry}
                  units={Math.min(fits(), task().units)}
                  most={task().units}
                  unitsLabel={t.shouldPut(task().units)}
                  busy={busy()}
                  problem={problem()}
                  onConfirm={(units, scans) => void confirm(units, scans)}
                  mayTake={isBin}
                  onTake={take}
                  below={
                    <>
                      <Show when={task().suggestions.length > 1}>
                        <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.otherBin}</h2>
                        <p class="flex flex-wrap gap-3">
                          <For each={task().suggestions.filter((one) => one.bin !== to())}>
                            {(one) => (
                              <button type="button" class="min-h-12" onClick={() => take(one.bin)}>
                                <Plate size="lg">{one.bin}</Plate>
                              </button>
                            )}
                          </For>
                        </p>
                      </Show>
                      {others()}
                    </>
                  }
                />
              )}
            </Show>
          );
        }}
      </Show>
    </Show>
  );
}
