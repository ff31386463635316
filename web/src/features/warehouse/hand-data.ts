import type { AsnView, ListedAsn } from "@yihao/warehouse/asn-model";
import { createEffect, createMemo, createSignal, onCleanup } from "solid-js";

import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { newCommand, shownQueue as queue, submit } from "../../offline/outbox.ts";
import { allPages } from "../../pages.ts";
import { type Asked, createQuery, queryClient } from "../../query.ts";
import { useCount as askCount, useCounts as askCounts } from "./count-data.ts";
import {
  useAsn as askAsn,
  useAsns as askAsns,
  useElevation as askElevation,
  useOrder as askOrder,
  useOrders as askOrders,
  usePicks as askPicks,
  usePutaways as askPutaways,
  useOwners,
} from "./data.ts";
import { useTransfers as askTransfers, useWave as askWave, useWaves } from "./flow-data.ts";
import {
  asnAhead,
  asnHeadAhead,
  countAhead,
  countHeadAhead,
  elevationAhead,
  orderAhead,
  picksAhead,
  putawaysAhead,
  replenishmentsAhead,
  returnAhead,
  transferAhead,
  waveAhead,
} from "./hand-ahead.ts";
import { basis, figures, type Read } from "./hand-basis.ts";
import { type Bodies, requests, type Step, type StepKind, type Steps, unseen } from "./hand-steps.ts";
import { usePallets as askPallets } from "./pallet-data.ts";
import { useReturn as askReturn, useReturns } from "./return-data.ts";

/** What the phone's pages read: what the server said, with the steps done to it that it does not show yet. */
export function ahead<Value, Shown>(
  asked: Asked<Value>,
  show: (value: Value, steps: readonly Step[]) => Shown,
): Asked<Shown> {
  const data = createMemo(() => {
    const value = asked.data;
    return value === undefined ? undefined : show(value, unseen(queue(), asked.updatedAt));
  });
  return Object.defineProperties(Object.create(asked), { data: { get: data } }) as Asked<Shown>;
}

/** What follows the stream, which tells of a step a moment later; `of` names what is read. */
function followed<Value>(
  of: () => string | undefined,
  asked: Asked<Value>,
  how: Parameters<typeof basis<Value>>[3],
): Asked<Value> {
  const read = createMemo<(Read<Value> & { of: string | undefined }) | undefined>((before) => {
    const value = asked.data;
    if (value === undefined) return undefined;
    const same = before?.of === of() ? before : undefined;
    return { ...basis(same, { value, at: asked.updatedAt }, queue(), how), of: of() };
  });
  return Object.defineProperties(Object.create(asked), {
    data: { get: () => read()?.value },
    updatedAt: { get: () => read()?.at ?? 0 },
  }) as Asked<Value>;
}

const followedMap = (space: () => string, warehouse: Text) =>
  followed(warehouse, askElevation(space, warehouse), {
    figures: ({ contents }) => figures.contents(contents),
    show: (map, steps) => ({ ...map, ...elevationAhead(map, steps) }),
  });

type Text = () => string | undefined;

const headsAhead = (all: ListedAsn[], steps: readonly Step[]) => all.map((one) => asnHeadAhead(one, steps));

export const useAsns = (space: () => string, warehouse: Text) =>
  ahead(followed(warehouse, askAsns(space, warehouse), { figures: figures.asns, show: headsAhead }), (all, steps) =>
    all.map((one) => {
      const head = asnHeadAhead(one, steps);
      // Only its lines say whether all came.
      const whole = queryClient.getQueryState<AsnView>(["wh", space(), "asn", one.id]);
      if (head.state !== "receiving" || whole?.data === undefined) return head;
      return { ...head, state: asnAhead(whole.data, unseen(queue(), whole.dataUpdatedAt)).state };
    }),
  );

export const useAsn = (space: () => string, asn: Text) => ahead(askAsn(space, asn), asnAhead);

export function useElevation(space: () => string, warehouse: Text) {
  const listed = useListed(space);
  return ahead(followedMap(space, warehouse), (map, steps) => ({ ...map, ...elevationAhead(map, steps, listed) }));
}

