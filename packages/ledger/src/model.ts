import type { Id } from "@yihao/kernel/ids";

export type TransferId = Id<"xfr">;
export type PendingId = Id<"pnd">;

/** What is counted, in whole numbers: `sku:<product>[:<lot>]`, `credit:<kind>`, `cny` (fen). */
export type Unit = string;
/** A place in a book, e.g. `free`, `bin:01-01-01`, `receivable`, `revenue:storage`. */
export type Account = string;

/**
 * A set of accounts that share a partition (账簿). `shared` books keep all balances of a unit in one item, so that a
 * reservation is one update; `each` books keep one item per account and unit. `open` accounts have no balance: their
 * totals are folded from the stream. All other accounts are checked: their available balance never goes below zero,
 * unless `mayOwe` says so.
 */
export type Book = {
  readonly parts: readonly [string, ...string[]];
  readonly layout: "shared" | "each";
  readonly open: (account: Account) => boolean;
  readonly mayOwe?: (account: Account) => boolean;
};

type About = {
  /** The document that caused it, e.g. an order's id. */
  readonly document?: string;
  readonly reason?: string;
  /** Small facts fixed now that the stock card or bill needs later. */
  readonly note?: Readonly<Record<string, string | number | boolean>>;
};

/** A wish to move an amount at once. */
export type Move = About & {
  readonly do: "move";
  readonly book: Book;
  readonly unit: Unit;
  readonly from: Account;
  readonly to: Account;
  readonly amount: number;
};
/** A pending transfer: takes the amount from what `from` has available now, gives it to `to` only when posted. */
export type Hold = Omit<Move, "do"> & { readonly do: "hold"; readonly id: PendingId; readonly expires?: string };
/** Posts or voids a pending transfer, whole or in part; each unit of it once. */
export type Settle = About & {
  readonly do: "post" | "void";
  readonly pending: Pending;
  readonly book: Book;
  readonly amount: number;
};
export type Entry = Move | Hold | Settle;

/** A transfer as it is kept: written once, never changed. */
export type Transfer = About & {
  readonly id: TransferId;
  readonly book: string;
  readonly kind: Entry["do"];
  readonly unit: Unit;
  readonly from: Account;
  readonly to: Account;
  readonly amount: number;
  readonly pending?: PendingId;
  readonly at: string;
  readonly by: string;
};

/** What is still open of a pending transfer. */
export type Pending = {
  readonly id: PendingId;
  readonly unit: Unit;
  readonly from: Account;
  readonly to: Account;
  readonly amount: number;
  readonly left: number;
  readonly document?: string;
  readonly expires?: string;
};

/** A balance: `available` may be used, `held` is taken by pending transfers out of it; their sum is what is posted. */
export type Balance = {
  readonly account: Account;
  readonly unit: Unit;
  readonly available: number;
  readonly held: number;
};

/** An account that had less available than was asked of it. */
export type Shortage = {
  readonly book: string;
  readonly account: Account;
  readonly unit: Unit;
  readonly wanted: number;
  readonly available: number;
};

/** The name of a book, as transfers carry it. */
export function bookName(book: Book): string {
  return book.parts.join("/");
}
