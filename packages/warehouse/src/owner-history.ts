import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import type { Book, Transfer } from "@yihao/ledger/model";
import { historyOf } from "@yihao/ledger/store";
import type { Range } from "@yihao/table/read";
import { changesOwner, placeBook } from "./books.ts";
import type { ProductId } from "./model.ts";

/** A product with whose it is, and whose it was before those turned out to be its owner. */
export type Owned = {
  readonly company: CompanyId;
  readonly id: ProductId;
  readonly former?: readonly string[] | undefined;
};

const booksOf = ({ company, id, former = [] }: Owned): Book[] =>
  [company, ...former].map((owner) => placeBook(owner as CompanyId, id));
const stays = (transfers: readonly Transfer[]) => transfers.filter((transfer) => !changesOwner(transfer));

/**
 * Every transfer of a product between two instants, under whoever had it then; that it went over to another owner is none, since nothing moved. `limit` counts those of each owner.
 */
export async function wholeHistory(scope: Scope, product: Owned, range: Range): Promise<Transfer[]> {
  const pages = await Promise.all(
    booksOf(product).map((book) => historyOf(scope, book, { ...range, consistent: true })),
  );
  const [only, ...others] = pages.map(({ items }) => stays(items));
  if (!only || others.length === 0) return only ?? [];
  const way = range.newest === false ? 1 : -1;
  return [only, ...others].flat().sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -way : way));
}

/** A page of a product's transfers, newest first: those under its present owner, then those under each former one. */
export async function historyPage(scope: Scope, product: Owned, range: Range): Promise<Page<Transfer>> {
  const books = booksOf(product);
  const [, owner = "0", inside = range.cursor] = /^(\d+)~(.*)$/s.exec(range.cursor ?? "") ?? [];
  let at = Number(owner);
  let cursor = inside || undefined;
  for (;;) {
    const book = books[at];
    if (!book) return { items: [], next: null };
    const page = await historyOf(scope, book, { ...range, cursor });
    const items = stays(page.items);
    const last = page.next === null && at + 1 >= books.length;
    if (page.next === null) at += 1;
    cursor = page.next ?? undefined;
    if (last) return { items, next: null };
    if (items.length > 0) return { items, next: at === 0 ? (cursor ?? null) : `${at}~${cursor ?? ""}` };
  }
}
