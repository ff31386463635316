import type { AnyScope } from "@yihao/kernel/scope";
import { partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { query } from "./read.ts";
import type { Write } from "./write.ts";

type Token = { readonly id: string; readonly label: string };
const tokenKind = kindOf<Token>("tok");

const clean = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll("#", "").trim().slice(0, 60);

/**
 * The words by which a thing is found: each word, every suffix of a Han name (so that 家居 finds 拾穗家居), and the
 * pinyin forms handed in. At most 16 a thing.
 */
export function tokensOf(texts: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts.map(clean)) {
    if (text === "") continue;
    tokens.add(text);
    for (const word of text.split(/[\s·,，、/()（）-]+/)) if (word) tokens.add(word);
    if (/\p{Script=Han}/u.test(text)) for (let at = 1; at < text.length - 1; at += 1) tokens.add(text.slice(at));
  }
  return [...tokens].slice(0, 16);
}

/** Writes that change a thing's token items from old texts to new ones (pass none to remove). */
export function indexWrites(
  scope: AnyScope,
  noun: string,
  id: string,
  before: readonly string[],
  after: readonly string[],
  label: string,
): Write[] {
  const pk = partition(scope, "tok", noun);
  const fresh = new Set(tokensOf(after));
  const key = (token: string) => ({ pk, sk: `${token}#${id}` });
  const gone = tokensOf(before).filter((token) => !fresh.has(token));
  return [
    ...gone.map((token): Write => ({ do: "delete", key: key(token) })),
    ...[...fresh].map((token): Write => ({ do: "put", key: key(token), kind: tokenKind, data: { id, label }, rev: 1 })),
  ];
}

/** Ids and labels of things one of whose tokens begins with the text, each once, at most `limit`. */
export async function search(scope: AnyScope, noun: string, text: string, limit = 20): Promise<Token[]> {
  const prefix = clean(text);
  if (prefix === "") return [];
  const page = await query(scope, tokenKind, partition(scope, "tok", noun), { prefix, limit: limit * 3 });
  const found = new Map(page.items.map((token) => [token.id, { id: token.id, label: token.label }]));
  return [...found.values()].slice(0, limit);
}
