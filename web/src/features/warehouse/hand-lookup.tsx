import { useNavigate, useParams } from "@solidjs/router";
import { orderNumber } from "@yihao/warehouse/pallet-rules";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { count } from "../../format.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Unread } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { useAsns, useCatalogue, useElevation, useOrders, useOwners } from "./hand-data.ts";
import { type FoundThing, findThings } from "./hand-find.ts";
import { HandShell } from "./hand-shell.tsx";
import { lookupWords } from "./lookup-words.ts";
import { usePalletCoded } from "./pallet-data.ts";
import { palletWords } from "./pallet-words.ts";
import { kilograms } from "./pallet-work.tsx";
import { docNumber, unitsOf } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

type Row = { key: string; name: string; note: string; plate?: string; units: string };

function Rows(props: { rows: Row[]; none: string }) {
  return (
    <ul class="divide-y divide-line border-y border-line">
      <For each={props.rows} fallback={<li class="py-3 text-fg-2">{props.none}</li>}>
        {(row) => (
          <li class="flex min-h-14 items-center gap-3 py-2">
            <Show when={row.plate}>{(plate) => <Plate size="lg">{plate()}</Plate>}</Show>
            <span class="min-w-0 flex-1">
              <b class="block">{row.name}</b>
              <span class="text-base text-fg-2">{row.note}</span>
            </span>
            <span class="text-right tabular-nums">{row.units}</span>
          </li>
        )}
      </For>
    </ul>
  );
}

