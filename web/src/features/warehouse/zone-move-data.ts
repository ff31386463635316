import type { NewZoneMove, ZoneMoveView } from "@yihao/warehouse/zone-move-model";
import { type Intent, newIntent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";

const moves$ = api.spaces[":space"].warehouses[":warehouse"]["zone-moves"];

/** Moves of zones of a warehouse, newest first, live. */
export const useZoneMoves = (space: () => string, warehouse: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "zone-moves", warehouse()],
    queryFn: async (): Promise<ZoneMoveView[]> =>
      (await ok(moves$.$get({ param: { space: space(), warehouse: warehouse() }, query: { limit: "5" } }))).items,
    refetchInterval: liveEveryMs,
  }));

/** What would move where, and what would stay. */
export const tryZoneMove = (space: string, warehouse: string, wish: NewZoneMove) =>
  ok(moves$.plan.$post({ param: { space, warehouse }, json: wish }, newIntent().with()));

const renew = (space: string) => void queryClient.invalidateQueries({ queryKey: ["wh", space] });

/** Begins the move of a zone. */
export async function startZoneMove(space: string, warehouse: string, wish: NewZoneMove, intent: Intent) {
  const move = await ok(moves$.$post({ param: { space, warehouse }, json: wish }, intent.with()));
  renew(space);
  return move;
}

/** Goes on with a move until it is over or `stopped` says so; each step is told of. */
export async function advanceZoneMove(
  space: string,
  move: { id: string; warehouse: string },
  stopped: () => boolean,
): Promise<ZoneMoveView | undefined> {
  const param = { space, warehouse: move.warehouse, move: move.id };
  for (;;) {
    if (stopped()) return undefined;
    const now = await ok(moves$[":move"].advance.$post({ param }, newIntent().with()));
    queryClient.setQueryData<ZoneMoveView[]>(["wh", space, "zone-moves", move.warehouse], (all) =>
      all?.map((one) => (one.id === now.id ? now : one)),
    );
    if (now.state === "done") {
      renew(space);
      return now;
    }
  }
}

/** Stops the move of a zone. */
export async function stopZoneMove(space: string, move: { id: string; warehouse: string }) {
  const param = { space, warehouse: move.warehouse, move: move.id };
  await ok(moves$[":move"].stop.$post({ param }, newIntent().with()));
  renew(space);
}
