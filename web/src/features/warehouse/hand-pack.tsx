import { useNavigate, useParams } from "@solidjs/router";
import type { OrderView } from "@yihao/warehouse/order-model";
import { pickedUnits } from "@yihao/warehouse/order-rules";
import type { NewCarton } from "@yihao/warehouse/pack-model";
import { matchScan, type PacksOf, packedUnits, type Taken } from "@yihao/warehouse/pack-rules";
import { readScan, scanUnits } from "@yihao/warehouse/scan";
import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import { offlineSince } from "../../api.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton, LinkButton } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { WarehousePhoneShell } from "../../ui/shell-plain.tsx";
import { signal } from "../../ui/signals.ts";
import { NumberField, Stepper } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { recordLabels, saveCartonLabels } from "./flow-data.ts";
import { doStep, requests, useListed, useOrder } from "./hand-data.ts";
import { stepWords } from "./hand-step-words.ts";
import { handWords } from "./hand-words.ts";
import { LabelMenu } from "./label-menu.tsx";
import { packWords } from "./pack-words.ts";
import { palletWords } from "./pallet-words.ts";
import { ShipForm } from "./ship-form.tsx";
import { TaskReading } from "./task-reading.tsx";
import { TaskDone } from "./task-screen.tsx";
import { docNumber } from "./view.ts";
import { warehouseWords } from "./words.ts";

type Item = NewCarton["items"][number];
type Wrong = { say: string; lots?: { code: string; lots: string[] } };

