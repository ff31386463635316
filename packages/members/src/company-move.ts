import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { insert, type Write } from "@yihao/table/write";
import { letTold, lettingOf } from "./agreement.ts";
import { timersOf } from "./agreement-actions.ts";
import type { Agreement } from "./agreement-model.ts";
import { agreementsOf, agreementWrites, lettingsOf, saveAgreement, writeLettings } from "./agreement-store.ts";
import { zoneOf } from "./days.ts";
import { documentKey, documentKind, documentsOf } from "./document-store.ts";

const rounds = 20;

/** Who has what an agreement lets is the other company. */
async function lettingsFor(scope: Scope, { id, company, resources }: Agreement): Promise<Write[]> {
  return (await lettingsOf(scope, resources)).flatMap(({ resource, lettings, rev }) => {
    if (!lettings.some((one) => one.agreement === id)) return [];
    const after = lettings.map((one) => (one.agreement === id ? { ...one, company } : one));
    return [writeLettings(scope, resource, after, rev)];
  });
}

/**
 * Takes a company's documents and agreements over into another, as they stand: what an agreement lets is let to the other company from the same commit on, and its timers are the other's. The bytes of documents stay where they lie. Safe to run again: what was taken
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
      const after: Agreement = { ...kept, company: into };
      const [gone, row, ...rest] = saveAgreement(scope, agreement, undefined);
      const [fresh, freshRow] = agreementWrites(scope, after);
      if (!gone || !fresh || !freshRow || rest.length > 0) throw new Error("an agreement is one item and its row");
      // The row lies under the same key in the list of the space: it is written over.
      const sameRow = row?.key.pk === freshRow.key.pk && row.key.sk === freshRow.key.sk;
      const writes = [
        ...[gone, ...(row && !sameRow ? [row] : []), fresh, freshRow],
        ...(await lettingsFor(scope, after)),
        ...timersOf(scope, { ...after, state: "draft" }, after, await zoneOf(scope)),
        ...(lettingOf(after) ? [happened(scope, "agreement.let", into, letTold(after), { seed: after.id })] : []),
      ];
      await commit(unsigned, writes, { answer: null });
    }
  }
  throw new Error(`the papers of ${from} found no quiet moment`);
}
