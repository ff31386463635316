import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { signal } from "../../ui/signals.ts";
import { Stepper } from "../../ui/text-field.tsx";
import { doStep, requests, useTransfers, useWarehouses } from "./hand-data.ts";
import { handTransferWords } from "./hand-transfer-words.ts";
import { handWords } from "./hand-words.ts";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { docNumber } from "./view.ts";

/** Takes in a transfer from another warehouse line by line (收调拨): what → how many, damaged ones named. What never comes is written off at the desk. */
export default function HandTransfer() {
  const t = handTransferWords();
  const h = handWords();
  const params = useParams<{ space: string; transfer: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehouses(space);
  const transfers = useTransfers(space, () => warehouses.data?.[0]?.id);
  const transfer = () => transfers.data?.find(({ id }) => id === params.transfer);
  const [chosen, setChosen] = createSignal<number>();
  const [damaged, setDamaged] = createSignal(0);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const open = () => transfer()?.lines.filter((line) => line.received < line.units) ?? [];
  const line = () => open().find((one) => one.line === chosen()) ?? open()[0];
  const title = () => `${t.receive} ${docNumber(params.transfer)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const nameOf = (id: string) => warehouses.data?.find((one) => one.id === id)?.name ?? id;
  const confirm = async (units: number) => {
    const [now, whole] = [line(), transfer()];
    if (!now || !whole) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const bad = Math.min(damaged(), units);
      const { product, name, code, gtin, lot } = now;
      await doStep(
        "transfer-receive",
        requests.transferred(params.space, whole.id, now.line),
        { units, ...(bad > 0 ? { damaged: bad } : {}) },
        {
          ...{ product, name, code, gtin, lot, company: whole.company },
          ...{ transfer: whole.id, line: now.line, units, damaged: bad },
        },
      );
      signal(true);
      setDamaged(0);
      setChosen(undefined);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show
      when={transfers.data}
      fallback={
        <TaskDone title={title()} say="" onBack={home}>
          <Show when={transfers.isError} fallback={<Loading rows={5} />}>
            <ErrorState title={t.notRead} problem={transfers.error} onRetry={() => void transfers.refetch()} />
          </Show>
        </TaskDone>
      }
    >
      <Show
        when={transfer()?.state === "sent" ? line() : undefined}
        fallback={
          <TaskDone
            title={title()}
            say={transfer() ? t.allDone : t.missing}
            onBack={home}
            foot={
              <LinkButton kind="primary" size="xxl" icon="box" block href={`/s/${params.space}/wh/putaway`}>
                {t.goPutaway}
              </LinkButton>
            }
          />
        }
      >
        {(now) => (
          <TaskScreen
            title={title()}
            onBack={home}
            task={`${now().line} ${now().received}`}
            product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
            lot={now().lot}
            note={t.fromWarehouse(nameOf(transfer()?.from ?? ""))}
            units={now().units - now().received}
            most={now().units - now().received}
            unitsLabel={t.shouldCome(now().units - now().received)}
            busy={busy()}
            problem={problem()}
            onConfirm={(units) => void confirm(units)}
            more={(units) => (
              <Stepper label={h.damaged} size="lg" min={0} max={units} bind={bound(damaged, setDamaged)} />
            )}
            below={
              <Show when={open().length > 1}>
                <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.left}</h2>
                <ul>
                  <For each={open().filter((other) => other.line !== now().line)}>
                    {(other) => (
                      <li>
                        <button
                          type="button"
                          class="flex min-h-16 w-full items-center gap-3 border-b border-line text-left"
                          onClick={() => setChosen(other.line)}
                        >
                          <span class="min-w-0 flex-1">{[other.name, other.lot].filter(Boolean).join(" · ")}</span>
                          <span class="text-fg-2">{t.shouldCome(other.units - other.received)}</span>
                        </button>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            }
          />
        )}
      </Show>
    </Show>
  );
}
