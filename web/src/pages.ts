export type PageOf<Item> = { readonly items: Item[]; readonly next: string | null };

/** Reads a list to its end, page after page. */
export async function allPages<Item>(
  read: (query: { limit: string; cursor?: string }) => Promise<PageOf<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: "200", ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

/** Reads the beginning of a list, page after page until there are `most` of it, or it ends. */
export async function firstPages<Item>(
  most: number,
  read: (query: { limit: string; cursor?: string }) => Promise<PageOf<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: String(Math.min(200, most - found.length)), ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor && found.length < most);
  return found;
}

/** What a list shows while more of it is read: what was there, when all that its key begins with is the same, its space above all. */
export const whileGrowing =
  (...key: readonly unknown[]) =>
  <Shown>(shown: Shown | undefined, before?: { readonly queryKey: readonly unknown[] }): Shown | undefined =>
    key.every((one, index) => before?.queryKey[index] === one) ? shown : undefined;
