import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { replace } from "@yihao/table/write";
import { resourceKey, resourceKind, resourceOf, resourcesOf, sitesOf } from "./store.ts";

const rounds = 20;

/** Has what is let to a company for months let to another, as it stands: nothing is free in between. Safe to run again. */
export async function moveLeases(
  scope: Scope,
  from: CompanyId,
  into: { readonly id: CompanyId; readonly name: string },
): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  const sites = await sitesOf(scope);
  const all = (await Promise.all(sites.map(({ id }) => resourcesOf(scope, id, { consistent: true })))).flat();
  for (const { id } of all.filter(({ leases = [] }) => leases.some(({ company }) => company === from)))
    for (let round = 0; ; round += 1) {
      const found = await resourceOf(scope, id, { consistent: true });
      if (!found?.leases?.some(({ company }) => company === from)) break;
      const { rev, ...resource } = found;
      const leases = found.leases.map((one) =>
        one.company === from ? { ...one, company: into.id, companyName: into.name } : one,
      );
      const write = replace(resourceKey(scope, id), resourceKind, { ...resource, leases }, rev);
      if ((await commit(unsigned, [write], { answer: null })).done) break;
      if (round > rounds) throw new Error(`${id} found no quiet moment`);
    }
}
