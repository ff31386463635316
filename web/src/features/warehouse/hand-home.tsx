import { A, useNavigate, useParams } from "@solidjs/router";
import { For, Show } from "solid-js";
import { offlineSince } from "../../api.ts";
import { count } from "../../format.ts";
import { update } from "../../offline/install.ts";
import { queue } from "../../offline/outbox.ts";
import { pending } from "../../offline/queue.ts";
import { readAt } from "../../offline/reading.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Plate } from "../../ui/plate.tsx";
import { sound, toggleSignal, vibration } from "../../ui/signals.ts";
import { useWaves } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import {
  useAsns,
  useCounts,
  useOrders,
  usePutaways,
  useReadAhead,
  useReplenishments,
  useTransfers,
} from "./hand-data.ts";
import { HandShell, phoneClock } from "./hand-shell.tsx";
import { stepWords } from "./hand-step-words.ts";
import { handTransferWords } from "./hand-transfer-words.ts";
import { handWords } from "./hand-words.ts";
import { packWords } from "./pack-words.ts";
import { palletWords } from "./pallet-words.ts";
import { useReturns } from "./return-data.ts";
import { returnWords } from "./return-words.ts";
import { docNumber, unitsOf } from "./view.ts";
import { choicesOf, useWarehousesHere, workIn } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

type Task = { key: string; href: string; icon: IconName; what: string; plate: string; note: string };

