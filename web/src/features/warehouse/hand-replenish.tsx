import { useNavigate, useParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import { readScan } from "@yihao/warehouse/scan";
import { createSignal, Show } from "solid-js";
import { newIntent, offlineSince } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { WarehousePhoneShell } from "../../ui/shell-plain.tsx";
import { signal } from "../../ui/signals.ts";
import { moveGoods } from "./data.ts";
import { useReplenishments } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { useWarehouses } from "./hand-data.ts";
import { handWords } from "./hand-words.ts";
import { TaskDone, TaskScreen } from "./task-screen.tsx";

/** Fills pick faces (补货): from the bin that is named, what and how many, then the face is scanned and the goods are there. */
export default function HandReplenish() {
  const t = flowWords();
  const h = handWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehouses(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const tasks = useReplenishments(space, warehouse);
  const [carried, setCarried] = createSignal<number>();
  const [wrong, setWrong] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let intent = newIntent();
  const task = () => tasks.data?.find((one) => one.from !== null);
  const home = () => navigate(`/s/${params.space}/wh`);
  const put = async (code: string) => {
    const [now, place, units] = [task(), warehouse(), carried()];
    if (!now?.from || !place || units === undefined || busy()) return;
    const scan = readScan(code, new Date().getFullYear());
    const bin = cleanBin(scan.ok ? scan.value.text : code);
    signal(bin === now.to);
    setWrong(bin === now.to ? undefined : bin);
    if (bin !== now.to) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const lot = now.lot === undefined ? {} : { lot: now.lot };
      const way = { warehouse: place, product: now.product, units, from: now.from, to: now.to };
      await moveGoods(params.space, { ...way, ...lot }, intent);
      intent = newIntent();
      setCarried(undefined);
      await tasks.refetch();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show
      when={tasks.data}
      fallback={
        <TaskDone title={t.replenish} say="" onBack={home}>
          <Show when={tasks.isError} fallback={<Loading rows={5} />}>
            <ErrorState title={t.replenishNotRead} problem={tasks.error} onRetry={() => void tasks.refetch()} />
          </Show>
        </TaskDone>
      }
    >
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
          <Show
            when={carried()}
            fallback={
              <TaskScreen
                title={t.replenish}
                onBack={home}
                task={`${now().from} ${now().to} ${now().product} ${now().lot ?? ""}`}
                bin={now().from ?? undefined}
                product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
                lot={now().lot}
                expiry={now().expiry}
                note={t.takeFrom(now().from ?? "", now().to)}
                units={now().units}
                most={now().units}
                unitsLabel={t.carry(now().units)}
                busy={busy()}
                problem={problem()}
                onConfirm={(units) => setCarried(units)}
              />
            }
          >
            {(units) => (
              <WarehousePhoneShell
                title={t.replenish}
                onBack={() => setCarried(undefined)}
                offline={offlineSince() !== undefined}
              >
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
                      {now().to}
                    </Plate>
                  </p>
                  <p class="text-lg">{t.put(units())}</p>
                  <p>{now().name}</p>
                </div>
              </WarehousePhoneShell>
            )}
          </Show>
        )}
      </Show>
    </Show>
  );
}