export const useOrders = (space: () => string) =>
  ahead(
    askOrders(space, () => true),
    (all, steps) => all.map((one) => orderAhead(one, steps)),
  );

export const useCounts = (space: () => string, warehouse: Text) =>
  ahead(askCounts(space, warehouse), (all, steps) => all.map((one) => countHeadAhead(one, steps)));

export const useCount = (space: () => string, count: Text) => ahead(askCount(space, count), countAhead);

/** Goods that wait in receiving: as the server says while it knows every step, else from the racks as this phone knows them. */
export function usePutaways(space: () => string, warehouse: Text) {
  const asked = followed(warehouse, askPutaways(space, warehouse), {
    figures: figures.contents,
    show: (tasks, steps) =>
      elevationAhead({ bins: [], contents: tasks }, steps)
        .contents.filter(({ place }) => place === "receiving")
        .map((one) => ({ ...one, suggestions: [] })),
  });
  const map = followedMap(space, warehouse);
  const listed = useListed(space);
  const data = createMemo(() => {
    if (asked.data !== undefined && unseen(queue(), asked.updatedAt).length === 0) return asked.data;
    return map.data === undefined ? asked.data : putawaysAhead(map.data, unseen(queue(), map.updatedAt), listed);
  });
  return Object.defineProperties(Object.create(asked), { data: { get: data } }) as typeof asked;
}

/** What pick faces want (补货), from the racks as this phone knows them. */
export function useReplenishments(space: () => string, warehouse: Text) {
  const listed = useListed(space);
  return ahead(followedMap(space, warehouse), (map, steps) =>
    replenishmentsAhead(map, steps, new Date().toISOString(), listed),
  );
}

export const usePicks = (space: () => string, order: () => string, warehouse: Text) =>
  ahead(
    followed(order, askPicks(space, order, warehouse), {
      figures: figures.picks,
      show: (tasks, steps) => picksAhead(tasks, order(), steps),
    }),
    (tasks, steps) => picksAhead(tasks, order(), steps),
  );

/** An order with what was picked and packed of it here; what is left to pick tells whether a short line is closed. */
export function useOrder(space: () => string, order: Text, tasks?: Asked<Parameters<typeof picksAhead>[0]>) {
  return ahead(askOrder(space, order), (one, steps) => orderAhead(one, steps, tasks?.data ?? []));
}

export const useReturn = (space: () => string, back: Text) => ahead(askReturn(space, back), returnAhead);

/** Transfers from and to a warehouse, with what came of them here. */
export const useTransfers = (space: () => string, warehouse: Text) =>
  ahead(askTransfers(space, warehouse), (all, steps) => all.map((one) => transferAhead(one, steps)));

export const useWave = (space: () => string, wave: Text, zone: Text) => ahead(askWave(space, wave, zone), waveAhead);

/** Every product of every owner, with the codes by which it is scanned: read once an hour. */
export const useCatalogue = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "catalogue"],
    queryFn: async () => {
      const owners = await ok(api.spaces[":space"].owners.$get({ param: { space: space() } }));
      const found = [];
      for (const { company } of owners.items)
        found.push(
          ...(await allPages((query) =>
            ok(
              api.spaces[":space"].products.$get({
                param: { space: space() },
                query: { ...query, company, whole: "true" },
              }),
            ),
          )),
        );
      return found.map(
        ({ id, company, name, code, gtin, packs, track, dated, shelfDays, unit, weightGrams, size }) => ({
          ...{ id, company, name, code, unit },
          ...(packs === undefined ? {} : { packs }),
          ...(shelfDays === undefined ? {} : { shelfDays }),
          ...(weightGrams === undefined ? {} : { weightGrams }),
          ...(size === undefined ? {} : { size }),
          ...(gtin === undefined ? {} : { gtin }),
          ...(track === undefined ? {} : { track }),
          ...(dated === undefined ? {} : { dated }),
        }),
      );
    },
    staleTime: 3_600_000,
  }));
export type Listed = NonNullable<ReturnType<typeof useCatalogue>["data"]>[number];

