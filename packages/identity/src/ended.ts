import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { get } from "@yihao/table/read";
import { sessionCopySeconds } from "./session.ts";
import { endedOf, memberKey, memberKind, outKey, outKind, placesOf, within } from "./store.ts";

const rounds = 40;
const slackSeconds = 60;

/**
 * The sessions that ended lately with one more, as `<session>@<epoch second>` by spaces. Who has been gone for longer than a signed copy is
 * believed is left out: no copy of it works any more.
 */
export function withEnded(ended: string | undefined, session: string, now: string): string {
  const second = Math.floor(Date.parse(now) / 1000);
  const recent = (one: string) => Number(one.split("@")[1]) > second - sessionCopySeconds - slackSeconds;
  const kept = (ended ?? "").split(" ").filter((one) => recent(one) && !one.startsWith(`${session}@`));
  return [...kept, `${session}@${second}`].join(" ");
}

/** Writes the mark under the condition that it still reads as it was read; a member who is gone needs none. */
async function mark(scope: PlatformScope, person: PersonId, space: SpaceId | undefined, session: string) {
  for (let round = 0; round < rounds; round += 1) {
    const inside = space && within(scope, space);
    const member = inside && (await get(inside, memberKind, memberKey(inside, person)));
    if (inside && !member) return;
    const before = inside ? member?.ended : await endedOf(scope, person);
    const unchanged = before === undefined ? (["ended", "absent"] as const) : (["ended", "=", before] as const);
    const outcome = await commit(
      scope,
      [
        {
          do: "update",
          key: inside ? memberKey(inside, person) : outKey(scope, person),
          ...(inside ? {} : { kind: outKind }),
          set: { ended: withEnded(before, session, scope.now) },
          when: inside ? [["pk", "present"], unchanged] : [unchanged],
        },
      ],
      { answer: null },
    );
    if (outcome.done) return;
    await giveWay(scope, round);
  }
  throw new Refused("busy");
}

/**
 * Tells every space of a person, and the person's own routes, that a session has ended, so that its signed copy is worth nothing at its
 * next request: the door reads the member anyway. The revision stays: nobody's edit of roles is lost to a person who signs out.
 */
export async function endSession(scope: PlatformScope, person: PersonId, session: string): Promise<void> {
  const places = await placesOf(scope, person);
  await Promise.all(
    [undefined, ...places.items.map((one) => one.space)].map((space) => mark(scope, person, space, session)),
  );
}
