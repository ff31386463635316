import type { AnyScope } from "@yihao/kernel/scope";
import { partition } from "./key.ts";
import { kindOf } from "./kind.ts";
import { query } from "./read.ts";
import type { Write } from "./write.ts";

type Token = { readonly id: string; readonly label: string };
const tokenKind = kindOf<Token>("tok");

const clean = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll("#", "").trim().slice(0, 60);

/** Tokens of a thing at most. */
const most = 16;
const between = /[\s·,，、/()（）-]/;
const han = /\p{Script=Han}/u;

/** What a text is found by beside its own beginning: what stands from each of its words on, and from each Han character inside a word but its last (so that 家居 finds 拾穗家居). */
function endsOf(text: string): string[] {
  const ends: string[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const [before, here, next] = [text[at - 1] ?? "", text[at] ?? "", text[at + 1] ?? " "];
    if (between.test(here)) continue;
    if (between.test(before) || (han.test(here) && !between.test(next))) ends.push(text.slice(at));
  }
  return ends;
}

/**
 * The words by which a thing is found: each text, what stands from each of its words and Han characters on, and the pinyin forms handed in. What is the beginning of another finds nothing more and is left
 * out. At most 16 a thing, whole texts first.
 */
export function tokensOf(texts: readonly string[]): string[] {
  const whole = texts.map(clean).filter((text) => text !== "");
  const all = [...new Set([...whole, ...whole.flatMap(endsOf)])];
  return all.filter((one) => !all.some((other) => other !== one && other.startsWith(one))).slice(0, most);
}

/** The words that a thing was given before beginnings were left out: they go with it when it changes. */
function formerTokensOf(texts: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts.map(clean)) {
    if (text === "") continue;
    tokens.add(text);
    for (const word of text.split(/[\s·,，、/()（）-]+/)) if (word) tokens.add(word);
    if (han.test(text)) for (let at = 1; at < text.length - 1; at += 1) tokens.add(text.slice(at));
  }
  return [...tokens].slice(0, most);
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
  const had = tokensOf(before);
  const same = had.length === fresh.size && had.every((token) => fresh.has(token));
  const gone = same ? [] : [...new Set([...had, ...formerTokensOf(before)])].filter((token) => !fresh.has(token));
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
