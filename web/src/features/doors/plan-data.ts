import type { FloorId, SiteId } from "@yihao/booking/model";
import type { PlanFacts, PlanView } from "@yihao/booking/plan-model";
import { actingCompany, type Intent, ifMatch, ok } from "../../api.ts";
import { api, doors, files } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./refusal-words.ts";

const plan$ = doors.spaces[":space"].floors[":floor"].plan;
const image$ = files.spaces[":space"].floors[":floor"]["plan-image"];
const none = "flr_none" as FloorId;

/** Where the places of a floor stand. */
export const usePlan = (space: () => string, floor: () => FloorId | undefined) =>
  createQuery(() => ({
    queryKey: ["plan", space(), floor()],
    queryFn: (): Promise<PlanView> => ok(plan$.$get({ param: { space: space(), floor: floor() ?? none } })),
    enabled: floor() !== undefined,
    staleTime: 60_000,
  }));

/** A link to a plan's image. It works for minutes, and is asked for anew before it ends. */
export const usePlanImage = (space: () => string, floor: () => FloorId | undefined, image: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["plan-image", space(), floor(), image()],
    queryFn: async () => (await ok(image$.$get({ param: { space: space(), floor: floor() ?? none } }))).url,
    enabled: floor() !== undefined && image() !== undefined,
    staleTime: 480_000,
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["plan", space] });

/** Saves where places stand, as the plan was read. */
export async function savePlan(space: string, floor: FloorId, facts: PlanFacts, rev: number): Promise<PlanView> {
  const saved = await ok(plan$.$put({ param: { space, floor }, json: facts }, ifMatch(`"${rev}"`)));
  await renew(space);
  return saved;
}

/** Reads a plan anew, after somebody else changed it. */
export const rereadPlan = renew;

/** Puts an image under a plan: a link is asked for, the bytes go to the storage, and the plan takes the image's shape. */
export async function uploadPlanImage(space: string, floor: FloorId, file: File, intent: Intent): Promise<PlanView> {
  const { type, size: bytes } = file;
  const asked = await ok(image$.$post({ param: { space, floor }, json: { type, bytes } }, intent.part("ask").with()));
  const drawn = await createImageBitmap(file).catch(() => ({ width: 1600, height: 900 }));
  await fetch(asked.url, { method: "PUT", headers: asked.headers, body: file });
  const most = 20_000 / Math.max(drawn.width, drawn.height, 20_000);
  const side = (pixels: number) => Math.max(100, Math.round(pixels * most));
  const json = { width: side(drawn.width), height: side(drawn.height) };
  const param = { space, floor, image: asked.image };
  const saved = await ok(image$[":image"].done.$post({ param, json }, intent.part("done").with()));
  await renew(space);
  return saved;
}

/** Who has what of a site's day, without names; asked again every few seconds. */
export const useAvailability = (space: () => string, site: () => SiteId | undefined, day: () => string) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "availability", actingCompany(), site(), day()],
    queryFn: () =>
      ok(
        api.spaces[":space"].sites[":site"].availability.$get({
          param: { space: space(), site: site() ?? "sit_" },
          query: { day: day() },
        }),
      ),
    enabled: site() !== undefined,
    refetchInterval: liveEveryMs,
  }));
