import type { Delivery, DeliveryDetail, HookId, HookView, NewHook } from "@yihao/hooks/model";
import { type Intent, ifMatch, newIntent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const hooks = api.spaces[":space"].hooks;
const one = hooks[":hook"];
/** While something is on its way, the log is asked again after so many milliseconds. */
const workingEveryMs = 2_000;

const onItsWay = (items: readonly Delivery[] = []) =>
  items.some(({ state, lastAt }) => state === "waiting" && lastAt === null);

/** The endpoints of a space. */
export const useHooks = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["hooks", space(), "list"],
    queryFn: () => ok(hooks.$get({ param: { space: space() } })),
  }));

/** What was sent to an endpoint, newest first; asked again while an attempt is under way. */
export const useDeliveries = (space: () => string, hook: () => HookId | undefined) =>
  createInfiniteQuery(() => ({
    queryKey: ["hooks", space(), "log", hook()],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { cursor: pageParam } : {};
      return ok(one.deliveries.$get({ param: { space: space(), hook: hook() ?? ("whk_" as HookId) }, query }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: hook() !== undefined,
    refetchInterval: (query) =>
      onItsWay(query.state.data?.pages.flatMap(({ items }) => items)) ? workingEveryMs : false,
  }));

/** One delivery with each attempt; asked again while it waits. */
export const useDelivery = (space: () => string, hook: () => HookId | undefined, delivery: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["hooks", space(), "delivery", hook(), delivery()],
    queryFn: (): Promise<DeliveryDetail> => {
      const param = { space: space(), hook: hook() ?? ("whk_" as HookId), delivery: delivery() ?? "" };
      return ok(one.deliveries[":delivery"].$get({ param }));
    },
    enabled: hook() !== undefined && delivery() !== undefined,
    refetchInterval: (query: { state: { data: DeliveryDetail | undefined } }) =>
      query.state.data?.log.some(({ ms, attempt }) => ms === null && attempt === query.state.data?.attempts)
        ? workingEveryMs
        : false,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["hooks", space] });

/** Makes an endpoint; the answer has its secret once. */
export async function makeHook(space: string, wish: NewHook, intent: Intent) {
  const made = await ok(hooks.$post({ param: { space }, json: wish }, intent.with()));
  await renew(space);
  return made;
}

/** Changes an endpoint as it was read. */
export async function changeHook(space: string, hook: HookView, wish: NewHook) {
  const param = { space, hook: hook.id };
  const changed = await ok(one.$put({ param, json: wish }, ifMatch(`"${hook.rev}"`)));
  await renew(space);
  return changed;
}

/** Gives an endpoint a new secret, which the answer has once. */
export async function rotateHook(space: string, hook: HookId, overlapHours: number, intent: Intent) {
  const made = await ok(one.rotate.$post({ param: { space, hook }, json: { overlapHours } }, intent.with()));
  await renew(space);
  return made;
}

/** Pauses an endpoint, resumes it, or sends it a test. */
export async function actOn(space: string, hook: HookId, what: "pause" | "resume" | "ping") {
  const call = { pause: one.pause, resume: one.resume, ping: one.ping }[what];
  await ok<Awaited<ReturnType<typeof call.$post>>>(call.$post({ param: { space, hook } }, newIntent().with()));
  await renew(space);
}

/** Deletes an endpoint. */
export async function removeHook(space: string, hook: HookId) {
  await ok(one.$delete({ param: { space, hook } }));
  await renew(space);
}

/** Sends a delivery again. */
export async function sendAgain(space: string, hook: HookId, delivery: string) {
  await ok(one.deliveries[":delivery"].redeliver.$post({ param: { space, hook, delivery } }, newIntent().with()));
  await renew(space);
}
