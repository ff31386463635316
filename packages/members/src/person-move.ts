import type { PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { leadOf, leadPage, saveLead } from "./lead-store.ts";

const rounds = 20;

/** Gives the open leads that a person keeps, or shows around, to another account of the same person. Safe to run again. */
export async function movePerson(
  scope: Scope,
  from: PersonId,
  into: { readonly person: PersonId; readonly name: string },
) {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let cursor: string | undefined; ; ) {
    const page = await leadPage(scope, "open", { cursor, limit: 100 });
    for (const { id } of page.items)
      for (let round = 0; round < rounds; round += 1) {
        const before = await leadOf(scope, id);
        if (!before || (before.keeper !== from && before.tour?.guide !== from)) break;
        const { rev: _, ...lead } = before;
        const { tour } = lead;
        const after = {
          ...lead,
          ...(lead.keeper === from ? { keeper: into.person, keeperName: into.name } : {}),
          ...(tour?.guide === from ? { tour: { ...tour, guide: into.person, guideName: into.name } } : {}),
        };
        if ((await commit(unsigned, saveLead(scope, before, after), { answer: null })).done) break;
      }
    if (!page.next) return;
    cursor = page.next;
  }
}
