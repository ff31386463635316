import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import type { Charge, InvoiceId } from "./model.ts";
import { unsigned } from "./plan-month.ts";
import {
  allLineKeys,
  billedKey,
  chargesOn,
  companyListKey,
  type Head,
  headKey,
  headOf,
  postCharge,
  rowKey,
} from "./store.ts";

type Billed = Charge & { readonly invoice?: InvoiceId };
/** Charges that one commit makes open again, two writes each; and how many such commits a draft may need. */
const atOnce = 40;
const mostDrawn = 400;

/**
 * Makes a draft (账单草稿) open charges again, as they were before it was drawn, for as long as it is `meant`: a charge is on the draft or open, never both, and the draft goes once it has none. What is finalised meanwhile stays a
 * bill. Safe to run again. Gives whether the draft is gone.
 */
export async function undraw(
  scope: Scope,
  id: InvoiceId,
  meant: (head: Head) => boolean = () => true,
): Promise<boolean> {
  for (let round = 0; ; round += 1) {
    const head = await headOf(scope, id);
    if (!head) return true;
    if (head.state !== "draft" || !meant(head)) return false;
    if (round > mostDrawn) throw new Error(`the draft ${id} found no quiet moment`);
    const charges: Stored<Billed>[] = (await chargesOn(scope, id)).slice(0, atOnce);
    const last = charges.length < atOnce;
    const lines = last ? await allLineKeys(scope, id) : [];
    const writes: Write[] = [
      ...charges.flatMap(({ rev: _, invoice: _invoice, ...charge }): Write[] => [
        { do: "delete", key: billedKey(scope, id, charge.id), when: [["pk", "present"]], tag: "charge" },
        postCharge(scope, charge),
      ]),
      ...(last
        ? [
            { do: "delete", key: headKey(scope, id), when: [["rev", "=", head.rev]], tag: "head" } as const,
            { do: "delete", key: rowKey(scope, head) } as const,
            { do: "delete", key: companyListKey(scope, head) } as const,
          ]
        : [
            {
              ...({ do: "update", key: headKey(scope, id), add: { moved: -charges.length, rev: 1 } } as const),
              ...{ when: [["rev", "=", head.rev]] as const, tag: "head" },
            },
          ]),
    ];
    // Lines only repeat what the charges say: they go first, so that none is left without its draft.
    for (let at = 0; at < lines.length; at += 90)
      await commit(
        unsigned(scope),
        lines.slice(at, at + 90).map((key): Write => ({ do: "delete", key })),
        { answer: null },
      );
    await commit(unsigned(scope), writes, { answer: null });
  }
}