/** What the phone has read of one product: its packs, and how long it keeps. */
export function useListed(space: () => string): (product: string) => Listed | undefined {
  const catalogue = useCatalogue(space);
  const byId = createMemo(() => new Map<string, Listed>(catalogue.data?.map((one) => [one.id, one])));
  return (product) => byId().get(product);
}

/** Documents that are read ahead at a time: a shift's work. */
const mostAhead = 40;
const aheadMs = 30_000;

/** Reads ahead what today's tasks need, one after the other, so that the phone may walk out of the network at any moment. */
export function useReadAhead(space: () => string, warehouse: Text) {
  const asns = askAsns(space, warehouse);
  const orders = askOrders(space, () => true);
  const counts = askCounts(space, warehouse);
  const waves = useWaves(space, warehouse);
  const returns = useReturns(space, warehouse);
  askElevation(space, warehouse);
  const pallets = askPallets(space, () => true);
  useOwners(space);
  useCatalogue(space);
  const [done, setDone] = createSignal(false);
  let left = false;
  let reading = false;
  onCleanup(() => {
    left = true;
  });
  const read = async () => {
    if (reading || left) return;
    reading = true;
    const [here, place] = [{ space: space() }, warehouse() ?? ""];
    const wanted: { key: unknown[]; ask: () => Promise<unknown> }[] = [];
    for (const { id, state } of asns.data ?? [])
      if (state !== "closed" && state !== "putaway")
        wanted.push({
          key: ["wh", here.space, "asn", id],
          ask: () => ok(api.spaces[":space"].asns[":asn"].$get({ param: { ...here, asn: id } })),
        });
    for (const order of orders.data ?? []) {
      const { id, state } = order;
      queryClient.setQueryData(["wh", here.space, "order", id], (before: unknown) => before ?? order);
      if (state !== "reserved" && state !== "picking") continue;
      wanted.push({
        key: ["wh", here.space, "picks", id, order.warehouse ?? place],
        ask: async () => {
          const param = { ...here, order: id };
          const query = { warehouse: order.warehouse ?? place };
          return (await ok(api.spaces[":space"].orders[":order"].picks.$get({ param, query }))).items;
        },
      });
    }
    for (const { id, state } of counts.data ?? [])
      if (state === "requested" || state === "counting")
        wanted.push({
          key: ["wh", here.space, "count", id],
          ask: () => ok(api.spaces[":space"].counts[":count"].$get({ param: { ...here, count: id } })),
        });
    for (const one of returns.data ?? [])
      if (one.state === "expected" || one.state === "receiving")
        queryClient.setQueryData(["wh", here.space, "return", one.id], (before: unknown) => before ?? one);
    for (const { id, state } of waves.data ?? [])
      if (state === "open")
        wanted.push({
          key: ["wh", here.space, "wave", id, undefined],
          ask: () => ok(api.spaces[":space"].waves[":wave"].$get({ param: { ...here, wave: id }, query: {} })),
        });
    for (const { key, ask } of wanted.slice(0, mostAhead))
      if (!left && navigator.onLine)
        await queryClient.prefetchQuery({ queryKey: key, queryFn: ask, staleTime: aheadMs, retry: false });
    reading = false;
    if (!left) setDone(navigator.onLine);
  };
  createEffect(() => {
    if (asns.data && orders.data && counts.data && pallets.data && warehouse() !== undefined) void read();
  });
  return { done };
}

/** What is sent of a step, as the server wants it. */
type Sent<K extends StepKind> = K extends keyof Bodies ? Bodies[K] : undefined;

/** A step of the warehouse as it goes into the queue. */
export const newStep = <K extends StepKind>(kind: K, path: string, body: Sent<K>, about: Steps[K]) =>
  newCommand(kind, path, body, about as unknown as Record<string, unknown>);

/** Does a step: now, or when the network is back. What is refused at once is thrown. */
export const doStep = <K extends StepKind>(kind: K, path: string, body: Sent<K>, about: Steps[K]) =>
  submit(newStep(kind, path, body, about));

export { requests, useOwners };
