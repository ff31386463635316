import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { insert, replace, type Write } from "@yihao/table/write";
import { titleKey, titleKind, titleOf } from "./fapiao-store.ts";
import type { BillTerms } from "./model.ts";
import { billWayOf, billWayWrite, wayKey } from "./store.ts";

/** What a company said of how it is billed and whom its fapiao are made out to, by name and tax number. Two reads. */
export async function termsOf(scope: Scope, company: CompanyId): Promise<BillTerms> {
  const [way, title] = await Promise.all([billWayOf(scope, company), titleOf(scope, company)]);
  return {
    ...(way.rev > 0 ? { way: way.bills } : {}),
    ...(title ? { title: [title.title, title.taxNumber].filter(Boolean).join(" ") } : {}),
  };
}

type Side = "from" | "into";

/**
 * Takes what a company said of its bills and its fapiao over into another, where that said nothing, or where it was chosen over what that said; the rest of it is gone. Before the bills of the merged one are drawn anew, and safe to run
 * again: what was taken over is there no more.
 */
export async function moveTerms(
  scope: Scope,
  from: CompanyId,
  into: CompanyId,
  choices: { readonly way?: Side | undefined; readonly title?: Side | undefined },
): Promise<void> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const [way, mine, title, own] = await Promise.all([
      billWayOf(scope, from),
      billWayOf(scope, into),
      titleOf(scope, from),
      titleOf(scope, into),
    ]);
    const writes: Write[] = [];
    if (way.rev > 0) {
      writes.push({ do: "delete", key: wayKey(scope, from) });
      if (mine.bills !== way.bills && (mine.rev === 0 || choices.way === "from"))
        writes.push(
          billWayWrite(scope, into, { bills: way.bills }, mine.rev),
          happened(scope, "bill-way.changed", into, { company: into, before: mine.bills, after: way.bills }),
        );
    }
    if (title) {
      const { rev: _, ...plain } = title;
      writes.push({ do: "delete", key: titleKey(scope, from) });
      if (!own) writes.push(insert(titleKey(scope, into), titleKind, plain, "title"));
      else if (choices.title === "from")
        writes.push(replace(titleKey(scope, into), titleKind, plain, own.rev, "title"));
    }
    if (writes.length === 0) return;
    if ((await commit(stepOf(scope, `terms ${attempt}`), writes, { answer: null })).done) return;
    await giveWay(scope, attempt);
  }
  throw new Error(`how ${into} is billed found no quiet moment`);
}
