import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { Fapiao, FapiaoTitle } from "./fapiao-model.ts";

/*
 * | item         | key                                    | written by                     | units | size   |
 * |--------------|----------------------------------------|--------------------------------|-------|--------|
 * | title        | `fapiao-title#<company>`, `-`          | finance, the company's admins  | 2     | 0.3 kB |
 * | fapiao       | `fapiao#<id>`, `-`                     | asked for, each step           | 2     | 0.8 kB |
 * | row of it    | `fapiaos`, `<open/done>#<at>#<id>`     | asked for; moved when decided  | 2, 4  | 0.1 kB |
 * | company's row | `fapiaos-of#<company>`, `<at>#<id>`   | asked for                      | 2     | 0.1 kB |
 *
 * Asking costs about 14 with its claim (one at a time a bill), event and receipt; a step about 12.
 */
export const titleKind = kindOf<FapiaoTitle>("fapiao-title");
export const fapiaoKind = kindOf<Fapiao>("fpq");
const refKind = kindOf<{ id: string }>("fpq-ref");

export const titleKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "fapiao-title", company));
export const fapiaoKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "fapiao", id));
const rowKey = (scope: Scope, { state, at, id }: Fapiao): Key =>
  keyIn(partition(scope, "fapiaos"), state === "requested" ? "open" : "done", at, id);
const ownKey = (scope: Scope, { company, at, id }: Pick<Fapiao, "company" | "at" | "id">): Key =>
  keyIn(partition(scope, "fapiaos-of", company), at, id);

/** Writes that keep a fapiao's rows true: new, or out of where they were and into where they are. */
export function fapiaoRowWrites(scope: Scope, before: Fapiao | undefined, after: Fapiao): Write[] {
  const put = (key: Key): Write => ({ do: "put", key, kind: refKind, data: { id: after.id }, rev: 1 });
  const [row, own] = [rowKey(scope, after), ownKey(scope, after)];
  const gone = before ? [rowKey(scope, before), ownKey(scope, before)] : [];
  const moved = gone.filter((key) => ![row, own].some(({ pk, sk }) => pk === key.pk && sk === key.sk));
  return [...moved.map((key): Write => ({ do: "delete", key })), put(row), put(own)];
}

/** What a company's fapiao are made out to. One consistent read unit. */
export const titleOf = (scope: Scope, company: string): Promise<Stored<FapiaoTitle> | undefined> =>
  get(scope, titleKind, titleKey(scope, company));

/** A fapiao. One consistent read unit. */
export const fapiaoOf = (scope: Scope, id: string): Promise<Stored<Fapiao> | undefined> =>
  get(scope, fapiaoKind, fapiaoKey(scope, id));

/** A page of fapiao, the latest first: of a company, or of the space those that wait or those that are done. */
export async function listFapiaos(
  scope: Scope,
  page: { open?: boolean; company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Fapiao>>> {
  const pk = page.company ? partition(scope, "fapiaos-of", page.company) : partition(scope, "fapiaos");
  const refs = await query(scope, refKind, pk, {
    ...(page.company ? {} : { prefix: page.open ? "open#" : "done#" }),
    ...{ newest: true, cursor: page.cursor },
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const keys = refs.items.map(({ id }) => fapiaoKey(scope, id));
  const found = await getMany(scope, fapiaoKind, keys, { consistent: true });
  return { items: found.filter((one) => one !== undefined), next: refs.next };
}
