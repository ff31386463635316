import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { replace } from "@yihao/table/write";
import { approvalKey, approvalKind, listApprovals } from "./approval-store.ts";

/** What a person proposed and waits for a second one is proposed by the other account of the same person: nobody approves their own wish under another e-mail. Safe to run again. */
export async function movePerson(scope: Scope, from: string, into: { readonly person: string; readonly name: string }) {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let cursor: string | undefined; ; ) {
    const page = await listApprovals(scope, { open: true, cursor, limit: 100 });
    for (const { rev, ...approval } of page.items)
      if (approval.proposedBy === from) {
        const after = { ...approval, proposedBy: into.person, proposedName: into.name };
        await commit(unsigned, [replace(approvalKey(scope, approval.id), approvalKind, after, rev)], { answer: null });
      }
    if (!page.next) return;
    cursor = page.next;
  }
}
