import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { documentOf } from "@yihao/members/document-store";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim, unclaim } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import { creditsOn } from "./credit-store.ts";
import { decideFapiao, fapiaoLines, stepFapiao } from "./fapiao.ts";
import type { Fapiao, FapiaoId, FapiaoStep, FapiaoTitle, FapiaoTold, FapiaoView } from "./fapiao-model.ts";
import {
  fapiaoKey,
  fapiaoKind,
  fapiaoOf,
  fapiaoRowWrites,
  listFapiaos,
  titleKey,
  titleKind,
  titleOf,
} from "./fapiao-store.ts";
import type { BillingRefusal, InvoiceId } from "./model.ts";
import { seenHead } from "./reads.ts";
import { headsOf, linesOn } from "./store.ts";

type Answer<Value> = Promise<Outcome<Value, BillingRefusal | "missing">>;

/** What a company's fapiao are made out to (开票信息); from its own name and code, at revision 0, until somebody says. Undefined when there is no such company. */
export async function readTitle(scope: Scope, id: CompanyId): Promise<Stored<FapiaoTitle> | undefined> {
  const [stored, company] = await Promise.all([titleOf(scope, id), companyOf(scope, id)]);
  if (!company) return undefined;
  const {
    name: title,
    code: taxNumber = "",
    address = "",
    contactPhone: phone = "",
    contactEmail: email = "",
  } = company;
  return stored ?? { kind: "ordinary", title, taxNumber, address, phone, bank: "", account: "", email, rev: 0 };
}

/** Says what a company's fapiao are made out to, as it was read at `rev`; otherwise `stale`. */
export async function changeTitle(
  scope: Scope,
  id: CompanyId,
  title: FapiaoTitle,
  rev: number,
): Promise<Outcome<Stored<FapiaoTitle>, "missing" | "stale">> {
  const before = await readTitle(scope, id);
  return before ? keepTitle(scope, id, before, title, rev) : refuse("missing");
}

/** Keeps a title of whoever buys, a company or the space itself, in place of what was read at `rev`; otherwise `stale`. */
export async function keepTitle(
  scope: Scope,
  buyer: string,
  before: Stored<FapiaoTitle>,
  title: FapiaoTitle,
  rev: number,
): Promise<Outcome<Stored<FapiaoTitle>, "stale">> {
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const key = titleKey(scope, buyer);
  const write = rev === 0 ? insert(key, titleKind, title, "stale") : replace(key, titleKind, title, rev, "stale");
  const outcome = await commit(scope, [write], { answer: { ...title, rev: rev + 1 } });
  return outcome.done ? accept(outcome.answer) : refuse("stale", {});
}

function told(scope: Scope, { id, state, company, invoice, invoiceNumber, number, totalMinor, reason }: Fapiao): Write {
  const data: FapiaoTold = {
    ...{ fapiao: id, company, invoice, invoiceNumber, totalMinor },
    ...(number ? { number } : {}),
    ...(reason ? { reason } : {}),
  };
  return happened(scope, `fapiao.${state}`, company, data);
}

/**
 * Asks for the fapiao of a bill (申请开票) for what is left of it after its credit notes, made out as the company's title says now. One at a time a bill. Refused as `missing` (also for another company's bill), `fapiao.asked`, and as
 * `decideFapiao` refuses.
 */
export async function askFapiao(scope: Scope, invoice: InvoiceId): Answer<Fapiao> {
  const head = await seenHead(scope, invoice);
  if (!head) return refuse("missing");
  const [title, lines, notes] = await Promise.all([
    readTitle(scope, head.company),
    linesOn(scope, head),
    creditsOn(scope, invoice),
  ]);
  const wanted = fapiaoLines(
    lines,
    notes.flatMap((note) => note.lines),
  );
  const { rev: _rev, ...plain } = title ?? { rev: 0 };
  const decided = decideFapiao(head, title ? (plain as FapiaoTitle) : undefined, wanted);
  if (!decided.ok) return decided;
  const sum = (of: (line: (typeof wanted)[number]) => number) => wanted.reduce((total, line) => total + of(line), 0);
  const fapiao: Fapiao = {
    ...{ id: idFor(scope, "fpq"), company: head.company, companyName: head.companyName },
    ...{ invoice, invoiceNumber: head.number ?? "", state: "requested", title: decided.value, lines: wanted },
    totalMinor: sum(({ amountMinor }) => amountMinor),
    taxMinor: sum(({ taxMinor }) => taxMinor),
    creditedMinor: head.creditedMinor ?? 0,
    ...{ at: scope.now, by: actorName(scope) },
  };
  const writes = [
    insert(fapiaoKey(scope, fapiao.id), fapiaoKind, fapiao),
    claim(scope, "fapiao", invoice, fapiao.id),
    ...fapiaoRowWrites(scope, undefined, fapiao),
    told(scope, fapiao),
  ];
  const outcome = await commit(scope, writes, { answer: fapiao });
  return outcome.done ? accept(outcome.answer) : refuse("fapiao.asked", { number: fapiao.invoiceNumber });
}

/**
 * Records what became of a fapiao: issued with its number, red-inked, declined; a company's people may only withdraw what is their own. What is declined, withdrawn or red-inked may be asked for anew. Refused as `missing`, `fapiao.state`,
 * `fapiao.number-used`, and `document.not-there` when its file is none of the company's documents.
 */
export async function stepOn(scope: Scope, id: FapiaoId, step: FapiaoStep): Answer<Fapiao> {
  const stored = await fapiaoOf(scope, id);
  const own = ownCompany(scope);
  if (!stored || (own && (stored.company !== own || step.does !== "withdraw"))) return refuse("missing");
  const { rev, ...before } = stored;
  const stepped = stepFapiao(before, step);
  if (!stepped.ok) return stepped;
  const after = stepped.value;
  if (step.does === "issue" && step.document) {
    const document = await documentOf(scope, after.company, step.document);
    if (document?.state !== "ready") return refuse("missing");
  }
  const number = "number" in step ? [claim(scope, "fapiao-number", step.number, id)] : [];
  const free = step.does === "issue" ? [] : [unclaim(scope, "fapiao", after.invoice, id)];
  const writes = [
    replace(fapiaoKey(scope, id), fapiaoKind, after, rev, "fapiao"),
    ...fapiaoRowWrites(scope, before, after),
    ...number,
    ...free,
    told(scope, after),
  ];
  const outcome = await commit(scope, writes, { answer: after });
  if (outcome.done) return accept(outcome.answer);
  if ("unique fapiao-number" in outcome.lost)
    return refuse("fapiao.number-used", { number: "number" in step ? step.number : "" });
  return refuse("fapiao.state", { state: (await fapiaoOf(scope, id))?.state ?? before.state });
}

/** A page of fapiao, each with whether its bill was credited after it was made out. */
export async function readFapiaos(
  scope: Scope,
  wish: { open: boolean; company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<FapiaoView>> {
  const page = await listFapiaos(scope, { ...wish, company: ownCompany(scope) ?? wish.company });
  const heads = await headsOf(
    scope,
    page.items.map(({ invoice }) => invoice),
  );
  const live = ({ state }: Fapiao) => state === "issued" || state === "requested";
  return {
    items: page.items.map((one, at) => ({
      ...one,
      outdated: live(one) && (heads[at]?.creditedMinor ?? 0) !== one.creditedMinor,
    })),
    next: page.next,
  };
}
