import { monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { claim, ownerOf } from "@yihao/table/unique";
import { insert, type Write } from "@yihao/table/write";
import type { BillingRefusal, Opening, OpeningTakenOver, OpeningWish } from "./model.ts";
import { placeOf } from "./number.ts";
import {
  cny,
  companyListKey,
  type Head,
  headKey,
  headKind,
  moneyBook,
  openingKey,
  openingKind,
  pointerKind,
  rowWrites,
} from "./store.ts";

type Known = Pick<OpeningWish, "account" | "reference">;
const claimed = (company: CompanyId, { account, reference }: Known) => `${company} ${account} ${reference}`;

/** The document that an opening balance of the old books became here, if it was taken over. */
export const openingTaken = (scope: Scope, company: CompanyId, known: Known): Promise<string | undefined> =>
  ownerOf(scope, "opening", claimed(company, known));

/** Why a balance of the old books cannot be taken over under its number: the number would be read as one of this space's own series. */
export function openingFault({ account, reference }: Known): BillingRefusal | undefined {
  return account === "receivable" && placeOf(reference) ? "opening.number" : undefined;
}

/** The transfer of an opening balance: what is owed goes from the receivable to the opening, what is held or paid ahead comes from it, on its day in the old books. */
export function openingEntry(company: CompanyId, document: string, { account, amountMinor, on }: OpeningWish): Entry {
  const owed = account === "receivable";
  return {
    do: "move",
    book: moneyBook(company),
    unit: cny,
    from: owed ? account : "opening",
    to: owed ? "opening" : account,
    amount: amountMinor,
    document,
    reason: "opening",
    note: { on },
  };
}

/**
 * Takes one balance of the space's old books over (期初余额), in one commit with its transfer and event. A receivable becomes a bill without lines that is due on its old day, so
 * that it ages, is shown and is paid as any other; a deposit or an advance stands on its account. Refused as `opening.taken` when the company's balance of that number was taken
 * over before, `opening.number` when its number is one of this space's own series.
 */
export async function takeOverBalance(
  scope: Scope,
  company: CompanyId,
  wish: OpeningWish,
): Promise<Outcome<{ readonly document: string }, BillingRefusal | "missing">> {
  const owner = await companyOf(scope, company);
  if (!owner) return refuse("missing");
  const fault = openingFault(wish);
  if (fault) return refuse(fault, { number: wish.reference });
  const mark = digest(scope.space, "opening", claimed(company, wish)).slice(0, 16);
  const receivable = wish.account === "receivable";
  const document = `${receivable ? "inv" : "opb"}_${mark}`;
  const told: OpeningTakenOver = {
    company,
    document,
    account: wish.account,
    reference: wish.reference,
    amountMinor: wish.amountMinor,
  };
  const writes: Write[] = [
    claim(scope, "opening", claimed(company, wish), document),
    ...(receivable ? billWrites(scope, owner, `inv_${mark}`, wish) : heldWrites(scope, company, `opb_${mark}`, wish)),
    ...planTransfers(scope, [openingEntry(company, document, wish)]).writes,
    happened(scope, "opening.taken-over", company, told),
  ];
  const outcome = await commit(scope, writes, { answer: { document } });
  return outcome.done ? accept(outcome.answer) : refuse("opening.taken", { number: wish.reference });
}

function billWrites(
  scope: Scope,
  company: { readonly id: CompanyId; readonly name: string; readonly code?: string | undefined },
  id: Head["id"],
  { reference, amountMinor, on, dueOn = on }: OpeningWish,
): Write[] {
  const head: Head = {
    id,
    company: company.id,
    companyName: company.name,
    ...(company.code ? { companyCode: company.code } : {}),
    month: monthOf(on),
    state: "due",
    number: reference,
    totalMinor: amountMinor,
    taxMinor: 0,
    paidMinor: 0,
    streams: [],
    drawnAt: scope.now,
    finalisedAt: scope.now,
    finalisedOn: on,
    dueOn,
    opening: true,
    draw: "",
    moved: 0,
    counted: 0,
  };
  return [
    insert(headKey(scope, id), headKind, head, "head"),
    ...rowWrites(scope, undefined, head),
    { do: "put", key: companyListKey(scope, head), kind: pointerKind, data: { id }, rev: 1 },
  ];
}

function heldWrites(scope: Scope, company: CompanyId, id: Opening["id"], wish: OpeningWish): Write[] {
  const opening: Opening = { ...wish, id, company, at: scope.now };
  return [insert(openingKey(scope, company, id), openingKind, opening, "opening")];
}
