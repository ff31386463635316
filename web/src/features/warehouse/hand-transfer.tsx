import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { doStep, requests, useTransfers } from "./hand-data.ts";
import { handTransferWords } from "./hand-transfer-words.ts";
import { handWords } from "./hand-words.ts";
import { createAttempt, OtherLines, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { docNumber } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

/** Takes in a transfer from another warehouse line by line (收调拨): what → how many, damaged ones named. What never comes is written off at the desk. */
export default function HandTransfer() {
  const t = handTransferWords();
  const h = handWords();
  const params = useParams<{ space: string; transfer: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const transfers = useTransfers(space, () => warehouses.data?.[0]?.id);
  const transfer = () => transfers.data?.find(({ id }) => id === params.transfer);
  const [chosen, setChosen] = createSignal<number>();
  const [damaged, setDamaged] = createSignal(0);
  const { busy, problem, attempt } = createAttempt();
  const open = () => transfer()?.lines.filter((line) => line.received < line.units) ?? [];
  const line = () => open().find((one) => one.line === chosen()) ?? open()[0];
  const title = () => `${t.receive} ${docNumber(params.transfer)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const nameOf = (id: string) => warehouses.data?.find((one) => one.id === id)?.name ?? id;
  const confirm = (units: number) =>
    attempt(async () => {
      const [now, whole] = [line(), transfer()];
      if (!now || !whole) return;
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
      setDamaged(0);
      setChosen(undefined);
    });
  return (
    <Show
      when={transfers.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={t.notRead}
          problem={transfers.error}
          onBack={home}
          onRetry={() => void transfers.refetch()}
        />
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
              <OtherLines
                title={t.left}
                open={open()}
                now={now()}
                left={(other) => t.shouldCome(other.units - other.received)}
                named={(other) => [other.name, other.lot].filter(Boolean).join(" · ")}
                onChoose={setChosen}
              />
            }
          />
        )}
      </Show>
    </Show>
  );
}
