import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { insert, type Write } from "@yihao/table/write";
import { agreementsOf, agreementWrites, saveAgreement } from "./agreement-store.ts";
import { documentKey, documentKind, documentsOf } from "./document-store.ts";

const rounds = 20;

/**
 * Takes a company's documents, and its agreements that let nothing, over into another, as they stand; the bytes of documents stay where they lie. Safe to run again: what was taken
 * over is with the first company no more.
 */
export async function movePapers(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let round = 0; round < rounds; round += 1) {
    const [documents, agreements] = await Promise.all([documentsOf(scope, from), agreementsOf(scope, from)]);
    if (documents.length + agreements.length === 0) return;
    for (const { rev, ...document } of documents) {
      const writes: Write[] = [
        { do: "delete", key: documentKey(scope, from, document.id), when: [["rev", "=", rev]], tag: "stale" },
        insert(documentKey(scope, into, document.id), documentKind, {
          ...document,
          company: into,
          home: document.home ?? from,
        }),
      ];
      await commit(unsigned, writes, { answer: null });
    }
    for (const agreement of agreements) {
      const { rev: _, ...kept } = agreement;
      const [gone, row, ...rest] = saveAgreement(scope, agreement, undefined);
      const [fresh, freshRow] = agreementWrites(scope, { ...kept, company: into });
      if (!gone || !fresh || !freshRow || rest.length > 0) throw new Error("an agreement is one item and its row");
      // The row lies under the same key in the list of the space: it is written over.
      const sameRow = row?.key.pk === freshRow.key.pk && row.key.sk === freshRow.key.sk;
      const writes = [gone, ...(row && !sameRow ? [row] : []), fresh, freshRow];
      await commit(unsigned, writes, { answer: null });
    }
  }
  throw new Error(`the papers of ${from} found no quiet moment`);
}
