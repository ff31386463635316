import { plain } from "@yihao/members/cells";
import type { BankEntry, Guess } from "./bank-model.ts";
import type { InvoiceRow } from "./model.ts";
import { openOf } from "./open.ts";

/** Whose money it is: `certain` is posted by itself, to the bills that are named; otherwise a guess, if any, is shown to whoever decides. */
export type Match = { readonly certain: boolean; readonly guess?: Guess };

const numbersIn = (text: string) =>
  [
    ...plain(text)
      .toUpperCase()
      .matchAll(/ZD[-\s]?(\d{6})[-\s]?(\d{4,})/g),
  ].map((found) => `ZD-${found[1]}-${found[2]}`);
/** A company's name as banks and people write it: width, case, spaces and brackets do not count. */
const nameOf = (text: string) => plain(text).replace(/[\s()（）]/g, "");

/**
 * Matches money to bills that wait for it. Certain is only: the numbers in the remark are open bills of one company, whose open is exactly the amount; or the payer is one company by its whole name, and
 * the amount is exactly one of its bills or all of them. Anything else waits for a person: the wrong company's bill shown as paid costs more than a look.
 */
export function matchEntry(entry: BankEntry, due: readonly InvoiceRow[]): Match {
  const sum = (bills: readonly InvoiceRow[]) => bills.reduce((total, bill) => total + openOf(bill), 0);
  const guessOf = (bills: readonly InvoiceRow[], by: Guess["by"]): Guess | undefined => {
    const [first] = bills;
    if (!first || bills.some(({ company }) => company !== first.company)) return undefined;
    return { company: first.company, companyName: first.companyName, by, invoices: bills.map(({ id }) => id) };
  };
  const numbers = new Set(numbersIn(entry.remark));
  const named = due.filter(({ number = "" }) => numbers.has(number));
  const byNumber = guessOf(named, "number");
  if (byNumber) return { certain: named.length === numbers.size && sum(named) === entry.amountMinor, guess: byNumber };
  const payer = nameOf(entry.payer);
  const own = payer === "" ? [] : due.filter(({ companyName }) => nameOf(companyName) === payer);
  const byName = guessOf(own, "name");
  if (!byName) return { certain: false };
  const exact = own.filter((bill) => openOf(bill) === entry.amountMinor);
  if (exact.length === 1 && exact[0]) return { certain: true, guess: { ...byName, invoices: [exact[0].id] } };
  if (sum(own) === entry.amountMinor) return { certain: true, guess: byName };
  return { certain: false, guess: { ...byName, invoices: [] } };
}
