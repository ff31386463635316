import type { Files, PutLink } from "@yihao/http/files";
import { beginsAs } from "@yihao/kernel/file-types";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, asSystem, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import type { FloorId } from "./model.ts";
import {
  imageWaitMinutes,
  type NewPlanImage,
  type Plan,
  type PlanImageId,
  type PlanRefusal,
  planImageBytesMost,
  planImageTypes,
} from "./plan-model.ts";
import { planFileKey, planImageKey, planImageKind, planImageOf, planKey, planKind, planOf } from "./plan-store.ts";
import { floorKey, floorKind } from "./store.ts";

type Refusal = "missing" | "stale" | PlanRefusal;
type Upload = { readonly image: PlanImageId } & PutLink;

/**
 * Gives a link to put the image of a floor's plan under. Only pixels: an SVG, which can run and fetch, is refused, and by what its bytes are, whatever it is
 * called. Until it has come nobody sees it, and it is forgotten after an hour.
 */
export async function askPlanUpload(
  scope: Scope,
  files: Files,
  floor: FloorId,
  wish: NewPlanImage,
): Promise<Outcome<Upload, Refusal>> {
  const { type, bytes } = wish;
  if (!planImageTypes.some((one) => one === type)) return refuse("plan.image-type", { types: planImageTypes });
  if (bytes > planImageBytesMost) return refuse("plan.image-size", { most: planImageBytesMost });
  if (!(await get(scope, floorKind, floorKey(scope, floor)))) return refuse("missing");
  const id: PlanImageId = idFor(scope, "pim");
  const image = { id, floor, type, bytes, by: actorName(scope), at: scope.now };
  const forget = dueAt(scope, plusMinutes(scope.now, imageWaitMinutes), "booking.plan-image", id);
  const done = await commit(scope, [insert(planImageKey(scope, id), planImageKind, image, "image"), forget], {
    answer: null,
  });
  if (!done.done) return refuse("stale");
  return accept({ image: id, ...(await files.putLink(planFileKey(scope, id), { type, bytes })) });
}

/** Puts an image that has come under its plan, whose shape it gives; the one before goes. Size and first bytes must be what was said. */
export async function finishPlanUpload(
  scope: Scope,
  files: Files,
  floor: FloorId,
  id: PlanImageId,
  size: { readonly width: number; readonly height: number },
): Promise<Outcome<Stored<Plan>, Refusal>> {
  const image = await planImageOf(scope, id);
  if (!image || image.floor !== floor || image.by !== actorName(scope)) return refuse("missing");
  const found = await files.look(planFileKey(scope, id));
  if (!found) return refuse("plan.image-not-there");
  if (found.bytes !== image.bytes || !beginsAs(image.type, found.head)) {
    await files.remove(planFileKey(scope, id));
    return refuse("plan.image-mismatch");
  }
  for (let tries = 0; tries < 10; tries += 1) {
    const { rev, ...before } = await planOf(scope, floor);
    if (before.image === id) return accept({ ...before, rev });
    const plan: Plan = { ...before, ...size, image: id };
    const key = planKey(scope, floor);
    const done = await commit(
      scope,
      [
        rev === 0 ? insert(key, planKind, plan, "stale") : replace(key, planKind, plan, rev),
        ...(before.image ? [dueAt(scope, scope.now, "booking.plan-image", before.image)] : []),
      ],
      { answer: { ...plan, rev: rev + 1 } },
    );
    if (done.done) return accept(done.answer);
  }
  return refuse("stale");
}

/** A link to show the image of a floor's plan; `missing` when it has none. */
export async function askPlanImage(
  scope: Scope,
  files: Files,
  floor: FloorId,
): Promise<Outcome<{ url: string }, "missing">> {
  const { image: id } = await planOf(scope, floor);
  const image = id && (await planImageOf(scope, id));
  if (!image) return refuse("missing");
  return accept({ url: await files.getLink(planFileKey(scope, image.id), { name: "plan", type: image.type }) });
}

/** Lets the bytes of an image go that no plan shows: one that was replaced, or that never came whole within the hour. */
async function sweepImage(scope: Scope, files: Files, id: string): Promise<void> {
  const image = await planImageOf(scope, id);
  if (image && (await planOf(scope, image.floor)).image === id) return;
  if (image) {
    const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
    await commit(unsigned, [{ do: "delete", key: planImageKey(scope, id) }], { answer: null });
  }
  await files.remove(planFileKey(scope, id));
}

/** Timers of booking that reach for files. */
export function planTimers(files: Files): DueHandler[] {
  return [
    {
      type: "booking.plan-image",
      on: (platform, due) =>
        sweepImage(
          asSystem(platform, due.space, "booking", { id: `due:${due.id}`, print: due.type }),
          files,
          due.subject,
        ),
    },
  ];
}