/** Scan anything: which bin, product, notice or order it is, and what may be done with it. Works from what this phone knows. */
export default function HandLookup() {
  const t = lookupWords();
  const w = warehouseWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const map = useElevation(space, warehouse);
  const catalogue = useCatalogue(space);
  const owners = useOwners(space);
  const asns = useAsns(space, warehouse);
  const orders = useOrders(space);
  const [code, setCode] = createSignal<string>();
  const root = () => `/s/${params.space}/wh`;
  const p = palletWords();
  // A pallet's or carton's label is no bin and no product: only the server knows what stands on a pallet.
  const label = () => {
    const text = code()?.trim();
    return text !== undefined && /^(\]C1)?(\(00\)|00)?\d{18}$|^PLT-/i.test(text) ? text : undefined;
  };
  const coded = usePalletCoded(space, label);
  const looking = () => label() !== undefined && coded.data === undefined && !coded.isError;
  const found = (): readonly FoundThing[] =>
    findThings(
      code() ?? "",
      {
        ...{ bins: map.data?.bins ?? [], contents: map.data?.contents ?? [], products: catalogue.data ?? [] },
        ...{ asns: asns.data ?? [], orders: orders.data ?? [] },
      },
      new Date().getFullYear(),
    );
  const owner = (company: string) => owners.data?.find((one) => one.company === company)?.name ?? "";
  const told = (one: {
    units: number;
    hidden?: boolean | undefined;
    lot?: string | undefined;
    expiry?: string | undefined;
  }) => ({
    units: one.hidden ? t.counting : count(one.units),
    lot: [one.lot, one.expiry].filter(Boolean).join(" · "),
  });
  const onCode = (scanned: string) => {
    setCode(scanned);
    signal(found().length > 0);
  };
  return (
    <HandShell title={t.title} onBack={() => navigate(root())}>
      <ScanField label={t.scan} onCode={onCode} />
      <Show when={map.data} fallback={<Unread asked={map} title={t.notRead} rows={4} />}>
        <div class="flex flex-col gap-6 p-4" aria-live="polite">
          <Show when={code() !== undefined} fallback={<p class="text-fg-2">{t.say}</p>}>
            <Show when={coded.data}>
              {(pallet) => (
                <section class="flex flex-col gap-3">
                  <h2 class="flex flex-wrap items-center gap-3 text-lg font-strong">
                    {p.pallet} <Plate size="lg">{pallet().code}</Plate>
                  </h2>
                  <p class="text-fg-2">
                    {[owner(pallet().company), p.states[pallet().state]].filter(Boolean).join(" · ")} ·{" "}
                    {p.sum(count(pallet().cartons.length), kilograms(pallet()))}
                  </p>
                  <Rows
                    none={t.empty}
                    rows={pallet().cartons.map((carton) => ({
                      key: `${carton.order} ${carton.number}`,
                      name: p.carton(orderNumber(carton.order), carton.number),
                      note: [carton.to, carton.sscc].filter(Boolean).join(" · "),
                      units: p.kg((carton.grams / 1000).toFixed(2)),
                    }))}
                  />
                  <Show when={pallet().state === "open" || pallet().state === "closed"}>
                    <LinkButton size="xl" icon="box" block href={`${root()}/pallet/${pallet().id}`}>
                      {pallet().state === "open" ? p.goOn : p.toShip}
                    </LinkButton>
                  </Show>
                </section>
              )}
            </Show>
            <For
              each={found()}
              fallback={
                <Show when={!coded.data && !looking()}>
                  <p class="text-md">
                    {t.unknown} <span class="break-all font-mono">{code()}</span>
                  </p>
                </Show>
              }
            >
              {(thing) => (
                <section class="flex flex-col gap-3">
                  <Switch>
                    <Match when={thing.is === "bin" && thing}>
                      {(one) => (
                        <>
                          <p class="flex flex-wrap items-center gap-3">
                            <Plate size="xl" tone="solid">
                              {one().bin.code}
                            </Plate>
                            <span class="text-fg-2">
                              {one().bin.lock ?? t.room(one().bin.used, one().bin.capacity)}
                            </span>
                          </p>
                          <Rows
                            none={t.empty}
                            rows={one().inside.map((goods) => ({
                              ...{ key: goods.product, name: goods.name, units: told(goods).units },
                              note: [owner(goods.company), goods.code, told(goods).lot].filter(Boolean).join(" · "),
                            }))}
                          />
                          <Show when={one().inside.length > 0}>
                            <LinkButton size="xl" icon="move" block href={`${root()}/move?bin=${one().bin.code}`}>
                              {t.moveFrom}
                            </LinkButton>
                          </Show>
                        </>
                      )}
                    </Match>
                    <Match when={thing.is === "product" && thing}>
                      {(one) => (
                        <>
                          <h2 class="text-lg font-strong">{one().product.name}</h2>
                          <Show when={one().stands}>{(stands) => <p class="text-md">{t.stands(stands())}</p>}</Show>
                          <p class="text-fg-2">
                            {owner(one().product.company)} ·{" "}
                            <span class="font-mono">{one().product.gtin ?? one().product.code}</span>
                          </p>
                          <Rows
                            none={t.nowhere}
                            rows={one().places.map((place) => ({
                              ...{ key: place.bin ?? place.place, plate: place.bin ?? w.at[place.place] },
                              ...{ name: told(place).lot, note: "", units: told(place).units },
                            }))}
                          />
                          <Show when={one().places.some(({ place }) => place === "receiving")}>
                            <LinkButton size="xl" icon="box" block href={`${root()}/putaway`}>
                              {t.putaway}
                            </LinkButton>
                          </Show>
                        </>
                      )}
                    </Match>
                    <Match when={thing.is === "asn" && thing}>
                      {(one) => (
                        <>
                          <h2 class="flex items-center gap-3 text-lg font-strong">
                            {t.asn} <Plate size="lg">{docNumber(one().asn.id)}</Plate>
                          </h2>
                          <p class="text-fg-2">
                            {[owner(one().asn.company), w.asnStates[one().asn.state]].filter(Boolean).join(" · ")} ·{" "}
                            {t.of(count(one().asn.received), count(one().asn.expected))}
                          </p>
                          <LinkButton size="xl" icon="inbound" block href={`${root()}/receive/${one().asn.id}`}>
                            {t.receive}
                          </LinkButton>
                        </>
                      )}
                    </Match>
                    <Match when={thing.is === "order" && thing}>
                      {(one) => (
                        <>
                          <h2 class="flex items-center gap-3 text-lg font-strong">
                            {t.order} <Plate size="lg">{docNumber(one().order.id)}</Plate>
                          </h2>
                          <p class="text-fg-2">
                            {[owner(one().order.company), w.orderStates[one().order.state]].filter(Boolean).join(" · ")}{" "}
                            · {w.quantity(count(unitsOf(one().order.lines)))}
                          </p>
                          <LinkButton size="xl" icon="outbound" block href={`${root()}/pick/${one().order.id}`}>
                            {t.pick}
                          </LinkButton>
                        </>
                      )}
                    </Match>
                  </Switch>
                </section>
              )}
            </For>
          </Show>
        </div>
      </Show>
    </HandShell>
  );
}