/** What was scanned into the open carton stays in this device until the carton is closed, so that a reload loses nothing. */
const keepKey = (order: string) => `yihao.carton.${order}`;
function keptItems(order: string): Item[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keepKey(order)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** Packs an order (打包): every unit is scanned into a carton and checked, the carton is weighed and closed; then it ships. */
export default function HandPack() {
  const t = packWords();
  const h = handWords();
  const params = useParams<{ space: string; order: string }>();
  const navigate = useNavigate();
  const order = useOrder(
    () => params.space,
    () => params.order,
  );
  const title = () => `${t.pack} ${docNumber(params.order)}`;
  /** The pallet that one of its cartons stands on: with it the order leaves. */
  const standing = () => order.data?.cartons?.find(({ pallet }) => pallet !== undefined)?.pallet;
  const home = () => navigate(`/s/${params.space}/wh`);
  const says = ({ state }: OrderView) =>
    state === "packed"
      ? t.allPacked
      : state === "shipped"
        ? t.shipped
        : state === "picked"
          ? warehouseWords().nothingPicked
          : h.nothing;
  return (
    <Show
      when={order.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={h.notRead}
          problem={order.error}
          onBack={home}
          onRetry={() => void order.refetch()}
        />
      }
    >
      {(one) => (
        <Show
          when={one().state === "picked" && pickedUnits(one().lines) > 0}
          fallback={
            <TaskDone title={title()} say={says(one())} onBack={home}>
              <Show
                when={one().state === "packed"}
                fallback={
                  <Button kind="primary" size="xxl" block onClick={home}>
                    {h.toHome}
                  </Button>
                }
              >
                <LabelMenu
                  large
                  about={t.cartons}
                  save={(format) => saveCartonLabels(params.space, params.order, undefined, format)}
                  charge={(intent) =>
                    recordLabels(params.space, { order: params.order }, one().cartons?.length ?? 1, intent)
                  }
                />
                <Show when={standing()}>
                  {(pallet) => (
                    <>
                      <p class="text-fg-2">{palletWords().standsOn(pallet().code)}</p>
                      <LinkButton size="xl" icon="box" href={`/s/${params.space}/wh/pallet/${pallet().id}`}>
                        {palletWords().toPallet}
                      </LinkButton>
                    </>
                  )}
                </Show>
                <Show when={!standing()}>
                  <ShipForm
                    order={one()}
                    optional
                    verb={t.ship}
                    large
                    onShip={(shipment) =>
                      doStep(
                        "ship",
                        requests.ship(params.space, params.order),
                        shipment === undefined ? {} : { shipment },
                        {
                          order: params.order,
                        },
                      )
                    }
                  />
                </Show>
              </Show>
            </TaskDone>
          }
        >
          <Carton space={params.space} order={one()} title={title()} onBack={home} />
        </Show>
      )}
    </Show>
  );
}

/** The open carton: what still waits, what was scanned into it, its weight. */
function Carton(props: { space: string; order: OrderView; title: string; onBack: () => void }) {
  const t = packWords();
  const [items, setItems] = createSignal<Item[]>(keptItems(props.order.id));
  const [grams, setGrams] = createSignal<number>();
  const [wrong, setWrong] = createSignal<Wrong>();
  const [unweighed, setUnweighed] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);
  const year = new Date().getFullYear();
  const listed = useListed(() => props.space);
  const packsOf: PacksOf = (product) => listed(product)?.packs;
  /** Units that a code stands for: of a case, all in it. */
  const unitsOf = (code: string) => {
    const scan = readScan(code, year);
    if (!scan.ok) return 1;
    const units = props.order.lines.map((line) =>
      scanUnits(scan.value, { ...line, id: line.product, packs: packsOf(line.product) }),
    );
    return units.find((one) => one !== undefined) ?? 1;
  };
  const number = () => Math.max(0, ...(props.order.cartons ?? []).map((one) => one.number)) + 1;
  const keep = (next: Item[]) => {
    setItems(next);
    setProblem(undefined);
    localStorage.setItem(keepKey(props.order.id), JSON.stringify(next));
  };
  /** What each item takes; what somebody else packed meanwhile fits no more and is left out. */
  const matched = createMemo(() => {
    const taken: Taken[] = [];
    return items().map((item) => {
      const match = matchScan(props.order, taken, item, year, packsOf);
      if (match.ok) taken.push(...match.value);
      return { item, taken: match.ok ? match.value : [] };
    });
  });
  const taken = () => matched().flatMap((one) => one.taken);
  createEffect(
    on(matched, (now) => {
      if (now.some((one) => one.taken.length === 0))
        keep(now.filter((one) => one.taken.length > 0).map((one) => one.item));
    }),
  );
  const lineOf = (line: number | undefined) => props.order.lines.find((one) => one.line === line);
  const left = (line: OrderView["lines"][number]) =>
    line.picked -
    packedUnits(props.order.cartons, line.line) -
    taken().reduce((sum, one) => (one.line === line.line ? sum + one.units : sum), 0);
  const units = () => taken().reduce((sum, one) => sum + one.units, 0);

  const put = (item: Item) => {
    const match = matchScan(props.order, taken(), item, year, packsOf);
    signal(match.ok);
    if (match.ok) {
      setWrong(undefined);
      const same = items().findIndex((one) => one.code === item.code && one.lot === item.lot);
      keep(
        same < 0
          ? [...items(), item]
          : items().map((one, index) => (index === same ? { ...one, units: one.units + item.units } : one)),
      );
      return;
    }
    const { code } = match.refusal;
    const open = props.order.lines.filter((line) => left(line) > 0).flatMap((line) => line.lots ?? []);
    setWrong({
      say: explain(new Problem({ ...match.refusal, status: 409 })),
      ...(code === "lot.wanted" ? { lots: { code: item.code, lots: [...new Set(open.map((one) => one.lot))] } } : {}),
    });
  };
  const close = async (weighedAgain: boolean) => {
    const weight = grams();
    if (weight === undefined) {
      setWrong(undefined);
      setUnweighed(true);
      document.getElementById("carton-grams")?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const wish = { items: items(), grams: weight, ...(weighedAgain ? { weighedAgain } : {}) };
      const done = number();
      const { kept } = await doStep("pack", requests.pack(props.space, props.order.id), wish, {
        ...{ order: props.order.id, items: wish.items, grams: weight, units: units() },
      });
      keep([]);
      localStorage.removeItem(keepKey(props.order.id));
      setGrams(undefined);
      setWrong(undefined);
      toast({ text: kept ? stepWords().keptHere : t.closed(done) });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const heavy = () => {
    const one = problem();
    return one instanceof Problem && one.code === "pack.weight";
  };

  return (
    <WarehousePhoneShell
      title={props.title}
      onBack={props.onBack}
      offline={offlineSince() !== undefined}
      foot={
        <Button
          kind="primary"
          size="xxl"
          icon="box"
          block
          busy={busy()}
          disabled={units() === 0}
          onClick={() => void close(heavy())}
        >
          {heavy() ? t.sameWeight : t.close(units())}
        </Button>
      }
    >
      <ScanField label={t.scan} onCode={(code) => put({ code, units: unitsOf(code) })} />
      <Show when={wrong()}>
        {(one) => (
          <div role="alert" class="bg-bad px-4 py-4 text-fg-on-solid">
            <b class="block text-lg">{one().lots ? t.whichLot : t.wrong}</b>
            <Show when={one().lots} fallback={one().say}>
              {(ask) => (
                <span class="mt-2 flex flex-wrap gap-2">
                  <For each={ask().lots}>
                    {(lot) => (
                      <Button size="xl" onClick={() => put({ code: ask().code, units: unitsOf(ask().code), lot })}>
                        {lot}
                      </Button>
                    )}
                  </For>
                </span>
              )}
            </Show>
          </div>
        )}
      </Show>
      <div class="flex flex-col gap-4 p-4">
        <Show when={problem() !== undefined}>
          <Note tone={heavy() ? "warn" : "bad"} alert>
            {explain(problem())}
          </Note>
        </Show>
        <section>
          <h2 class="flex items-center gap-2 text-md">
            {t.inCarton}{" "}
            <Plate size="lg" han>
              {t.carton(number())}
            </Plate>
          </h2>
          <ul>
            <For each={matched()} fallback={<li class="py-3 text-fg-2">{t.emptyCarton}</li>}>
              {(one, index) => {
                const line = () => lineOf(one.taken[0]?.line);
                const name = () => line()?.name ?? one.item.code;
                const lots = () => one.taken.flatMap(({ lot }) => (lot === undefined ? [] : [lot]));
                return (
                  <li class="flex min-h-16 flex-wrap items-center gap-3 border-b border-line py-2">
                    <span class="min-w-40 flex-1">
                      <b class="block">{name()}</b>
                      <Show when={lots().length > 0}>
                        <span class="font-mono text-fg-2">{lots().join(" ")}</span>
                      </Show>
                    </span>
                    <Show when={!line()?.serial}>
                      <Stepper
                        bare
                        label={t.units(name())}
                        size="lg"
                        min={1}
                        max={one.item.units + (line() ? left(line() as OrderView["lines"][number]) : 0)}
                        bind={bound(
                          () => one.item.units,
                          (next) => keep(items().map((item, at) => (at === index() ? { ...item, units: next } : item))),
                        )}
                      />
                    </Show>
                    <IconButton
                      icon="close"
                      size="xl"
                      label={t.remove(name())}
                      onClick={() => keep(items().filter((_, at) => at !== index()))}
                    />
                  </li>
                );
              }}
            </For>
          </ul>
        </section>
        <NumberField
          label={t.grams}
          size="xl"
          unit="g"
          min={1}
          max={2_000_000}
          bind={{
            ...bound(grams, setGrams),
            id: "carton-grams",
            fault: () => (unweighed() && grams() === undefined ? t.needGrams : undefined),
          }}
        />
        <section>
          <h2 class="text-md">{t.left}</h2>
          <ul>
            <For each={props.order.lines.filter((line) => line.picked > 0)}>
              {(line) => (
                <li class="flex min-h-12 items-center gap-3 border-b border-line py-2">
                  <span class="min-w-0 flex-1">
                    {line.name}
                    <span class="block font-mono text-fg-2">{line.gtin ?? line.code}</span>
                  </span>
                  <span class="text-fg-2">{left(line) === 0 ? t.allIn : t.leftOf(left(line), line.picked)}</span>
                </li>
              )}
            </For>
          </ul>
        </section>
      </div>
    </WarehousePhoneShell>
  );
}