/** What there is to do in the warehouse now: receive, put away, count, pick. */
export default function HandHome() {
  const t = handWords();
  const s = stepWords();
  const w = warehouseWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const asns = useAsns(space, warehouse);
  const waiting = usePutaways(space, warehouse);
  const orders = useOrders(space);
  const counts = useCounts(space, warehouse);
  const waves = useWaves(space, warehouse);
  const faces = useReplenishments(space, warehouse);
  const returns = useReturns(space, warehouse);
  const transfers = useTransfers(space, warehouse);
  const ready = useReadAhead(space, warehouse);
  const root = () => `/s/${params.space}/wh`;
  /** Goods are sent where there is another warehouse. */
  const sends = () => (warehouses.data?.length ?? 0) > 1;
  const tasks = (): Task[] => [
    ...(asns.data ?? [])
      .filter((one) => ["expected", "arrived", "receiving"].includes(one.state))
      .map((one) => ({
        key: one.id,
        href: `${root()}/receive/${one.id}`,
        icon: "inbound" as const,
        what: t.receive,
        plate: docNumber(one.id),
        note: `${w.asnStates[one.state]} · ${t.receivedOf(count(one.received), count(one.expected))}`,
      })),
    ...(asns.data ?? [])
      .filter((one) => ["receiving", "received"].includes(one.state) && one.received - one.damaged > one.putaway)
      .map((one) => ({
        key: `put ${one.id}`,
        href: `${root()}/putaway?asn=${one.id}`,
        icon: "box" as const,
        what: t.putaway,
        plate: docNumber(one.id),
        note: w.quantity(count(one.received - one.damaged - one.putaway)),
      })),
    ...((waiting.data?.length ?? 0) > 0
      ? [
          {
            key: "putaway",
            href: `${root()}/putaway`,
            icon: "box" as const,
            what: t.putaway,
            plate: "",
            note: `${t.inReceiving} · ${t.kinds(waiting.data?.length ?? 0)}`,
          },
        ]
      : []),
    ...(transfers.data ?? [])
      .filter((one) => one.state === "sent" && one.to === warehouse())
      .map((one) => ({
        key: one.id,
        href: `${root()}/transfer/${one.id}`,
        icon: "inbound" as const,
        what: handTransferWords().receive,
        plate: docNumber(one.id),
        note: handTransferWords().shouldCome(one.lines.reduce((sum, line) => sum + line.units - line.received, 0)),
      })),
    ...(waves.data ?? [])
      .filter((one) => one.state === "open")
      .map((one) => ({
        key: one.id,
        href: `${root()}/wave/${one.id}`,
        icon: "outbound" as const,
        what: flowWords().wave,
        plate: docNumber(one.id),
        note: `${flowWords().kinds[one.kind]} · ${flowWords().orders(one.slots.length)}`,
      })),
    ...(faces.data?.some((one) => one.from !== null)
      ? [
          {
            key: "replenish",
            href: `${root()}/replenish`,
            icon: "move" as const,
            what: flowWords().replenish,
            plate: "",
            note: t.kinds(faces.data.filter((one) => one.from !== null).length),
          },
        ]
      : []),
    ...(returns.data ?? [])
      .filter((one) => one.state === "expected" || one.state === "receiving")
      .map((one) => ({
        key: one.id,
        href: `${root()}/return/${one.id}`,
        icon: "undo" as const,
        what: returnWords().return,
        plate: docNumber(one.id),
        note: `${returnWords().states[one.state]} · ${returnWords().reasons[one.reason]}`,
      })),
    ...(counts.data ?? [])
      .filter((one) => one.state === "requested" || one.state === "counting")
      .map((one) => ({
        key: one.id,
        href: `${root()}/count/${one.id}`,
        icon: "count" as const,
        what: t.count,
        plate: docNumber(one.id),
        note: t.countNote(one.done, one.bins),
      })),
    ...(orders.data ?? [])
      .filter((one) => ["reserved", "picking", "picked", "packed", "shipping"].includes(one.state))
      .map((one) => ({
        key: one.id,
        href: `${root()}/${one.state === "packed" ? "pack" : "pick"}/${one.id}`,
        icon: "outbound" as const,
        what: one.state === "packed" ? packWords().ship : one.state === "picked" ? packWords().pack : t.pick,
        plate: docNumber(one.id),
        note: `${w.orderStates[one.state]} · ${w.quantity(count(unitsOf(one.lines)))}`,
      })),
  ];
  const failed = () => [asns, orders, warehouses].find((one) => one.isError)?.error;
  const allSynced = () => {
    const at = readAt();
    return at !== undefined && offlineSince() === undefined && pending(queue()).length === 0
      ? phoneClock(at)
      : undefined;
  };
  return (
    <HandShell
      title={t.title}
      onBack={() => navigate(`/s/${params.space}/warehouse`)}
      foot={
        <>
          <Button size="xl" aria-pressed={sound()} onClick={() => toggleSignal("sound")}>
            {t.sound} {sound() ? t.on : t.off}
          </Button>
          <Button size="xl" aria-pressed={vibration()} onClick={() => toggleSignal("vibration")}>
            {t.vibration} {vibration() ? t.on : t.off}
          </Button>
        </>
      }
    >
      <Show
        when={!failed()}
        fallback={
          <div class="p-4">
            <ErrorState title={t.notRead} problem={failed()} onRetry={() => void asns.refetch()} />
          </div>
        }
      >
        <Show when={orders.data && warehouses.data} fallback={<Loading rows={6} />}>
          <Show when={update()}>
            {(take) => (
              <div class="p-4">
                <Note
                  title={s.newer}
                  actions={
                    <Button size="xl" onClick={() => take()()}>
                      {s.takeNewer}
                    </Button>
                  }
                >
                  {s.newerSay}
                </Note>
              </div>
            )}
          </Show>
          <Show when={(warehouses.data?.length ?? 0) > 1}>
            <div class="border-b border-line p-4">
              <SelectField
                label={w.warehouse}
                size="xl"
                bind={bound(() => warehouse() ?? "", workIn)}
                options={choicesOf(warehouses.data)}
              />
            </div>
          </Show>
          <nav class="grid grid-cols-2 gap-3 border-b border-line p-4" aria-label={t.title}>
            <LinkButton size="xl" icon="search" href={`${root()}/lookup`}>
              {t.lookup}
            </LinkButton>
            <LinkButton size="xl" icon="move" href={`${root()}/move`}>
              {t.move}
            </LinkButton>
            <div class="grid" classList={{ "col-span-2": !sends() }}>
              <LinkButton size="xl" icon="box" href={`${root()}/pallet`}>
                {palletWords().load}
              </LinkButton>
            </div>
            <Show when={sends()}>
              <LinkButton size="xl" icon="outbound" href={`${root()}/send`}>
                {handTransferWords().send}
              </LinkButton>
            </Show>
          </nav>
          <ul>
            <For each={tasks()} fallback={<li class="p-4 text-md text-fg-2">{t.nothing}</li>}>
              {(task) => (
                <li>
                  <A href={task.href} class="flex min-h-16 items-center gap-3 border-b border-line px-4 py-3">
                    <Icon name={task.icon} size={24} />
                    <span class="min-w-0 flex-1">
                      <b class="block text-md">
                        {task.what} <Show when={task.plate}>{(plate) => <Plate>{plate()}</Plate>}</Show>
                      </b>
                      <span class="text-fg-2">{task.note}</span>
                    </span>
                    <Icon name="right" size={20} />
                  </A>
                </li>
              )}
            </For>
          </ul>
          <Show when={allSynced()}>
            {(at) => (
              <p class="px-4 py-3 text-base text-fg-2">
                {s.allSynced(at())}
                {ready.done() ? ` · ${t.readAhead}` : ""}
              </p>
            )}
          </Show>
        </Show>
      </Show>
    </HandShell>
  );
}
