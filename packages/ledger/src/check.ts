import type { Transfer } from "./model.ts";

/** A raw item as a full read of the table gives it. */
export type RawItem = Readonly<Record<string, unknown>>;
/** Something that does not hold, with the numbers that show it. */
export type Violation = {
  readonly rule: string;
  readonly where: string;
  readonly expected: unknown;
  readonly found: unknown;
};

type Sums = { available: number; held: number };

/**
 * Folds every transfer of every book and compares it with every balance and pending item: balances equal the sums of their
 * transfers, nothing checked is negative but what `mayOwe`, and what is held is what is open of the pending transfers.
 */
export function checkLedger(
  items: Iterable<RawItem>,
  mayOwe: (book: string, account: string) => boolean = () => false,
): Violation[] {
  const expected = new Map<string, Sums>();
  const found = new Map<string, Sums>();
  const open = new Map<string, number>();
  const held = new Map<string, number>();
  const left = new Map<string, number>();
  const ids = new Map<string, number>();
  const bookOf = new Map<string, string>();
  const sum = (map: Map<string, Sums>, key: string, available: number, heldBy: number) => {
    const one = map.get(key) ?? { available: 0, held: 0 };
    map.set(key, { available: one.available + available, held: one.held + heldBy });
  };
  for (const item of items) {
    const pk = String(item.pk);
    if (item.k === "xfr") {
      const transfer = item as unknown as Transfer;
      ids.set(transfer.id, (ids.get(transfer.id) ?? 0) + 1);
      const from = `${pk}\n${transfer.from}\n${transfer.unit}`;
      const to = `${pk}\n${transfer.to}\n${transfer.unit}`;
      const { amount, kind } = transfer;
      if (kind === "move") {
        sum(expected, from, -amount, 0);
        sum(expected, to, amount, 0);
      } else if (kind === "hold") sum(expected, from, -amount, amount);
      else if (kind === "post") {
        sum(expected, from, 0, -amount);
        sum(expected, to, amount, 0);
      } else sum(expected, from, amount, -amount);
      if (transfer.pending) {
        const key = `${pk}\n${transfer.pending}`;
        left.set(key, (left.get(key) ?? 0) + (kind === "hold" ? amount : -amount));
      }
    } else if (item.k === "bal") {
      for (const [name, value] of Object.entries(item)) {
        const shared = /^([ah]):(.*)$/s.exec(name);
        const which = shared?.[1] ?? (name === "a" || name === "h" ? name : undefined);
        if (which === undefined) continue;
        const account = shared?.[2] ?? String(item.account);
        const key = `${pk}\n${account}\n${String(item.unit)}`;
        bookOf.set(key, String(item.book));
        sum(found, key, which === "a" ? Number(value) : 0, which === "h" ? Number(value) : 0);
      }
    } else if (item.k === "pnd") {
      const key = `${pk}\n${String(item.id)}`;
      open.set(key, Number(item.left));
      const account = `${pk}\n${String(item.from)}\n${String(item.unit)}`;
      held.set(account, (held.get(account) ?? 0) + Number(item.left));
    }
  }
  const violations: Violation[] = [];
  const say = (rule: string, where: string, wanted: unknown, got: unknown) =>
    violations.push({ rule, where: where.replaceAll("\n", " "), expected: wanted, found: got });
  for (const [id, times] of ids) if (times > 1) say("ledger.transfer-once", id, 1, times);
  for (const [key, balance] of found) {
    const should = expected.get(key) ?? { available: 0, held: 0 };
    if (should.available !== balance.available || should.held !== balance.held)
      say("ledger.balance-is-sum", key, should, balance);
    if (balance.held !== (held.get(key) ?? 0))
      say("ledger.held-is-open-pending", key, held.get(key) ?? 0, balance.held);
    if (balance.available < 0 && !mayOwe(bookOf.get(key) ?? "", key.split("\n")[1] ?? ""))
      say("ledger.not-negative", key, ">= 0", balance.available);
    if (balance.held < 0) say("ledger.held-not-negative", key, ">= 0", balance.held);
  }
  for (const key of held.keys())
    if (!found.has(key) && held.get(key) !== 0) say("ledger.held-is-open-pending", key, held.get(key), 0);
  for (const [key, amount] of open) {
    if (amount !== (left.get(key) ?? 0)) say("ledger.pending-left", key, left.get(key) ?? 0, amount);
    if (amount < 0) say("ledger.pending-not-negative", key, ">= 0", amount);
  }
  return violations;
}

/**
 * What the ledger's reactions keep: every transfer of a document stands in the document's index, and the total of every
 * open account is the sum of its transfers. Both follow the stream: check them when it is drained.
 */
export function checkLedgerCopies(
  items: Iterable<RawItem>,
  isOpen: (book: string, account: string) => boolean,
): Violation[] {
  const sums = new Map<string, number>();
  const totals = new Map<string, number>();
  const wanted = new Set<string>();
  const indexed = new Set<string>();
  const plus = (space: string, account: string, unit: string, amount: number) => {
    const key = `${space} ${account} ${unit}`;
    sums.set(key, (sums.get(key) ?? 0) + amount);
  };
  for (const item of items) {
    const [space = "", , document = ""] = String(item.pk).split("#");
    if (item.k === "xfr") {
      const { id, book, kind, unit, from, to, amount, document: cause } = item as unknown as Transfer;
      if (cause) wanted.add(`${space} ${cause} ${id}`);
      if (kind !== "move" && kind !== "post") continue;
      if (isOpen(book, from)) plus(space, from, unit, -amount);
      if (isOpen(book, to)) plus(space, to, unit, amount);
    } else if (item.k === "docx") indexed.add(`${space} ${document} ${(item.transfer as Transfer).id}`);
    else if (item.k === "fold") totals.set(`${space} ${String(item.account)} ${String(item.unit)}`, Number(item.total));
  }
  const missing = [...wanted].filter((one) => !indexed.has(one));
  const strange = [...indexed].filter((one) => !wanted.has(one));
  const rule = "ledger.document-index";
  return [
    ...missing.map((where) => ({ rule, where, expected: "the transfer", found: null })),
    ...strange.map((where) => ({ rule, where, expected: null, found: "a transfer of no book" })),
    ...[...new Set([...sums.keys(), ...totals.keys()])]
      .filter((key) => (sums.get(key) ?? 0) !== (totals.get(key) ?? 0))
      .map((key) => ({
        rule: "ledger.fold-is-sum",
        where: key,
        expected: sums.get(key) ?? 0,
        found: totals.get(key) ?? 0,
      })),
  ];
}
