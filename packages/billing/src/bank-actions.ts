import { plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { readCsv } from "@yihao/members/import-actions";
import type { MembersRefusal } from "@yihao/members/model";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { ownerOf } from "@yihao/table/unique";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import { readBankFile } from "./bank-file.ts";
import { matchEntry } from "./bank-match.ts";
import type { BankEntry, BankImported, BankLine, BankLineId, Guess } from "./bank-model.ts";
import { bankLineId, bankLineKey, bankLineKind, bankLineOf, bankRowKey } from "./bank-store.ts";
import type { BillingRefusal, NewPayment, Payment, PaymentId } from "./model.ts";
import { openOf } from "./open.ts";
import { recordPayment } from "./payments.ts";
import { allRows, paymentOf } from "./store.ts";

/**
 * Takes a bank's file in: each line once, whatever files it stands in; other money under a known reference is told as a fault. What is certainly of one company is recorded as its payment, all else waits for a person. Safe to run again after a crash: what was
 * recorded is known. Refused as a table that cannot be read, `bank.heading`, `bank.empty`, `bank.too-many`.
 */
export async function importBank(
  scope: Scope,
  csv: string,
): Promise<Outcome<BankImported, BillingRefusal | MembersRefusal>> {
  const table = readCsv(csv, { blanks: true });
  if (!table.ok) return table;
  const file = readBankFile(table.value);
  if (!file.ok) return file;
  const told = { posted: 0, waiting: 0, known: 0, outgoing: file.value.outgoing, postedMinor: 0 };
  const faults = [...file.value.faults];
  for (const { row, ...entry } of file.value.entries) {
    const became = await takeIn(stepOf(scope, entry.reference), entry);
    if (became === "used") faults.push({ row, what: "used", value: entry.reference });
    else told[became] += 1;
    if (became === "posted") told.postedMinor += entry.amountMinor;
  }
  return accept({ ...told, faults: faults.sort((one, other) => one.row - other.row) });
}

/** A reference that is known already is the same line once more, if its money is the same and of about the same day; other money under it is nobody's to leave out silently (`used`). */
async function takeIn(scope: Scope, entry: BankEntry): Promise<"posted" | "waiting" | "known" | "used"> {
  const id = bankLineId(scope, entry);
  const owner = await ownerOf(scope, "payment", `transfer ${entry.reference}`);
  const before = owner ? await paymentOf(scope, owner) : await bankLineOf(scope, id);
  if (before) return sameMoney(before, entry) ? "known" : "used";
  const due = await allRows(scope, "due");
  const { certain, guess } = matchEntry(entry, due);
  if (certain && guess) {
    const parts = due.filter((bill) => guess.invoices.includes(bill.id));
    const invoices = parts.map((bill) => ({ invoice: bill.id, amountMinor: openOf(bill) }));
    const recorded = await recordPayment(scope, wishOf(entry, guess.company, invoices));
    if (recorded.ok) return "posted";
  }
  const line: BankLine = {
    ...{ ...entry, id, state: "open", at: scope.now, by: actorName(scope) },
    ...(guess ? { guess } : {}),
  };
  const writes = [
    insert(bankLineKey(scope, id), bankLineKind, line, "line"),
    overwrite(bankRowKey(scope, line), bankLineKind, line),
  ];
  const outcome = await commit({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } }, writes, {
    answer: null,
  });
  return outcome.done ? "waiting" : "known";
}

/** Banks date a line by when it was made or by when it was booked: so many days may lie between two files' days of one line. */
const daysApart = 7;

/** Whether what stands under a reference is the money of a line: as much, and of about the same day. Banks use numbers of vouchers again, for a rent of every month too. */
function sameMoney(before: Payment | BankLine, entry: BankEntry): boolean {
  const day = "receivedOn" in before ? before.receivedOn : "day" in before ? before.day : undefined;
  const near = day === undefined || (plusDays(day, -daysApart) <= entry.day && entry.day <= plusDays(day, daysApart));
  return before.amountMinor === entry.amountMinor && near;
}

const wishOf = (entry: BankEntry, company: Guess["company"], invoices?: NewPayment["invoices"]): NewPayment => ({
  ...{ company, amountMinor: entry.amountMinor, way: "transfer", reference: entry.reference, receivedOn: entry.day },
  ...(invoices ? { invoices } : {}),
});

function moved(scope: Scope, { rev, ...before }: BankLine & { rev: number }, after: BankLine): Write[] {
  return [
    replace(bankLineKey(scope, before.id), bankLineKind, after, rev, "line"),
    { do: "delete", key: bankRowKey(scope, before) },
    overwrite(bankRowKey(scope, after), bankLineKind, after),
  ];
}

/**
 * Says whose a waiting line is: its payment is recorded in the same commit, oldest bill first, what is over as balance. Refused as `missing`, `bank.decided`, and as any
 * payment.
 */
export async function assignLine(
  scope: Scope,
  id: BankLineId,
  company: CompanyId,
): Promise<Outcome<BankLine, BillingRefusal | "missing">> {
  const stored = await bankLineOf(scope, id);
  if (!stored) return refuse("missing");
  if (stored.state !== "open") return refuse("bank.decided");
  const { rev: _rev, guess: _guess, ...line } = stored;
  let after: BankLine | undefined;
  const beside = (payment: PaymentId): Write[] => {
    after = { ...line, state: "matched", company, payment };
    return moved(scope, stored, after);
  };
  const recorded = await recordPayment(scope, wishOf(line, company), {
    writes: beside,
    lost: ["line", "bank.decided"],
  });
  if (!recorded.ok) return recorded;
  return accept(after ?? { ...line, state: "matched", company, payment: recorded.value.id });
}

/** Sets a waiting line aside (不入账): money of no company, such as interest. Refused as `missing` and `bank.decided`. */
export async function setAside(scope: Scope, id: BankLineId): Promise<Outcome<BankLine, BillingRefusal | "missing">> {
  const stored = await bankLineOf(scope, id);
  if (!stored) return refuse("missing");
  if (stored.state !== "open") return refuse("bank.decided");
  const { rev: _rev, ...line } = stored;
  const after: BankLine = { ...line, state: "set-aside" };
  const outcome = await commit(scope, moved(scope, stored, after), { answer: after });
  if (outcome.done) return accept(outcome.answer);
  if ("line" in outcome.lost) return refuse("bank.decided");
  throw new Refused("busy");
}
