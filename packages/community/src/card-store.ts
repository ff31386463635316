import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { nameOrder } from "@yihao/members/names";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query } from "@yihao/table/read";
import { indexWrites, search } from "@yihao/table/search";
import { insert, replace, type Write } from "@yihao/table/write";
import { asOthersSee, cardNouns, wordsOf } from "./card.ts";
import type { Card } from "./card-model.ts";

export const cardKind = kindOf<Card>("card");
export const cardRowKind = kindOf<Card>("cardrow");

/** Where a company's card lies. */
export const cardKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "card", company));
/** Where a published card lies among all, in the order of names. */
const rowKey = (scope: Scope, { name, company }: Card): Key => ({
  pk: partition(scope, "cards"),
  sk: `${nameOrder(name)}#${company}`,
});

const same = (a: readonly string[], b: readonly string[]) => a.join("\n") === b.join("\n");

/**
 * The writes that put `after` where `before` was read (nothing at revision 0), with its place in the directory and in the index. One that is not
 * published has none: withdrawing takes all of it away in the same commit. Lost under `stale`.
 */
export function saveCard(scope: Scope, before: Stored<Card> | undefined, after: Card): Write[] {
  const key = cardKey(scope, after.company);
  const was = before?.published ? rowKey(scope, before) : undefined;
  const is = after.published ? rowKey(scope, after) : undefined;
  const rev = (before?.rev ?? 0) + 1;
  return [
    before ? replace(key, cardKind, after, before.rev) : insert(key, cardKind, after, "stale"),
    ...(was && was.sk !== is?.sk ? [{ do: "delete", key: was } as const] : []),
    ...(is ? [{ do: "put", key: is, kind: cardRowKind, data: asOthersSee(after), rev } as const] : []),
    ...cardNouns.flatMap((noun) => {
      const [old, fresh] = [wordsOf(before, noun), wordsOf(after, noun)];
      return same(old, fresh) ? [] : indexWrites(scope, noun, after.company, old, fresh, after.name);
    }),
  ];
}

/** A company's card, published or not. One consistent read unit. */
export const cardOf = (scope: Scope, company: string): Promise<Stored<Card> | undefined> =>
  get(scope, cardKind, cardKey(scope, company));

/** A page of the published cards in the order of names, as others see them. */
export function cardPage(
  scope: Scope,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Card>>> {
  return query(scope, cardRowKind, partition(scope, "cards"), {
    ...{ consistent: true, cursor: page.cursor },
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

const foundMost = 30;

/** Published cards found by name, pinyin, or a word of what is offered or looked for. The index may lag; each card is read anew. */
export async function findCards(scope: Scope, text: string): Promise<Stored<Card>[]> {
  const found = await Promise.all(cardNouns.map((noun) => search(scope, noun, text, foundMost)));
  const companies = [...new Set(found.flat().map(({ id }) => id))].slice(0, foundMost);
  const keys = companies.map((company) => cardKey(scope, company));
  const cards = await getMany(scope, cardKind, keys, { consistent: true });
  return cards.flatMap((card) => (card?.published ? [asOthersSee(card)] : []));
}
