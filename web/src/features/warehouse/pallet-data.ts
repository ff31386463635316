import type { Shipment } from "@yihao/warehouse/pack-model";
import type { OneCarton, PalletCarton, PalletView } from "@yihao/warehouse/pallet-model";
import { type Intent, newIntent, ok } from "../../api.ts";
import { api, papers } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";
import { saveBlob } from "../../save.ts";
import type { LabelFormat } from "./flow-data.ts";

const pallets$ = api.spaces[":space"].pallets;
const pallet$ = pallets$[":pallet"];
async function renewed<T>(space: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    void queryClient.invalidateQueries({ queryKey: ["wh", space] });
  }
}

/** Pallets newest first: those that have not left, or all. */
export const usePallets = (space: () => string, open: () => boolean, asked: () => boolean = () => true) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "pallets", open()],
    queryFn: async () => {
      const query = { limit: "100", ...(open() ? { open: "true" as const } : {}) };
      return (await ok(pallets$.$get({ param: { space: space() }, query }))).items;
    },
    enabled: asked(),
    refetchInterval: liveEveryMs,
  }));

/** A pallet with its cartons. */
export const usePallet = (space: () => string, pallet: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "pallet", pallet()],
    queryFn: () => ok(pallet$.$get({ param: { space: space(), pallet: pallet() ?? "" } })),
    enabled: pallet() !== undefined,
    refetchInterval: liveEveryMs,
  }));

/** The pallet that a scanned label names, or on which the carton of that label stands. */
export const usePalletCoded = (space: () => string, code: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "pallet-coded", code()],
    queryFn: async () =>
      (await ok(pallets$.$get({ param: { space: space() }, query: { code: code() ?? "" } }))).items[0] ?? null,
    enabled: code() !== undefined,
  }));

/** Begins a pallet of an owner. */
export const beginPallet = (space: string, json: { company: string; warehouse: string }, intent: Intent) =>
  renewed(space, ok(pallets$.$post({ param: { space }, json }, intent.with())));

/** What is done with pallets, at once at the desk and through the queue on the phone (`hand-pallet-data.ts`); `kept` when it is sent later. */
export type PalletActs = {
  load(pallet: PalletView, code: string): Promise<{ kept: boolean }>;
  unload(pallet: PalletView, carton: PalletCarton): Promise<{ kept: boolean }>;
  turn(pallet: PalletView, to: "closed" | "open" | "dissolved"): Promise<{ kept: boolean }>;
  ship(pallets: readonly PalletView[], shipment: Shipment | undefined, intent: Intent): Promise<{ kept: boolean }>;
};

/** The desk's: each is done when it returns. */
export function deskActs(space: () => string): PalletActs {
  const done = async (answer: Promise<unknown>) => {
    await renewed(space(), answer);
    return { kept: false };
  };
  const put = (how: "load" | "unload", { id }: PalletView, json: OneCarton) =>
    done(ok(pallet$[how].$post({ param: { space: space(), pallet: id }, json }, newIntent().with())));
  return {
    load: (pallet, code) => put("load", pallet, { code }),
    unload: (pallet, { order, number }) => put("unload", pallet, { order, number }),
    turn: ({ id }, to) =>
      done(ok(pallet$.turn.$post({ param: { space: space(), pallet: id }, json: { to } }, newIntent().with()))),
    ship: (all, shipment, intent) => {
      const json = { pallets: all.map(({ id }) => id), ...(shipment === undefined ? {} : { shipment }) };
      return done(ok(pallets$.ship.$post({ param: { space: space() }, json }, intent.with())));
    },
  };
}

/** Hands out a pallet's label. */
export async function savePalletLabel(
  space: string,
  { id, code }: Pick<PalletView, "id" | "code">,
  format: LabelFormat,
) {
  const label$ = papers.spaces[":space"].labels.pallets[":pallet"];
  const answer = await label$.$get({ param: { space, pallet: id }, query: { format } });
  saveBlob(`pallet-${code}.${format}`, await answer.blob());
}
