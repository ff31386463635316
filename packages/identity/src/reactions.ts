import { commit } from "@yihao/table/commit";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { getSpace, listMembers, placeKey } from "./store.ts";

/** What this room does when it hears of its own facts: a space's new name reaches the list of spaces of each of its people. */
export const identityReactions: Reaction[] = [
  onEvent("identity.rename-places", ["space.changed"], async (given) => {
    const scope = { ...given, command: { id: `auto:${given.command.id}`, print: "" } };
    const space = await getSpace(scope);
    if (!space) return;
    let cursor: string | undefined;
    do {
      const page = await listMembers(scope, { cursor, limit: 100 });
      for (const { person } of page.items) {
        const key = placeKey(scope, person, scope.space);
        const set = { name: space.name };
        await commit(scope, [{ do: "update", key, set, when: [["pk", "present"]] }], { answer: null });
      }
      cursor = page.next ?? undefined;
    } while (cursor);
  }),
];
