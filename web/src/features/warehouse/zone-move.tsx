import type { NewZoneMove, ZoneMoveView, ZonePlan } from "@yihao/warehouse/zone-move-model";
import { createSignal, For, onCleanup, Show } from "solid-js";
import { count } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useWarehouses } from "./data.ts";
import { docNumber } from "./view.ts";
import { useRights } from "./warehouse-here.ts";
import { advanceZoneMove, startZoneMove, stopZoneMove, tryZoneMove, useZoneMoves } from "./zone-move-data.ts";
import { zoneMoveWords } from "./zone-move-words.ts";

/** Goods lines shown of a plan; the figures above are of all. */
const mostShown = 60;

/** Moves of whole zones (整区移库、整区调拨): the last ones with how far they are, and a new one beside them. */
export function ZoneMoves(props: { space: string; warehouse: string }) {
  const t = zoneMoveWords();
  const { manages } = useRights(() => props.space);
  const moves = useZoneMoves(
    () => props.space,
    () => props.warehouse,
  );
  const [adding, setAdding] = createSignal(false);
  const [going, setGoing] = createSignal<string>();
  /** The move that could not be gone on with from here. */
  const [failed, setFailed] = createSignal<string>();
  let left = false;
  onCleanup(() => {
    left = true;
  });
  const goOn = async (move: ZoneMoveView) => {
    if (going() !== undefined) return;
    setGoing(move.id);
    setFailed(undefined);
    try {
      const done = await advanceZoneMove(props.space, move, () => left);
      if (done) toast({ text: t.doneToast(count(done.moved)) });
    } catch (error) {
      setFailed(move.id);
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setGoing(undefined);
    }
  };
  const stop = async (move: ZoneMoveView) => {
    try {
      await stopZoneMove(props.space, move);
      toast({ text: t.stopToast });
      void goOn(move);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const shown = () => (moves.data ?? []).slice(0, 3);
  const warehouses = useWarehouses(() => props.space);
  const zoneName = (code: string) => {
    const zones = warehouses.data?.find(({ id }) => id === props.warehouse)?.zones;
    return zones?.find((zone) => zone.code === code)?.name ?? code;
  };
  /** What is moved and where to, as people call it. */
  const way = ({ zone, bins = [], to }: ZoneMoveView) => {
    const from = zone === undefined ? t.binsOf(count(bins.length)) : zoneName(zone);
    const elsewhere = warehouses.data?.find(({ id }) => id === to.warehouse)?.name ?? "";
    return `${from} → ${to.zone === undefined ? elsewhere : zoneName(to.zone)}`;
  };
  const stateOf = ({ state, stopped }: ZoneMoveView) =>
    stopped ? (state === "done" ? t.stoppedState : t.stopping) : t.states[state];
  return (
    <>
      <Show when={manages()}>
        <Button icon="warehouse" onClick={() => setAdding(true)}>
          {t.move}
        </Button>
      </Show>
      <Show when={shown().length > 0}>
        <section class="basis-full" aria-label={t.recent}>
          <ul>
            <For each={shown()}>
              {(move) => (
                <li class="flex flex-wrap items-center gap-3 border-t border-line py-2">
                  <Plate>{docNumber(move.id)}</Plate>
                  <b>{way(move)}</b>
                  <Status is={move.state === "done" ? "done" : "inProgress"} text={stateOf(move)} />
                  <span aria-live="polite">{t.progress(count(move.moved), count(move.planned))}</span>
                  <Show when={move.state !== "done"}>
                    <span class="w-40">
                      <progress
                        class="y-progress"
                        aria-label={t.progress(count(move.moved), count(move.planned))}
                        value={move.moved}
                        max={Math.max(1, move.planned)}
                      />
                    </span>
                  </Show>
                  <Show when={move.transfers.length > 0}>
                    <span class="text-fg-2">{t.transfers(count(move.transfers.length))}</span>
                  </Show>
                  <Show when={move.stays.length > 0}>
                    <details class="basis-full">
                      <summary>{staying(move.stays)}</summary>
                      <StayList stays={move.stays} />
                    </details>
                  </Show>
                  <Show when={move.state !== "done" && manages()}>
                    <span class="ml-auto flex gap-2">
                      <Button size="sm" busy={going() === move.id} onClick={() => void goOn(move)}>
                        {t.goOn}
                      </Button>
                      <Show when={move.state !== "opening"}>
                        <Button size="sm" onClick={() => void stop(move)}>
                          {t.stop}
                        </Button>
                      </Show>
                    </span>
                  </Show>
                  <Show when={failed() === move.id && move.state !== "done"}>
                    <p class="basis-full text-xs text-warn-fg">{t.byItself}</p>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Drawer open={adding()} onClose={() => setAdding(false)} title={t.move}>
        <Show when={adding()}>
          <NewMove
            space={props.space}
            warehouse={props.warehouse}
            onDone={(move) => {
              setAdding(false);
              void goOn(move);
            }}
          />
        </Show>
      </Drawer>
    </>
  );
}

/** How much stays, in words; of bins that somebody counts no figure is told. */
function staying(stays: ZonePlan["stays"]): string {
  const t = zoneMoveWords();
  const units = stays.reduce((sum, one) => sum + (one.why === "counted" ? 0 : one.units), 0);
  const counted = new Set(stays.flatMap((one) => (one.why === "counted" ? [one.from] : []))).size;
  return [units > 0 ? t.stays(count(units)) : "", counted > 0 ? t.staysCounted(count(counted)) : ""]
    .filter(Boolean)
    .join(" · ");
}

function StayList(props: { stays: ZonePlan["stays"] }) {
  const t = zoneMoveWords();
  return (
    <ul>
      <For each={props.stays.slice(0, mostShown)}>
        {(one) => (
          <li class="flex flex-wrap items-center gap-2 py-1 text-xs">
            <Plate>{one.from}</Plate>
            <span class="min-w-0 flex-1">{one.name}</span>
            <Show when={one.why !== "counted"}>
              <span>{count(one.units)}</span>
            </Show>
            <span class="text-warn-fg">{t.why[one.why]}</span>
          </li>
        )}
      </For>
    </ul>
  );
}

const someBins = "-";

function NewMove(props: { space: string; warehouse: string; onDone: (move: ZoneMoveView) => void }) {
  const t = zoneMoveWords();
  const warehouses = useWarehouses(() => props.space);
  const here = () => warehouses.data?.find((one) => one.id === props.warehouse);
  const zones = () => here()?.zones ?? [];
  const [plan, setPlan] = createSignal<{ wish: NewZoneMove; plan: ZonePlan }>();
  const codes = (text: string) =>
    text
      .toUpperCase()
      .split(/[\s,，、]+/)
      .filter((code) => code !== "");
  const form = createForm({
    name: "zone-move",
    initial: { from: zones()[0]?.code ?? someBins, bins: "", to: "" },
    check: (values) => ({
      bins: values.from === someBins && codes(values.bins).length === 0 ? t.needFrom : undefined,
    }),
    submit: async (values, intent) => {
      const wish = wishOf(values);
      const seen = plan();
      if (!seen || JSON.stringify(seen.wish) !== JSON.stringify(wish)) {
        setPlan({ wish, plan: await tryZoneMove(props.space, props.warehouse, wish) });
        return;
      }
      props.onDone(await startZoneMove(props.space, props.warehouse, wish, intent));
    },
  });
  const targets = () => [
    ...zones()
      .filter(({ code }) => code !== form.values.from)
      .map(({ code, name }) => ({ value: `zone ${code}`, label: t.inHere(name) })),
    ...(warehouses.data ?? [])
      .filter(({ id }) => id !== props.warehouse)
      .map(({ id, name }) => ({ value: `warehouse ${id}`, label: t.away(name) })),
  ];
  const target = () => targets().find(({ value }) => value === form.values.to)?.value ?? targets()[0]?.value ?? "";
  const wishOf = (values: { from: string; bins: string }): NewZoneMove => {
    const [kind, ...rest] = target().split(" ");
    const to = kind === "zone" ? { zone: rest.join(" ") } : { warehouse: rest.join(" ") };
    return values.from === someBins ? { bins: codes(values.bins), to } : { zone: values.from, to };
  };
  const current = () => {
    const seen = plan();
    return seen && JSON.stringify(seen.wish) === JSON.stringify(wishOf(form.values)) ? seen.plan : undefined;
  };
  return (
    <FormFrame form={form} label={t.move}>
      <p class="text-fg-2">{t.say}</p>
      <SelectField
        label={t.from}
        bind={form.field("from")}
        options={[
          ...zones().map(({ code, name }) => ({ value: code, label: t.zone(name, code) })),
          { value: someBins, label: t.some },
        ]}
      />
      <Show when={form.values.from === someBins}>
        <TextField label={t.someBins} mono placeholder="01-01-01 01-01-02" bind={form.field("bins")} />
      </Show>
      <SelectField
        label={t.to}
        bind={{ ...form.field("to"), value: target, set: (next) => form.set("to", next) }}
        options={targets()}
      />
      <Show when={target().startsWith("warehouse")}>
        <p class="text-xs text-fg-2">{t.awaySay}</p>
      </Show>
      <Show when={current()}>
        {(seen) => (
          <div aria-live="polite">
            <Note tone={seen().stays.length > 0 ? "warn" : "info"}>
              {t.plan(count(seen().units), count(seen().bins))}
              <Show when={seen().stays.length > 0}>
                {" · "}
                {staying(seen().stays)}
              </Show>
            </Note>
          </div>
        )}
      </Show>
      <Button
        kind="primary"
        type="submit"
        busy={form.busy()}
        disabled={target() === "" || (current() !== undefined && current()?.units === 0)}
      >
        {current() ? t.start(count(current()?.units ?? 0)) : t.tryIt}
      </Button>
      <Show when={current()}>
        {(seen) => (
          <section class="flex flex-col gap-3">
            <ul>
              <For each={seen().lines.slice(0, mostShown)}>
                {(line) => (
                  <li class="flex flex-wrap items-center gap-2 border-b border-line py-1">
                    <Plate>{line.from}</Plate>
                    <span class="min-w-0 flex-1">
                      {line.name} <Show when={line.lot}>{(lot) => <span class="font-mono text-xs">{lot()}</span>}</Show>
                    </span>
                    <span>{count(line.units)}</span>
                    <span aria-hidden="true">→</span>
                    <Show when={line.to} fallback={<span class="text-xs text-fg-2">{t.onTheWay}</span>}>
                      {(to) => <Plate>{to()}</Plate>}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
            <Show when={seen().lines.length > mostShown}>
              <p class="text-xs text-fg-2">{t.more(count(seen().lines.length - mostShown))}</p>
            </Show>
            <Show when={seen().stays.length > 0}>
              <h3 class="text-xs text-fg-2">{t.staysTitle}</h3>
              <StayList stays={seen().stays} />
            </Show>
          </section>
        )}
      </Show>
    </FormFrame>
  );
}
