import type { Files, PutLink } from "@yihao/http/files";
import { getSpace } from "@yihao/identity/store";
import type { Month } from "@yihao/kernel/days";
import { beginsAs, fileFault } from "@yihao/kernel/file-types";
import { taxWithin } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim } from "@yihao/table/unique";
import { check, replace, type Write } from "@yihao/table/write";
import { decideFapiao, stepFapiao } from "./fapiao.ts";
import { keepTitle } from "./fapiao-actions.ts";
import type { FapiaoLine, FapiaoStep, FapiaoTitle } from "./fapiao-model.ts";
import { titleOf } from "./fapiao-store.ts";
import type { BillingRefusal } from "./model.ts";
import type { PlatformFapiao, PlatformFapiaoTold } from "./platform-model.ts";
import {
  askedWrite,
  type KeptBill,
  ofPlatform,
  platformBillKey,
  platformBillKind,
  platformBillOf,
  rowWrite,
  unaskedWrite,
} from "./platform-store.ts";

type Answer = Promise<Outcome<PlatformFapiao, BillingRefusal | "missing">>;

/** Whose title it is where a company's would stand: the space's own, as the platform's customer. */
const buyer = "platform";
const defaultBasis = 600;
/** Fapiao that are kept of one bill: beyond them somebody asks and withdraws for no reason. */
const fapiaoMost = 20;

/** What fapiao of the platform's bills are made out to (开票信息); to the space's name, at revision 0, until its owner says. */
export async function readPlatformTitle(scope: Scope): Promise<Stored<FapiaoTitle>> {
  const [stored, space] = await Promise.all([titleOf(scope, buyer), getSpace(scope)]);
  const blank = { taxNumber: "", address: "", phone: "", bank: "", account: "", email: "" };
  return stored ?? { kind: "ordinary", title: space?.name ?? "", ...blank, rev: 0 };
}

/** Says what they are made out to, as it was read at `rev`; otherwise `stale`. */
export const changePlatformTitle = async (scope: Scope, title: FapiaoTitle, rev: number) =>
  keepTitle(scope, buyer, await readPlatformTitle(scope), title, rev);

const live = ({ state }: PlatformFapiao) => state === "requested" || state === "issued";
const last = (bill: KeptBill | undefined) => bill?.fapiao?.at(-1);

/** A bill with its latest fapiao as it is now, and what tells of it. */
function told(scope: Scope, { rev, ...bill }: Stored<KeptBill>, fapiao: PlatformFapiao): Write[] {
  const others = (bill.fapiao ?? []).filter(({ id }) => id !== fapiao.id);
  const data: PlatformFapiaoTold = { month: bill.month, number: bill.number, fapiao: fapiao.id };
  const after: KeptBill = { ...bill, fapiao: [...others, fapiao] };
  return [
    replace(platformBillKey(scope, bill.month), platformBillKind, after, rev, "bill"),
    happened(scope, `platform-fapiao.${fapiao.state}`, buyer, data),
  ];
}

/**
 * Asks the platform for the fapiao of its bill of a month (申请开票), made out as the space's title says now. One at a time a bill; what was declined, withdrawn or red-inked may be asked for anew. Refused as `missing`,
 * `fapiao.asked`, and as `decideFapiao` refuses. The platform's list follows through the stream, for nobody inside a space writes there.
 */
export async function askPlatformFapiao(scope: Scope, month: Month): Answer {
  const [bill, kept] = await Promise.all([platformBillOf(scope, month), readPlatformTitle(scope)]);
  if (!bill) return refuse("missing");
  const before = last(bill);
  if ((before && live(before)) || (bill.fapiao?.length ?? 0) >= fapiaoMost)
    return refuse("fapiao.asked", { number: bill.number });
  const { rev: _rev, ...title } = kept;
  const { amountMinor, taxBasis = defaultBasis } = bill;
  const taxMinor = taxWithin(amountMinor, taxBasis);
  const lines: FapiaoLine[] = [{ stream: "services", amountMinor, taxBasis, taxMinor }];
  const decided = decideFapiao({ state: "due" }, title, lines);
  if (!decided.ok) return decided;
  const fapiao: PlatformFapiao = {
    ...{ id: idFor(scope, "fpq"), state: "requested", title: decided.value, lines, totalMinor: amountMinor, taxMinor },
    ...{ at: scope.now, by: actorName(scope) },
  };
  const outcome = await commit(scope, told(scope, bill, fapiao), { answer: fapiao });
  return outcome.done ? accept(outcome.answer) : refuse("fapiao.asked", { number: bill.number });
}

/** Takes what was asked for back. Refused as `missing` and `fapiao.state`. */
export const withdrawPlatformFapiao = (scope: Scope, month: Month): Answer => step(scope, month, { does: "withdraw" });

