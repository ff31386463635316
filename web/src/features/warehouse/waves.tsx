import { type WaveKind, type WaveView, waveKinds } from "@yihao/warehouse/wave-model";
import { createSignal, For, Show } from "solid-js";
import { createMeaning, newIntent } from "../../api.ts";
import { count, instantCell, joined } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, Unread } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { DocumentHead } from "./document-head.tsx";
import { DocumentTable } from "./document-table.tsx";
import { endWave, makeWave, useWave, useWaves } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { docNumber, orderMark } from "./view.ts";
import { useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

const waveMark: Record<WaveView["state"], StatusName> = { open: "picking", done: "done", cancelled: "closed" };

/** Waves of a warehouse as a list. */
export function WaveList(props: {
  space: string;
  warehouse: string;
  zone: string;
  current: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = flowWords();
  const w = warehouseWords();
  const waves = useWaves(
    () => props.space,
    () => props.warehouse,
  );
  const columns = (): Column<WaveView>[] => [
    { key: "number", head: w.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    { key: "at", head: w.time, cell: (one) => instantCell(one.at, props.zone) },
    { key: "kind", head: w.type, width: "128px", from: "tablet", cell: (one) => t.kinds[one.kind] },
    { key: "orders", head: w.order, width: "88px", align: "end", cell: (one) => t.orders(one.slots.length) },
    {
      key: "state",
      head: w.state,
      width: "104px",
      cell: (one) => <Status is={waveMark[one.state]} text={t.waveStates[one.state]} />,
    },
  ];
  return (
    <DocumentTable
      label={t.waves}
      listing={waves}
      columns={columns()}
      current={props.current}
      onOpen={props.onOpen}
      notRead={t.wavesNotRead}
      empty={<EmptyState title={t.noWaves} />}
    />
  );
}

/** Makes a wave of the orders that are chosen: how it is sorted, then done. */
export function WaveDialog(props: {
  space: string;
  warehouse: string;
  orders: readonly string[];
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const t = flowWords();
  const [kind, setKind] = createSignal<WaveKind>("batch");
  const [busy, setBusy] = createSignal(false);
  const meaning = createMeaning();
  const make = async () => {
    setBusy(true);
    try {
      const wish = { warehouse: props.warehouse, kind: kind(), orders: [...props.orders] };
      const made = await makeWave(props.space, wish, meaning.of(wish));
      meaning.answered();
      toast({ text: t.waveMade });
      props.onMade(made.id);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.orders.length > 0}
      onClose={props.onClose}
      title={t.waveTitle(props.orders.length)}
      foot={
        <>
          <Button kind="primary" busy={busy()} onClick={() => void make()}>
            {t.makeWave}
          </Button>
          <Button onClick={props.onClose}>{t.cancel}</Button>
        </>
      }
    >
      <div class="flex flex-col gap-3">
        <Segmented
          label={t.wave}
          bind={bound(kind, setKind)}
          options={waveKinds.map((value) => ({ value, label: t.kinds[value] }))}
        />
        <p class="text-fg-2">{t.kindHint[kind()]}</p>
      </div>
    </Dialog>
  );
}

/** A wave with its walk and what goes to each slot. */
export function WaveDetail(props: { space: string; wave: string; zone: string }) {
  const t = flowWords();
  const { works } = useRights(() => props.space);
  const w = warehouseWords();
  const work = useWave(
    () => props.space,
    () => props.wave,
    () => undefined,
  );
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const end = async () => {
    setBusy(true);
    try {
      await endWave(props.space, props.wave, intent);
      intent = newIntent();
      setAsking(false);
      toast({ text: t.ended });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={work.data} fallback={<Unread asked={work} title={t.wavesNotRead} rows={6} />}>
      {(one) => (
        <div class="flex h-full min-h-0 flex-col bg-surface">
          <DocumentHead
            what={t.wave}
            number={docNumber(one().wave.id)}
            mark={waveMark[one().wave.state]}
            state={t.waveStates[one().wave.state]}
            facts={
              <>
                {instantCell(one().wave.at, props.zone)} · {t.kinds[one().wave.kind]} · {t.orders(one().slots.length)}
              </>
            }
          />
          <div class="min-h-0 flex-1 overflow-y-auto">
            <Show when={one().stops.length > 0}>
              <section class="border-b border-line px-4 py-3">
                <h3 class="text-xs text-fg-2">{t.stops}</h3>
                <ol>
                  <For each={one().stops}>
                    {(stop) => (
                      <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-sm last:border-b-0">
                        <Plate>{stop.bin ?? t.nowhere}</Plate>
                        <span class="min-w-0 flex-1">{stop.name}</span>
                        <b>{count(stop.units)}</b>
                        <span class="w-full text-xs text-fg-2">
                          {joined(stop.parts.map((part) => `${t.slot(part.slot)} × ${count(part.units)}`))}
                        </span>
                      </li>
                    )}
                  </For>
                </ol>
              </section>
            </Show>
            <section class="px-4 py-3">
              <h3 class="text-xs text-fg-2">{t.slots}</h3>
              <ul>
                <For each={one().slots}>
                  {(slot) => (
                    <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-sm last:border-b-0">
                      <Plate han>{t.slot(slot.slot)}</Plate>
                      <span class="font-mono">{docNumber(slot.order)}</span>
                      <span class="min-w-0 flex-1">{slot.recipient}</span>
                      <Status is={orderMark[slot.state]} text={w.orderStates[slot.state]} />
                    </li>
                  )}
                </For>
              </ul>
            </section>
          </div>
          <Show when={works() && one().wave.state === "open"}>
            <footer class="flex flex-wrap gap-2 border-t border-line p-3">
              <LinkButton kind="primary" icon="outbound" href={`/s/${props.space}/wh/wave/${props.wave}`}>
                {t.pickWave}
              </LinkButton>
              <Button kind="text" onClick={() => setAsking(true)}>
                {t.endWave}
              </Button>
            </footer>
          </Show>
          <Dialog
            open={asking()}
            onClose={() => setAsking(false)}
            title={t.endTitle}
            foot={
              <>
                <Button kind="danger" busy={busy()} onClick={() => void end()}>
                  {t.endWave}
                </Button>
                <Button onClick={() => setAsking(false)}>{t.keep}</Button>
              </>
            }
          >
            <p>{t.endNote}</p>
          </Dialog>
        </div>
      )}
    </Show>
  );
}
