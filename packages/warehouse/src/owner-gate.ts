import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Transfer } from "@yihao/ledger/model";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";

/*
 * What was let in for an owner with limits and may not stand in the copies yet.
 *
 * | item         | key                  | written by                                                    | W |
 * |--------------|----------------------|---------------------------------------------------------------|---|
 * | gate of one  | `owng` / `<company>` | receiving, putting away and moving; the stream, once it heard | 2 |
 *
 * An attribute `c:<transfer>` for each transfer that was let in: units and millilitres that came, or the bin that they went into. Whoever lets something in has the gate's revision as a condition, so that two
 * never count the same room as free; the stream takes an attribute away after it has written the copy, and leaves the revision as it is.
 */
const gateKind = kindOf<Record<string, unknown>>("owng");
const keyOf = (scope: Scope, company: string): Key => keyIn(partition(scope, "owng"), company);

/** What one transfer that was let in takes. */
export type LetIn = { readonly units?: number; readonly ml?: number; readonly bin?: string };
/** A gate as it was read; revision 0 before the first was let in. */
export type Gate = { readonly rev: number; readonly pending: ReadonlyMap<string, LetIn> };

const mark = "c:";

/** The gate of an owner. Read it before the copies: what is gone from it stands in them. One read unit. */
export async function gateOf(scope: Scope, company: CompanyId): Promise<Gate> {
  const found = await get(scope, gateKind, keyOf(scope, company));
  const marks = Object.entries(found ?? {}).filter(([name]) => name.startsWith(mark));
  return {
    rev: found?.rev ?? 0,
    pending: new Map(marks.map(([name, value]) => [name.slice(mark.length), value as LetIn])),
  };
}

/** The note of transfers that are let in: by it the stream knows that a gate waits for them. */
export const letInNote = (gate: Gate | undefined) => (gate === undefined ? {} : { letIn: 1 });

/** The write that lets transfers in, lost under `gate` when somebody else let something in since it was read; nothing without a gate. */
export function letIn(
  scope: Scope,
  company: CompanyId,
  gate: Gate | undefined,
  transfers: readonly Transfer[],
  what: (transfer: Transfer) => LetIn | undefined,
): Write[] {
  if (gate === undefined) return [];
  const marks = transfers.flatMap((one) => {
    const takes = what(one);
    return takes === undefined ? [] : [[`${mark}${one.id}`, takes] as const];
  });
  return [
    {
      ...{ do: "update", key: keyOf(scope, company), kind: gateKind, tag: "gate" },
      ...{ set: Object.fromEntries(marks), add: { rev: 1 } },
      when: [gate.rev === 0 ? ["rev", "absent"] : ["rev", "=", gate.rev]],
    },
  ];
}

/** Takes a transfer off the gate of its owner: the copies tell of it now. */
export async function heardAtGate(scope: Scope, company: CompanyId, transfer: Transfer): Promise<void> {
  if (transfer.note?.letIn === undefined) return;
  const twice = { ...scope, command: { id: `auto:${scope.command.id} gate`, print: "" } };
  const write: Write = {
    ...{ do: "update", key: keyOf(scope, company), remove: [`${mark}${transfer.id}`] },
    when: [["pk", "present"]],
  };
  await commit(twice, [write], { answer: null });
}
