import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { PlainItem } from "@yihao/table/dump";

/** The first line of a backup. */
export type Header = {
  readonly yihao: "backup";
  readonly version: 1;
  readonly at: string;
  /** Whether the product had stopped cleanly, so that every fact in it had been heard. */
  readonly clean: boolean;
  readonly caughtUpAt: string | null;
  /** The one space that it holds; left out when it holds a whole product. */
  readonly space?: string;
};
export type Line =
  | { readonly table: string; readonly item: PlainItem }
  | { readonly file: string; readonly content: unknown }
  /** The bytes of a kept document, by its key among the files. */
  | { readonly object: string; readonly bytes: Uint8Array };
/** The last line: what must have been before it. */
export type Trailer = {
  readonly lines: number;
  readonly items: Readonly<Record<string, number>>;
  readonly sha256: string;
};

const pack = (_key: string, value: unknown) =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value;

// An attribute value is an object or a list, never a bare text, so a text under `base64` can only be what `pack` wrote.
const unpack = (_key: string, value: unknown) =>
  typeof value === "object" && value !== null && "base64" in value && typeof value.base64 === "string"
    ? new Uint8Array(Buffer.from(value.base64, "base64"))
    : value;

/** Writes a backup: gzip'd JSON lines, a header first, a trailer with the count and the SHA-256 of all lines last. */
export async function writeArchive(file: string, header: Header, lines: AsyncIterable<Line>): Promise<Trailer> {
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(file, { mode: 0o600 }));
  const hash = createHash("sha256");
  const items: Record<string, number> = {};
  let count = 0;
  const put = async (value: unknown) => {
    const text = `${JSON.stringify(value, pack)}\n`;
    hash.update(text);
    count += 1;
    if (!gzip.write(text)) await Promise.race([once(gzip, "drain"), written]);
  };
  await put(header);
  for await (const line of lines) {
    const counted = "table" in line ? line.table : "object" in line ? "files" : undefined;
    if (counted) items[counted] = (items[counted] ?? 0) + 1;
    await put(line);
  }
  const trailer: Trailer = { lines: count, items, sha256: hash.digest("hex") };
  gzip.end(`${JSON.stringify(trailer)}\n`);
  await written;
  return trailer;
}

async function* textLines(file: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const fed = pipeline(createReadStream(file), gunzip);
  fed.catch(() => {});
  yield* createInterface({ input: gunzip, crlfDelay: Number.POSITIVE_INFINITY });
  await fed;
}

/** Reads a whole backup once and gives its header and trailer; throws when it is no backup, cut short or changed. */
export async function checkArchive(file: string): Promise<{ header: Header; trailer: Trailer }> {
  const hash = createHash("sha256");
  let first: string | undefined;
  let last: string | undefined;
  let count = 0;
  try {
    for await (const line of textLines(file)) {
      if (last !== undefined) {
        hash.update(`${last}\n`);
        count += 1;
      }
      first ??= line;
      last = line;
    }
    const header = JSON.parse(first ?? "null") as Header | null;
    const trailer = JSON.parse(last ?? "null") as Trailer | null;
    if (header?.yihao !== "backup" || header.version !== 1) throw new Error("it is not a backup of Yihao");
    if (trailer?.lines !== count || trailer.sha256 !== hash.digest("hex"))
      throw new Error("its checksum does not hold");
    return { header, trailer };
  } catch (error) {
    throw new Error(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The lines of a backup between header and trailer. */
export async function* readArchive(file: string): AsyncGenerator<Line> {
  for await (const text of textLines(file)) {
    const line = JSON.parse(text, unpack) as Header | Line | Trailer;
    if ("table" in line || "file" in line || "object" in line) yield line;
  }
}
