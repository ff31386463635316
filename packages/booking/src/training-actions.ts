import { membershipOf } from "@yihao/identity/store";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, overwrite, replace } from "@yihao/table/write";
import type { BookingRefusal } from "./model.ts";
import type { NewTraining } from "./rules-model.ts";
import { resourceOf } from "./store.ts";
import type { Training } from "./training.ts";
import { ownTrainingKey, trainingKey, trainingKind, trainingOf } from "./training-store.ts";

type Refusals = BookingRefusal | CommonRefusal;

/**
 * Records that somebody was trained on an equipment (登记培训), or until when; what was recorded before is replaced. 6 write units and a receipt. Refuses
 * `missing` (equipment or person) and `training.not-needed`.
 */
export async function grantTraining(
  scope: Scope,
  id: string,
  wish: NewTraining,
): Promise<Outcome<Stored<Training>, Refusals>> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [resource, member, before] = await Promise.all([
      resourceOf(scope, id),
      membershipOf(scope, wish.person),
      trainingOf(scope, id, wish.person),
    ]);
    if (!resource || !member) return refuse("missing");
    if (!resource.training) return refuse("training.not-needed", { code: resource.code });
    const rev = before?.rev ?? 0;
    const record: Training = {
      ...wish,
      resource: resource.id,
      personName: member.name,
      at: scope.now,
      by: actorName(scope),
    };
    const key = trainingKey(scope, id, wish.person);
    const done = await commit(
      scope,
      [
        before ? replace(key, trainingKind, record, rev) : insert(key, trainingKind, record, "stale"),
        overwrite(ownTrainingKey(scope, wish.person, id), trainingKind, record),
        happened(scope, "training.granted", id, record),
      ],
      { answer: { ...record, rev: rev + 1 } },
    );
    if (done.done) return accept(done.answer);
  }
  return refuse("busy");
}

/** Takes a training record away (取消资格). What its person has booked stands; nothing more can be booked. Refuses `missing`. */
export async function revokeTraining(scope: Scope, id: string, person: string): Promise<Outcome<null, Refusals>> {
  if (await recall(scope)) return accept(null);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await trainingOf(scope, id, person);
    if (!before) return refuse("missing");
    const done = await commit(
      scope,
      [
        { do: "delete", key: trainingKey(scope, id, person), when: [["rev", "=", before.rev]], tag: "stale" },
        { do: "delete", key: ownTrainingKey(scope, person, id) },
        happened(scope, "training.revoked", id, { resource: id, person }),
      ],
      { answer: null },
    );
    if (done.done) return accept(null);
  }
  return refuse("busy");
}
