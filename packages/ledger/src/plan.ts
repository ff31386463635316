import type { Account, Book, Entry, Unit } from "./model.ts";
import { bookName } from "./model.ts";

/** The change of one account within a commit, all entries summed. */
export type Delta = {
  readonly book: Book;
  readonly account: Account;
  readonly unit: Unit;
  available: number;
  held: number;
};
/** The change of what is open of one pending transfer. */
export type Settled = { readonly book: Book; readonly id: string; amount: number };
export type Deltas = { readonly accounts: Delta[]; readonly pendings: Settled[] };

/**
 * Sums entries per account before any condition is built, so that two lines of one product cannot both pass alone.
 * Throws on an amount that is not a whole number above 0, and on a transfer from an account to itself: both are bugs.
 */
export function sumEntries(entries: readonly Entry[]): Deltas {
  const accounts = new Map<string, Delta>();
  const pendings = new Map<string, Settled>();
  const change = (book: Book, account: Account, unit: Unit, available: number, held: number) => {
    if (book.open(account)) return;
    const key = `${bookName(book)}\n${account}\n${unit}`;
    const delta = accounts.get(key) ?? { book, account, unit, available: 0, held: 0 };
    delta.available += available;
    delta.held += held;
    accounts.set(key, delta);
  };
  for (const entry of entries) {
    const { amount, book } = entry;
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`a transfer of ${amount}`);
    const { from, to, unit } = "pending" in entry ? entry.pending : entry;
    if (from === to) throw new RangeError(`a transfer from ${from} to itself`);
    switch (entry.do) {
      case "move":
        change(book, from, unit, -amount, 0);
        change(book, to, unit, amount, 0);
        break;
      case "hold":
        if (book.open(from)) throw new RangeError(`a hold on the open account ${from}`);
        change(book, from, unit, -amount, amount);
        break;
      case "post":
        change(book, from, unit, 0, -amount);
        change(book, to, unit, amount, 0);
        break;
      case "void":
        change(book, from, unit, amount, -amount);
        break;
    }
    if (entry.do === "post" || entry.do === "void") {
      const key = `${bookName(book)}\n${entry.pending.id}`;
      const settled = pendings.get(key) ?? { book, id: entry.pending.id, amount: 0 };
      settled.amount += amount;
      pendings.set(key, settled);
    }
  }
  const moved = [...accounts.values()].filter((delta) => delta.available !== 0 || delta.held !== 0);
  return { accounts: moved, pendings: [...pendings.values()] };
}
