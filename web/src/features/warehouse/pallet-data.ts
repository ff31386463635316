import type { Shipment } from "@yihao/warehouse/pack-model";
import type { OneCarton, PalletView } from "@yihao/warehouse/pallet-model";
import { type Intent, ok } from "../../api.ts";
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

/** Puts a carton on a pallet or takes it off. */
export const movePallet = (space: string, pallet: string, how: "load" | "unload", json: OneCarton, intent: Intent) =>
  renewed(space, ok(pallet$[how].$post({ param: { space, pallet }, json }, intent.with())));

/** Closes a pallet, opens it again or dissolves it. */
export const turnPallet = (space: string, pallet: string, to: "closed" | "open" | "dissolved", intent: Intent) =>
  renewed(space, ok(pallet$.turn.$post({ param: { space, pallet }, json: { to } }, intent.with())));

/** Ships pallets together. */
export const shipPallets = (space: string, pallets: string[], shipment: Shipment | undefined, intent: Intent) => {
  const json = { pallets, ...(shipment === undefined ? {} : { shipment }) };
  return renewed(space, ok(pallets$.ship.$post({ param: { space }, json }, intent.with())));
};

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
