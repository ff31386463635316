import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { partition } from "@yihao/table/key";
import { queryAll } from "@yihao/table/read";
import { indexWrites } from "@yihao/table/search";
import { unclaim } from "@yihao/table/unique";
import type { Write } from "@yihao/table/write";
import { searchTexts } from "./names.ts";
import { chunkKey, chunkKind, companyKey, entryKey, type ImportChunk } from "./store.ts";

type Named = ImportChunk["companies"][number];

/**
 * Makes one company of an import that is done stand by itself: the mark of the import goes, the search finds it, and
 * `company.added` is told. Whoever comes second finds the mark gone and does nothing.
 */
export async function settleCompany(scope: Scope, importId: string, company: Named): Promise<void> {
  const { id, name } = company;
  await commit(
    stepOf(scope, `settle ${id}`),
    [
      {
        do: "update",
        key: companyKey(scope, id),
        remove: ["staged"],
        when: [["staged", "=", importId]],
        tag: "settled",
      },
      {
        do: "update",
        key: entryKey(scope, company),
        remove: ["staged"],
        when: [["staged", "=", importId]],
        tag: "entry",
      },
      ...indexWrites(scope, "company", id, [], searchTexts(company), name),
      happened(scope, "company.added", id, { company: id, name }),
    ],
    { answer: null },
  );
}

const chunksOf = (scope: Scope, importId: string) =>
  queryAll(scope, chunkKind, partition(scope, "imp", importId), { prefix: "chunk#", consistent: true });

/** Settles every company of an import that is done, chunk by chunk; what is settled already is passed over. */
export async function settleImport(scope: Scope, importId: string): Promise<void> {
  for (const { chunk, companies } of await chunksOf(scope, importId)) {
    for (const company of companies) await settleCompany(scope, importId, company);
    await commit(stepOf(scope, `settled ${chunk}`), [{ do: "delete", key: chunkKey(scope, importId, chunk) }], {
      answer: null,
    });
  }
}

/** Takes away what an import that was dropped had staged, chunk by chunk: nobody has seen any of it. */
export async function sweepImport(scope: Scope, importId: string): Promise<void> {
  for (const { chunk, companies } of await chunksOf(scope, importId)) {
    const gone: Write[] = companies.flatMap((company) => [
      { do: "delete", key: companyKey(scope, company.id) },
      { do: "delete", key: entryKey(scope, company) },
      unclaim(scope, "company-name", company.name, company.id),
      ...(company.code ? [unclaim(scope, "company-code", company.code, company.id)] : []),
    ]);
    const outcome = await commit(
      stepOf(scope, `swept ${chunk}`),
      [...gone, { do: "delete", key: chunkKey(scope, importId, chunk), when: [["pk", "present"]], tag: "chunk" }],
      { answer: null },
    );
    if (!outcome.done && !("chunk" in outcome.lost)) throw new Error(`import ${importId} could not be swept`);
  }
}
