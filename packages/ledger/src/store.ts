/**
 * Items of the ledger. A book's partition is `<space>#book#<part>#…`; sizes are of typical items.
 *
 * | item            | sort key                | written by           | units | size  |
 * |-----------------|-------------------------|----------------------|-------|-------|
 * | shared balance  | `bal#<unit>`            | every entry          | 2     | 0.3 kB |
 * | own balance     | `bal#<account>#<unit>`  | every entry          | 2     | 0.2 kB |
 * | transfer (流水)  | `xfr#<at>#<id>`         | every entry, once    | 2     | 0.4 kB |
 * | pending         | `pnd#<id>`              | hold, post, void     | 2     | 0.3 kB |
 * | fold            | own partition `fold`    | the stream, 2 units and a receipt | 4 | 0.2 kB |
 * | document index  | partition `docx#<document>` | the stream       | 2     | 0.2 kB |
 *
 * So a reservation (free → reserved) is 4 units, a move between two bins 6, a receipt in both books 8; the room adds its
 * document and, where no document stands witness, the command's receipt.
 */
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { actorName } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Key, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, query, queryAll, queryRaw, type Range, type Raw } from "@yihao/table/read";
import { onItem } from "@yihao/table/stream";
import { type Clause, check, insert, overwrite, type Write } from "@yihao/table/write";
import {
  type Account,
  type Balance,
  type Book,
  bookName,
  type Entry,
  type Pending,
  type Shortage,
  type Transfer,
  type Unit,
} from "./model.ts";
import { type Delta, sumEntries } from "./plan.ts";

export const transferKind = kindOf<Transfer>("xfr");
export const balanceKind = kindOf<Record<string, unknown>>("bal");
export const pendingKind = kindOf<Pending>("pnd");
export const foldKind = kindOf<{ account: Account; unit: Unit; total: number }>("fold");
const documentKind = kindOf<{ transfer: Transfer }>("docx");

const bookPartition = (scope: AnyScope, book: Book) => partition(scope, "book", ...book.parts);

function balanceKey(scope: AnyScope, book: Book, account: Account, unit: Unit): Key {
  return { pk: bookPartition(scope, book), sk: book.layout === "shared" ? `bal#${unit}` : `bal#${account}#${unit}` };
}

/** Attributes of an account's balance: its own item has plain ones, a shared item one pair per account. */
const names = (book: Book, account: Account) =>
  book.layout === "shared" ? { a: `a:${account}`, h: `h:${account}` } : { a: "a", h: "h" };

export type Plan = {
  readonly writes: Write[];
  readonly transfers: readonly Transfer[];
  /** Which accounts were short, from what a commit lost; empty when it was lost for other reasons. */
  readonly shortages: (lost: Readonly<Record<string, Raw | null>>) => Shortage[];
};

/**
 * Turns entries into the writes of a commit: balances under their conditions, pending items, and one transfer item each.
 * The ids of the transfers are made from the command and `seed`, so put all entries of one command in one plan or seed them apart.
 */
