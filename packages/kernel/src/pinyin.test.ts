import { pinyin } from "pinyin-pro";
import { expect, it } from "vitest";
import { pinyinForms, pinyinOf } from "./pinyin.ts";

/** How the library reads a text. It knows some 5,000 words by 450 kB, too many for a function that starts on demand. */
const library = (text: string) => pinyin(text, { toneType: "none", type: "array", v: true });

const block = Array.from({ length: 0xa000 - 0x3400 }, (_, index) => String.fromCodePoint(0x3400 + index));
const known = ["〇", ...block].flatMap((character) => {
  const [reading = character] = library(character);
  return reading === character ? [] : [[character, reading] as const];
});

/** The library's words of two and three characters, short ones first. Longer ones are idioms, which nobody is called by. */
async function libraryWords(): Promise<string[]> {
  const files = ["dict2", "dict3"].map((name) => `pinyin-pro/dist/esm/data/${name}.mjs`);
  const dictionaries = await Promise.all(
    files.map((file) => import(/* @vite-ignore */ file) as Promise<{ default: Record<string, string> }>),
  );
  return dictionaries
    .flatMap((one) => Object.keys(one.default))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** The words that are needed beside the usual readings: not those that shorter words in them settle already. */
function needed(words: readonly string[]): Map<string, string> {
  const usual = new Map(known);
  const table = new Map<string, string>();
  const read = (word: string) => {
    const parts: string[] = [];
    for (let at = 0; at < word.length; ) {
      let length = word.length - at;
      while (length > 1 && !table.has(word.slice(at, at + length))) length -= 1;
      parts.push(table.get(word.slice(at, at + length)) ?? usual.get(word.charAt(at)) ?? word.charAt(at));
      at += length;
    }
    return parts.join(" ");
  };
  for (const word of words) {
    const right = library(word).join(" ");
    if (read(word) !== right) table.set(word, right);
  }
  return table;
}

it("is the library's table without tones (`vitest -u` makes it anew)", async () => {
  const byReading = Map.groupBy(known, ([, reading]) => reading);
  const usual = [...byReading].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = usual.map(([reading, all]) => `${reading} ${all.map(([character]) => character).join("")}`);
  const words = [...needed(await libraryWords())].map(([word, reading]) => `${word} ${reading}`);
  const table = `/*
 * Made by pinyin.test.ts from the library pinyin-pro; do not change by hand.
 */

/** Han characters by their usual reading without tone, a reading a line. */
export const usual = \`
${lines.join("\n")}
\`;

/** Words in which some character is read otherwise, with the readings of all of theirs. */
export const words = \`
${words.join("\n")}
\`;
`;
  await expect(table).toMatchFileSnapshot("pinyin-table.ts");
});

it("reads every character and every word as the library does", async () => {
  const texts = [...known.map(([character]) => character), ...(await libraryWords())];
  const wrong = texts.filter((text) => pinyinOf(text).join(" ") !== library(text).join(" "));
  expect([texts.length > 20_000, wrong]).toEqual([true, []]);
});

it("keeps runs of letters, and a character that nobody reads, as they are", () => {
  expect(pinyinOf("重庆Ab 3号楼,二层")).toEqual(["chong", "qing", "Ab 3", "hao", "lou", ",", "er", "ceng"]);
  expect(pinyinOf("𠮷野家 无火香薰")).toEqual(["𠮷", "ye", "jia", " ", "wu", "huo", "xiang", "xun"]);
  expect(pinyinOf("")).toEqual([]);
});

it("gives the two forms that a name is typed by", () => {
  expect(pinyinForms("无火香薰")).toEqual(["wuhuoxiangxun", "whxx"]);
  expect(pinyinForms("Ａ座·1024 号（重庆）")).toEqual(["azuo1024haochongqing", "az1024hcq"]);
  expect(pinyinForms("…")).toEqual(["", ""]);
});
