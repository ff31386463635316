import { usual, words } from "./pinyin-table.ts";

/** How a character is read, and in which words its reading is another; the longest such word. */
type Readings = {
  readonly of: ReadonlyMap<string, string>;
  readonly in: ReadonlyMap<string, readonly string[]>;
  readonly longest: number;
};

function load(): Readings {
  const of = new Map<string, string>();
  for (const line of usual.trim().split("\n")) {
    const [reading = "", characters = ""] = line.split(" ");
    for (const character of characters) of.set(character, reading);
  }
  const among = new Map<string, readonly string[]>();
  let longest = 1;
  for (const line of words.trim().split("\n")) {
    const [word = "", ...readings] = line.split(" ");
    among.set(word, readings);
    longest = Math.max(longest, word.length);
  }
  return { of, in: among, longest };
}

let readings: Readings | undefined;

/**
 * How a text is read (拼音), without tones and with v for ü: one part for each Han character, one for each run of anything else.
 * 重庆 3 号楼 → chong, qing, " 3 ", hao, lou. A rare character that the table does not know stays as it is.
 */
export function pinyinOf(text: string): string[] {
  readings ??= load();
  const characters = [...text];
  const parts: string[] = [];
  let other = "";
  const say = (...read: readonly string[]) => {
    if (other !== "") parts.push(other);
    other = "";
    parts.push(...read);
  };
  for (let at = 0; at < characters.length; ) {
    const character = characters[at] ?? "";
    const reading = readings.of.get(character);
    if (reading === undefined) {
      if (/\p{Script=Han}/u.test(character)) say(character);
      else other += character;
      at += 1;
      continue;
    }
    let length = Math.min(readings.longest, characters.length - at);
    while (length > 1 && !readings.in.has(characters.slice(at, at + length).join(""))) length -= 1;
    say(...(readings.in.get(characters.slice(at, at + length).join("")) ?? [reading]));
    at += Math.max(1, length);
  }
  say();
  return parts;
}

/** The two forms that a name is typed by: its pinyin in full and by initials, numbers whole, in lower case without anything but letters and digits (拾穗家居 → shisuijiaju, ssjj). */
export function pinyinForms(name: string): [full: string, initials: string] {
  const parts = pinyinOf(name.normalize("NFKC").toLowerCase())
    .map((part) => part.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter((part) => part !== "");
  return [parts.join(""), parts.map((part) => (/^\d+$/.test(part) ? part : [...part][0])).join("")];
}