/**
 * Records for the platform what became of a space's fapiao (`scope` is the space's): issued with its number, declined, or red-inked. Each number once over all spaces. Refused as `missing`, `fapiao.state` and `fapiao.number-used`.
 */
export const stepPlatformFapiao = (scope: Scope, month: Month, taken: FapiaoStep): Answer =>
  taken.does === "withdraw" ? Promise.resolve(refuse("missing")) : step(scope, month, taken, true);

async function step(scope: Scope, month: Month, taken: FapiaoStep, platform = false): Answer {
  const bill = await platformBillOf(scope, month);
  const before = last(bill);
  if (!bill || !before) return refuse("missing");
  const stepped = stepFapiao(before, taken);
  if (!stepped.ok) return stepped;
  const after = stepped.value;
  const writes = told(scope, bill, after);
  // The platform's list is the platform's to write; what a space withdraws is heard of.
  if (platform) writes.push(...listed(scope, { ...bill, fapiao: [...(bill.fapiao ?? []).slice(0, -1), after] }));
  if ("number" in taken) writes.push(claim(ofPlatform(scope), "fapiao-number", taken.number, after.id));
  const outcome = await commit(scope, writes, { answer: after });
  if (outcome.done) return accept(outcome.answer);
  if ("unique fapiao-number" in outcome.lost)
    return refuse("fapiao.number-used", { number: "number" in taken ? taken.number : "" });
  return refuse("fapiao.state", { state: last(await platformBillOf(scope, month))?.state ?? before.state });
}

/** The platform's rows of a bill as it is: in its month's list, and among what waits while its fapiao does. */
function listed(scope: Scope, bill: KeptBill): Write[] {
  const now = last(bill);
  const at = now && { at: now.at, month: bill.month };
  return [
    rowWrite(scope, bill),
    ...(at ? [now.state === "requested" ? askedWrite(scope, at) : unaskedWrite(scope, at)] : []),
  ];
}

/** Lets the platform's list follow what a space asked for or withdrew: as the bill stands now, so that hearing late or twice does no harm. */
export async function followPlatformFapiao(scope: Scope, { month }: PlatformFapiaoTold): Promise<void> {
  const bill = await platformBillOf(scope, month);
  if (!bill) return;
  const { rev, ...plain } = bill;
  const same = check(platformBillKey(scope, month), [["rev", "=", rev]], "bill");
  if (!(await commit(scope, [...listed(scope, plain), same], { answer: null })).done)
    throw new Error(`the platform's bill of ${month} changed meanwhile`);
}

const fileKey = (scope: Scope, id: string) => `${scope.space}/platform/${id}`;

async function issued(scope: Scope, month: Month) {
  const bill = await platformBillOf(scope, month);
  const fapiao = last(bill);
  return bill && fapiao?.state === "issued" ? { bill, fapiao } : undefined;
}

/** Gives a link under which the file of an issued fapiao is put: a PDF. Refused as `missing` and as files are. */
export async function askPlatformFile(
  scope: Scope,
  files: Files,
  month: Month,
  wish: { readonly name: string; readonly bytes: number },
): Promise<Outcome<PutLink, "missing" | BillingRefusal>> {
  const found = await issued(scope, month);
  if (!found || fileFault({ ...wish, type: "application/pdf" })) return refuse("missing");
  return accept(await files.putLink(fileKey(scope, found.fapiao.id), { type: "application/pdf", bytes: wish.bytes }));
}

/** Keeps that the file of an issued fapiao has come, once its bytes are what was said. Refused as `missing`. */
export async function keepPlatformFile(
  scope: Scope,
  files: Files,
  month: Month,
  file: { readonly name: string; readonly bytes: number },
): Answer {
  const found = await issued(scope, month);
  const there = found && (await files.look(fileKey(scope, found.fapiao.id)));
  if (!found || !there || there.bytes !== file.bytes || !beginsAs("application/pdf", there.head))
    return refuse("missing");
  const { rev, ...bill } = found.bill;
  const after: PlatformFapiao = { ...found.fapiao, file };
  const kept: KeptBill = { ...bill, fapiao: [...(bill.fapiao ?? []).slice(0, -1), after] };
  const writes = [replace(platformBillKey(scope, month), platformBillKind, kept, rev, "bill"), ...listed(scope, kept)];
  const outcome = await commit(scope, writes, { answer: after });
  return outcome.done ? accept(outcome.answer) : refuse("fapiao.state", { state: "issued" });
}

/** A link under which the file of the latest fapiao is fetched. Refused as `missing`. */
export async function platformFileLink(
  scope: Scope,
  files: Files,
  month: Month,
): Promise<Outcome<{ url: string }, "missing">> {
  const fapiao = last(await platformBillOf(scope, month));
  if (!fapiao?.file) return refuse("missing");
  const as = { name: fapiao.file.name, type: "application/pdf" };
  return accept({ url: await files.getLink(fileKey(scope, fapiao.id), as) });
}
