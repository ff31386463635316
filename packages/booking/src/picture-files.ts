/**
 * | item                   | key               | written by                              | units | size   |
 * |------------------------|-------------------|-----------------------------------------|-------|--------|
 * | picture of a resource  | `pic`, `<picture>` | asking to put one; gone with its bytes | 2     | 0.2 kB |
 */
import type { Files, PutLink } from "@yihao/http/files";
import { within } from "@yihao/identity/store";
import { beginsAs } from "@yihao/kernel/file-types";
import type { SpaceId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt, onDue } from "@yihao/table/due";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { isPublic } from "./guest.ts";
import type { PictureId, Resource, ResourceId } from "./model.ts";
import {
  imageWaitMinutes,
  type NewPlanImage,
  type PlanRefusal,
  planImageBytesMost,
  planImageTypes,
} from "./plan-model.ts";
import { resourceKey, resourceOf } from "./store.ts";

type Picture = {
  readonly id: PictureId;
  readonly resource: ResourceId;
  readonly type: string;
  readonly bytes: number;
  readonly by: string;
};
const pictureKind = kindOf<Picture>("pic");
const pictureKey = (scope: Scope, id: string) => keyIn(partition(scope, "pic"), id);
const fileKey = (scope: Scope, id: string) => `${scope.space}/pictures/${id}`;
const sweepAt = (scope: Scope, at: string, id: string) => dueAt(scope, at, "booking.picture", id);

type Refusal = "missing" | "stale" | PlanRefusal;

/** Gives a link to put a resource's picture under. Only pixels, as of plans; until it has come nobody sees it, and it is forgotten after an hour. */
export async function askPicture(
  scope: Scope,
  files: Files,
  resource: ResourceId,
  { type, bytes }: NewPlanImage,
): Promise<Outcome<{ readonly picture: PictureId } & PutLink, Refusal>> {
  if (!planImageTypes.some((one) => one === type)) return refuse("plan.image-type", { types: planImageTypes });
  if (bytes > planImageBytesMost) return refuse("plan.image-size", { most: planImageBytesMost });
  if (!(await resourceOf(scope, resource))) return refuse("missing");
  const id: PictureId = idFor(scope, "pic");
  const picture: Picture = { id, resource, type, bytes, by: actorName(scope) };
  const forget = sweepAt(scope, plusMinutes(scope.now, imageWaitMinutes), id);
  const done = await commit(scope, [insert(pictureKey(scope, id), pictureKind, picture, "picture"), forget], {
    answer: null,
  });
  if (!done.done) return refuse("stale");
  return accept({ picture: id, ...(await files.putLink(fileKey(scope, id), { type, bytes })) });
}

/** Puts another picture on a resource, or none; the one before goes. */
async function put(
  scope: Scope,
  id: ResourceId,
  picture: PictureId | undefined,
): Promise<Outcome<Stored<Resource>, Refusal>> {
  for (let tries = 0; tries < 10; tries += 1) {
    const before = await resourceOf(scope, id);
    if (!before) return refuse("missing");
    if (before.picture === picture) return accept(before);
    const { picture: old, ...rest } = before;
    const change: Write = {
      ...{ do: "update", key: resourceKey(scope, id), add: { rev: 1 }, when: [["rev", "=", before.rev]], tag: "stale" },
      ...(picture ? { set: { picture } } : { remove: ["picture"] }),
    };
    const writes = [change, ...(old ? [sweepAt(scope, scope.now, old)] : [])];
    const answer = { ...rest, ...(picture ? { picture } : {}), rev: before.rev + 1 };
    const done = await commit(scope, writes, { answer });
    if (done.done) return accept(done.answer);
  }
  return refuse("stale");
}

/** Shows a picture that has come. Size and first bytes must be what was said. */
export async function finishPicture(
  scope: Scope,
  files: Files,
  resource: ResourceId,
  id: PictureId,
): Promise<Outcome<Stored<Resource>, Refusal>> {
  const picture = await get(scope, pictureKind, pictureKey(scope, id));
  if (picture?.resource !== resource || picture.by !== actorName(scope)) return refuse("missing");
  const found = await files.look(fileKey(scope, id));
  if (!found) return refuse("plan.image-not-there");
  if (found.bytes !== picture.bytes || !beginsAs(picture.type, found.head)) {
    await files.remove(fileKey(scope, id));
    return refuse("plan.image-mismatch");
  }
  return put(scope, resource, id);
}

/** Takes a resource's picture away. */
export const removePicture = (scope: Scope, resource: ResourceId) => put(scope, resource, undefined);

async function linkTo(scope: Scope, files: Files, resource: Resource | undefined): Promise<Outcome<string, "missing">> {
  const id = resource?.picture;
  const picture = id && (await get(scope, pictureKind, pictureKey(scope, id), { consistent: false }));
  if (!picture) return refuse("missing");
  return accept(await files.getLink(fileKey(scope, picture.id), { name: "picture", type: picture.type }));
}

/** A link to a resource's picture, for whoever is in the space. */
export const pictureLink = async (scope: Scope, files: Files, id: ResourceId) =>
  linkTo(scope, files, await resourceOf(scope, id, { consistent: false }));

/** A link to the picture of what the public may book; `missing` for all else. */
export async function publicPictureLink(
  platform: PlatformScope,
  files: Files,
  space: SpaceId,
  id: ResourceId,
): Promise<Outcome<string, "missing">> {
  const scope = within(platform, space);
  const resource = await resourceOf(scope, id, { consistent: false });
  return resource && isPublic(resource) ? linkTo(scope, files, resource) : refuse("missing");
}

/** Lets the bytes of a picture go that no resource shows. */
async function sweepPicture(scope: Scope, files: Files, id: string): Promise<void> {
  const picture = await get(scope, pictureKind, pictureKey(scope, id));
  if (picture && (await resourceOf(scope, picture.resource))?.picture === id) return;
  if (picture) await commit(scope, [{ do: "delete", key: pictureKey(scope, id) }], { answer: null });
  await files.remove(fileKey(scope, id));
}

/** Timers of pictures, which reach for files. */
export const pictureTimers = (files: Files): DueHandler[] => [
  onDue("booking.picture", (scope, id) => sweepPicture(scope, files, id)),
];
