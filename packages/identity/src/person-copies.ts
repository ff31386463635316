import type { PersonId } from "@yihao/kernel/ids";
import type { PlatformScope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { replace } from "@yihao/table/write";
import { memberKey, memberKind, membershipOf, placesOf, tell, within } from "./store.ts";

type Who = { readonly person: PersonId; readonly name: string; readonly email: string };

const rounds = 20;

/** Brings a person's new name or e-mail to every space they have a place in, each with its event for the audit trail. */
export async function copyPerson(scope: PlatformScope, who: Who): Promise<void> {
  const { person, name, email } = who;
  for (const { space } of (await placesOf(scope, person)).items) {
    const inside = { ...within(scope, space), actor: { kind: "person", person } } as const;
    for (let round = 0; round < rounds; round += 1) {
      const stored = await membershipOf(inside, person);
      if (!stored || (stored.name === name && stored.email === email)) break;
      const { rev, ...before } = stored;
      const outcome = await commit(
        { ...inside, command: { id: `auto:${crypto.randomUUID()}`, print: "" } },
        [
          replace(memberKey(inside, person), memberKind, { ...before, name, email }, rev),
          tell(inside, "person.changed", space, {
            person,
            before: { name: before.name, email: before.email },
            after: { name, email },
          }),
        ],
        { answer: null },
      );
      if (outcome.done) break;
      await giveWay(scope, round);
    }
  }
}
