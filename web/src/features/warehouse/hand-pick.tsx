import { useNavigate, useParams } from "@solidjs/router";
import type { shortReasons } from "@yihao/warehouse/order-model";
import { createSignal, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { useOrder as useOrderAsRead } from "./data.ts";
import { doStep, requests, useOrder, usePicks } from "./hand-data.ts";
import { goodsOf } from "./hand-steps.ts";
import { handWords } from "./hand-words.ts";
import { packWords } from "./pack-words.ts";
import { ShipForm } from "./ship-form.tsx";
import { createAttempt, createCurrent, ShortSheet, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { docNumber } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

/** Picks an order along the walk: bin → goods → how many; what is not to be had is named (拣货). */
export default function HandPick() {
  const t = handWords();
  const params = useParams<{ space: string; order: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const known = useOrderAsRead(space, () => params.order);
  const warehouse = () => known.data?.warehouse ?? warehouses.data?.[0]?.id;
  const picks = usePicks(space, () => params.order, warehouse);
  const order = useOrder(space, () => params.order, picks);
  const [asking, setAsking] = createSignal<number>();
  const { busy, problem, attempt } = createAttempt((failed) => (failed ? picks.refetch() : undefined));
  const title = () => `${t.pick} ${docNumber(params.order)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const task = createCurrent(
    () => picks.data ?? [],
    ({ line, bin, lot = "" }) => `${line} ${bin} ${lot}`,
  );
  const send = (
    units: number,
    more: { scans?: { bin: string; product: string }; short?: (typeof shortReasons)[number] },
  ) =>
    attempt(async () => {
      const [now, place] = [task(), warehouse()];
      if (!now || !place) return;
      const bin = now.bin ?? "0";
      const wish = {
        ...{ warehouse: place, line: now.line, bin, units, ...more },
        ...(now.lot === undefined ? {} : { lot: now.lot }),
      };
      await doStep("pick", requests.pick(params.space, params.order), wish, {
        ...{ ...goodsOf(now), order: params.order, line: now.line, bin, units, lot: now.lot, short: more.short },
      });
      setAsking(undefined);
    });
  const p = packWords();
  const [shipping, setShipping] = createSignal(false);
  const packed = () => (order.data?.cartons?.length ?? 0) > 0;
  const failed = () => order.error ?? picks.error ?? warehouses.error;
  const total = () => order.data?.lines.length ?? 1;
  const open = () => new Set(picks.data?.map((one) => one.line)).size;
  const state = () => order.data?.state;

  return (
    <Show
      when={order.data && picks.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={t.notRead}
          problem={failed()}
          onBack={home}
          onRetry={() => void order.refetch()}
        />
      }
    >
      <Show
        when={task()}
        fallback={
          <TaskDone
            title={title()}
            say={
              state() === "shipped"
                ? t.shipped
                : state() === "picked" || state() === "packed" || state() === "shipping"
                  ? t.allPicked
                  : t.nothing
            }
            onBack={home}
            foot={
              <Show
                when={state() === "picked" || state() === "packed" || state() === "shipping"}
                fallback={
                  <Button kind="primary" size="xxl" block onClick={home}>
                    {t.toHome}
                  </Button>
                }
              >
                <Show when={!packed() && state() === "picked"}>
                  <Button size="xxl" icon="outbound" onClick={() => setShipping(true)}>
                    {t.ship}
                  </Button>
                </Show>
                <LinkButton
                  kind="primary"
                  size="xxl"
                  icon="box"
                  block
                  href={`/s/${params.space}/wh/pack/${params.order}`}
                >
                  {p.goPack}
                </LinkButton>
              </Show>
            }
          >
            <Show when={problem() !== undefined}>
              <Note tone="bad" alert>
                {explain(problem())}
              </Note>
            </Show>
            <Sheet open={shipping()} onClose={() => setShipping(false)} title={p.shipTitle}>
              <Show when={shipping() && order.data}>
                {(one) => (
                  <ShipForm
                    order={one()}
                    optional
                    verb={p.ship}
                    large
                    onShip={async (shipment) => {
                      const wish = shipment === undefined ? {} : { shipment };
                      await doStep("ship", requests.ship(params.space, params.order), wish, { order: params.order });
                      setShipping(false);
                    }}
                  />
                )}
              </Show>
            </Sheet>
          </TaskDone>
        }
      >
        {(now) => (
          <>
            <TaskScreen
              title={title()}
              onBack={home}
              task={`${now().line} ${now().bin} ${now().lot ?? ""} ${now().units}`}
              lot={now().lot}
              expiry={now().expiry}
              bin={now().bin ?? undefined}
              product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
              {...(now().bin === null ? { note: t.nowhere } : {})}
              units={now().units}
              most={now().units}
              unitsLabel={t.shouldPick(now().units)}
              progress={{ done: total() - open(), total: total() }}
              busy={busy()}
              problem={problem()}
              onConfirm={(units, scans) => (now().bin === null ? setAsking(0) : void send(units, { scans }))}
              onShort={(units) => setAsking(units < now().units && now().bin !== null ? units : 0)}
              below={
                <Show when={picks.data?.find((one) => one !== now())}>
                  {(next) => (
                    <p class="flex items-center gap-2 border-t border-line pt-4 text-fg-2">
                      {t.next} <Plate>{next().bin ?? "—"}</Plate>
                      <span class="min-w-0 flex-1 truncate">{`${next().name} × ${next().units}`}</span>
                    </p>
                  )}
                </Show>
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
    </Show>
  );
}