export function planTransfers(scope: Scope, entries: readonly Entry[], seed = ""): Plan {
  const { accounts, pendings } = sumEntries(entries);
  const byItem = new Map<string, { key: Key; deltas: Delta[] }>();
  for (const delta of accounts) {
    const key = balanceKey(scope, delta.book, delta.account, delta.unit);
    const item = byItem.get(`${key.pk}\n${key.sk}`) ?? { key, deltas: [] };
    item.deltas.push(delta);
    byItem.set(`${key.pk}\n${key.sk}`, item);
  }
  const writes: Write[] = [];
  const checks: { tag: string; deltas: Delta[] }[] = [];
  for (const { key, deltas } of byItem.values()) {
    const tag = `balance ${seed}${writes.length}`;
    const add: Record<string, number> = {};
    const when: Clause[] = [];
    for (const { book, account, available, held } of deltas) {
      const { a, h } = names(book, account);
      if (available !== 0) add[a] = available;
      if (held !== 0) add[h] = held;
      if (available < 0 && !book.mayOwe?.(account)) when.push([a, ">=", -available]);
      if (held < 0) when.push([h, ">=", -held]);
    }
    const [first] = deltas;
    const set = first && {
      unit: first.unit,
      book: bookName(first.book),
      ...(first.book.layout === "each" ? { account: first.account } : {}),
    };
    writes.push({ do: "update", key, kind: balanceKind, ...(set ? { set } : {}), add, when, tag });
    checks.push({ tag, deltas });
  }
  for (const { book, id, amount } of pendings) {
    const key = pendingKey(scope, book, id);
    writes.push({ do: "update", key, add: { left: -amount }, when: [["left", ">=", amount]], tag: `pending ${id}` });
  }
  const transfers = entries.map((entry, index) => transferOf(scope, entry, `${seed}${index}`));
  entries.forEach((entry, index) => {
    const transfer = transfers[index];
    if (transfer) writes.push(insert(transferKey(scope, entry.book, transfer), transferKind, transfer));
    if (entry.do === "hold") {
      const { id, unit, from, to, amount, document, expires } = entry;
      const pending = {
        id,
        unit,
        from,
        to,
        amount,
        left: amount,
        ...(document ? { document } : {}),
        ...(expires ? { expires } : {}),
      };
      writes.push(insert(pendingKey(scope, entry.book, id), pendingKind, pending));
    }
  });
  return { writes, transfers, shortages: (lost) => shortages(checks, lost) };
}

const pendingKey = (scope: AnyScope, book: Book, id: string): Key => ({
  pk: bookPartition(scope, book),
  sk: `pnd#${id}`,
});
const transferKey = (scope: AnyScope, book: Book, { at, id }: Transfer): Key => ({
  pk: bookPartition(scope, book),
  sk: `xfr#${at}#${id}`,
});

function transferOf(scope: Scope, entry: Entry, seed: string): Transfer {
  const settled = "pending" in entry ? entry.pending : undefined;
  const { unit, from, to } = "pending" in entry ? entry.pending : entry;
  const document = entry.document ?? settled?.document;
  const pending = settled?.id ?? (entry.do === "hold" ? entry.id : undefined);
  return {
    id: idFor(scope, "xfr", seed),
    book: bookName(entry.book),
    kind: entry.do,
    unit,
    from,
    to,
    amount: entry.amount,
    ...(pending ? { pending } : {}),
    ...(document ? { document } : {}),
    ...(entry.reason ? { reason: entry.reason } : {}),
    ...(entry.note ? { note: entry.note } : {}),
    at: scope.now,
    by: actorName(scope),
  };
}

function shortages(
  checks: readonly { tag: string; deltas: Delta[] }[],
  lost: Readonly<Record<string, Raw | null>>,
): Shortage[] {
  const short: Shortage[] = [];
  for (const { tag, deltas } of checks) {
    const item = lost[tag];
    if (item === undefined) continue;
    for (const { book, account, unit, available } of deltas) {
      const has = Number(item?.[names(book, account).a] ?? 0);
      if (available < 0 && has < -available && !book.mayOwe?.(account))
        short.push({ book: bookName(book), account, unit, wanted: -available, available: has });
    }
  }
  return short;
}

function balancesIn(book: Book, raw: Raw): Balance[] {
  const unit = String(raw.unit);
  if (book.layout === "each")
    return [{ account: String(raw.account), unit, available: Number(raw.a ?? 0), held: Number(raw.h ?? 0) }];
  const accounts = new Set(
    Object.keys(raw)
      .filter((name) => /^[ah]:/.test(name))
      .map((name) => name.slice(2)),
  );
  return [...accounts].map((account) => ({
    account,
    unit,
    available: Number(raw[`a:${account}`] ?? 0),
    held: Number(raw[`h:${account}`] ?? 0),
  }));
}

/** Every balance of a book, zero ones left out. One query; eventually consistent unless asked otherwise. */
export async function balancesOf(
  scope: AnyScope,
  book: Book,
  options: { consistent?: boolean } = {},
): Promise<Balance[]> {
  const page = await queryRaw(scope, bookPartition(scope, book), {
    prefix: "bal#",
    limit: Number.POSITIVE_INFINITY,
    ...options,
  });
  return page.items
    .flatMap((raw) => balancesIn(book, raw))
    .filter(({ available, held }) => available !== 0 || held !== 0);
}

