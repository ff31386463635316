import type { CompanyId } from "@yihao/kernel/ids";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { removeFromCompany } from "./people-actions.ts";
import { spreadRoles } from "./role-actions.ts";
import { apiKeyKey, companyKeys, getSpace, listMembers, placeKey } from "./store.ts";

/** What this room does when it hears of facts: a space's new name reaches each of its people, and those of a company that was erased are forgotten, its keys with them. */
export const identityReactions: Reaction[] = [
  onEvent<"company.erased", { company: CompanyId }>("identity.forget", ["company.erased"], async (scope, { data }) => {
    let cursor: string | undefined;
    do {
      const page = await listMembers(scope, { cursor, limit: 100 });
      for (const { person, companies } of page.items)
        if (companies.some(({ company }) => company === data.company))
          await removeFromCompany(stepOf(scope, person), data.company, person);
      cursor = page.next ?? undefined;
    } while (cursor);
    for (const { id } of await companyKeys(scope, data.company))
      await commit(stepOf(scope, id), [{ do: "delete", key: apiKeyKey(scope, id) }], { answer: null });
  }),
  onEvent("identity.spread-roles", ["role.changed"], (scope) => spreadRoles(scope)),
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
