/** One page of a list; `next` is an opaque cursor, or null at the end. */
export type Page<Item> = { readonly items: Item[]; readonly next: string | null };

/** Items asked for on one page when the caller does not say. */
export const pageSize = 50;