/** The balance of one account, zero when it never moved. One consistent read unit. */
export async function balanceOf(scope: AnyScope, book: Book, account: Account, unit: Unit): Promise<Balance> {
  const raw = await get(scope, balanceKind, balanceKey(scope, book, account, unit));
  const found = raw && balancesIn(book, { unit, account, ...raw }).find((balance) => balance.account === account);
  return found ?? { account, unit, available: 0, held: 0 };
}

/** Asserts that an account still stands at the balance that was read: for projections that must never go back to an older one. */
export function stillStands(scope: AnyScope, book: Book, balance: Balance, tag?: string): Write {
  const { a, h } = names(book, balance.account);
  const at = (name: string, value: number): Clause => (value === 0 ? [name, "absent-or", "=", 0] : [name, "=", value]);
  const when = [at(a, balance.available), at(h, balance.held)];
  return check(balanceKey(scope, book, balance.account, balance.unit), when, tag);
}

/** A page of a book's transfers, newest first unless told otherwise; `from` and `until` are instants. */
export function historyOf(scope: AnyScope, book: Book, range: Range = {}): Promise<Page<Transfer>> {
  return query(scope, transferKind, bookPartition(scope, book), { prefix: "xfr#", newest: true, ...range });
}

/** A page of the transfers that touched one account of a book; a page may be short or empty and still have a next one. */
export async function historyOfAccount(
  scope: AnyScope,
  book: Book,
  account: Account,
  range: Range = {},
): Promise<Page<Transfer>> {
  const page = await historyOf(scope, book, range);
  return { items: page.items.filter(({ from, to }) => from === account || to === account), next: page.next };
}

/** Every transfer that a document caused, in time order, over all books; it follows the stream, so the newest may lag a moment. */
export async function historyOfDocument(scope: AnyScope, document: string): Promise<Transfer[]> {
  return (await queryAll(scope, documentKind, partition(scope, "docx", document))).map(({ transfer }) => transfer);
}

/** A pending transfer of a book, with what is still open of it. */
export function pendingOf(scope: AnyScope, book: Book, id: string): Promise<Pending | undefined> {
  return get(scope, pendingKind, pendingKey(scope, book, id));
}

/** The total that an open account has received less what it gave, as far as the stream has been folded. */
export async function foldedTotal(scope: AnyScope, account: Account, unit: Unit): Promise<number> {
  return (await get(scope, foldKind, foldKey(scope, account, unit)))?.total ?? 0;
}

const foldKey = (scope: AnyScope, account: Account, unit: Unit): Key => ({
  pk: partition(scope, "fold"),
  sk: `${account}#${unit}`,
});

/** The write that adds to the total of an open account; in a commit with a receipt, so that it is added once. */
export const foldWrite = (scope: AnyScope, account: Account, unit: Unit, amount: number): Write => ({
  do: "update",
  key: foldKey(scope, account, unit),
  kind: foldKind,
  set: { account, unit },
  add: { total: amount },
});

/**
 * The ledger's own reactions: totals of open accounts, each transfer counted once by the receipt of its command, and the
 * index of transfers by document. `isOpen` tells open accounts by book name.
 */
export function ledgerReactions(isOpen: (book: string, account: Account) => boolean) {
  return [
    onItem("ledger.fold", transferKind, async (scope, transfer) => {
      const writes: Write[] = [];
      const counted = transfer.kind === "move" || transfer.kind === "post";
      const { book, from, to, unit, amount } = transfer;
      if (counted && isOpen(book, from)) writes.push(foldWrite(scope, from, unit, -amount));
      if (counted && isOpen(book, to)) writes.push(foldWrite(scope, to, unit, amount));
      const folds = writes.length > 0;
      if (transfer.document) {
        const key: Key = { pk: partition(scope, "docx", transfer.document), sk: `${transfer.at}#${transfer.id}` };
        writes.push(overwrite(key, documentKind, { transfer }));
      }
      // The index alone may be written twice; only what is added to a total needs a receipt.
      const twice = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
      if (writes.length > 0) await commit(folds ? scope : twice, writes, { answer: null });
    }),
  ];
}
