import { useNavigate, useParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import type { Replenishment } from "@yihao/warehouse/face-model";
import { readScan } from "@yihao/warehouse/scan";
import { createSignal, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { flowWords } from "./flow-words.ts";
import { doStep, requests, useReplenishments } from "./hand-data.ts";
import { HandShell } from "./hand-shell.tsx";
import { handWords } from "./hand-words.ts";
import { createAttempt, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { useWarehousesHere } from "./warehouse-here.ts";

/** Fills pick faces (补货): from the bin that is named, what and how many, then the face is scanned and the goods are there; a move like others, with or without a network. */
export default function HandReplenish() {
  const t = flowWords();
  const h = handWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const tasks = useReplenishments(space, warehouse);
  /** What the person carries: it stays theirs, whatever the racks say meanwhile. */
  const [carried, setCarried] = createSignal<{ task: Replenishment & { from: string }; units: number }>();
  const [wrong, setWrong] = createSignal<string>();
  const { busy, problem, attempt } = createAttempt();
  const task = () => tasks.data?.find((one): one is Replenishment & { from: string } => one.from !== null);
  const home = () => navigate(`/s/${params.space}/wh`);
  const take = (now: Replenishment & { from: string }, units: number) => {
    setCarried({ task: now, units });
  };
  const put = async (code: string) => {
    const [load, place] = [carried(), warehouse()];
    if (!load || !place || busy()) return;
    const { task: now, units } = load;
    const scan = readScan(code, new Date().getFullYear());
    const bin = cleanBin(scan.ok ? scan.value.text : code);
    signal(bin === now.to);
    setWrong(bin === now.to ? undefined : bin);
    if (bin !== now.to) return;
    await attempt(async () => {
      const { product, name, code: sku, gtin, lot, from, to } = now;
      const way = { warehouse: place, product, units, from, to, ...(lot === undefined ? {} : { lot }) };
      const about = { product, name, code: sku, gtin, lot, bin: from, to, units };
      await doStep("move", requests.move(params.space), way, about);
      setCarried(undefined);
    });
  };
  return (
    <Show
      when={tasks.data}
      fallback={
        <TaskReading
          title={t.replenish}
          notRead={t.replenishNotRead}
          problem={tasks.error}
          onBack={home}
          onRetry={() => void tasks.refetch()}
        />
      }
    >
      <Show
        when={carried()}
        fallback={
          <Show
            when={task()}
            fallback={
              <TaskDone
                title={t.replenish}
                say={t.replenishNone}
                onBack={home}
                foot={
                  <Button kind="primary" size="xxl" block onClick={home}>
                    {h.toHome}
                  </Button>
                }
              />
            }
          >
            {(now) => (
              <TaskScreen
                title={t.replenish}
                onBack={home}
                task={`${now().from} ${now().to} ${now().product} ${now().lot ?? ""}`}
                bin={now().from}
                product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
                lot={now().lot}
                expiry={now().expiry}
                note={t.takeFrom(now().from, now().to)}
                units={now().units}
                most={now().units}
                unitsLabel={t.carry(now().units)}
                busy={busy()}
                problem={problem()}
                onConfirm={(units) => take(now(), units)}
              />
            )}
          </Show>
        }
      >
        {(load) => (
          <HandShell title={t.replenish} onBack={() => setCarried(undefined)}>
            <ScanField label={t.scanTo} onCode={(code) => void put(code)} />
            <Show when={wrong()}>
              {(bin) => (
                <div role="alert" class="bg-bad px-4 py-4 text-fg-on-solid">
                  <b class="block text-lg">{h.binWrong}</b>
                  <span class="font-mono">{bin()}</span>
                </div>
              )}
            </Show>
            <div class="flex flex-col gap-4 p-4">
              <Show when={problem() !== undefined}>
                <Note tone="bad" alert>
                  {explain(problem())}
                </Note>
              </Show>
              <p>
                <Plate size="xl" tone="solid">
                  {load().task.to}
                </Plate>
              </p>
              <p class="text-lg">{t.put(load().units)}</p>
              <p>{load().task.name}</p>
            </div>
          </HandShell>
        )}
      </Show>
    </Show>
  );
}
