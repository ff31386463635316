import { createHash, createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileBytesMost } from "@yihao/kernel/file-types";
import type { Mount } from "./gateway.ts";

/** The one bucket of this stand-in, and where it stands. */
export const filesBucket = "yihao-files";
export const filesPath = "/files";

export type FilesOptions = {
  /** Where the bytes lie, below `.yihao`. */
  readonly folder: string;
  /** The address that links are signed for, whatever address the browser knows this machine by. */
  readonly endpoint: string;
  /** Both halves of the key, as DynamoDB Local takes them too. */
  readonly accessKeyId: string;
  readonly now?: () => number;
};

const region = "local";
const skewMs = 15 * 60_000;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
/** Percent-encoding of RFC 3986, as Signature Version 4 wants it. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

type Signed = {
  readonly credential: string;
  readonly headers: readonly string[];
  readonly signature: string;
  readonly at: string;
  readonly lastsMs: number;
  readonly payload: string;
};

/** The signature of a request: in its query when it is a link, in `Authorization` when the SDK itself asks. */
function signedBy(request: IncomingMessage, query: URLSearchParams): Signed | undefined {
  const link = query.get("X-Amz-Signature");
  if (link !== null)
    return {
      credential: query.get("X-Amz-Credential") ?? "",
      headers: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
      signature: link,
      at: query.get("X-Amz-Date") ?? "",
      lastsMs: Number(query.get("X-Amz-Expires")) * 1000,
      payload: "UNSIGNED-PAYLOAD",
    };
  const found = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  if (!found) return undefined;
  const [, credential = "", headers = "", signature = ""] = found;
  const header = (name: string) => String(request.headers[name] ?? "");
  const [at, payload] = [header("x-amz-date"), header("x-amz-content-sha256")];
  return { credential, headers: headers.split(";"), signature, at, lastsMs: skewMs, payload };
}

/**
 * Whether a request carries a signature that holds (AWS Signature Version 4): of our key, over its method, path, query and signed headers, and not
 * run out. A link that names a size or type holds for that size and type alone.
 */
export function holds(request: IncomingMessage, options: FilesOptions): boolean {
  const url = new URL(request.url ?? "/", options.endpoint);
  const signed = signedBy(request, url.searchParams);
  if (!signed) return false;
  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signed.at);
  if (!stamp) return false;
  const [, year, month, day, hour, minute, second] = stamp;
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const now = (options.now ?? Date.now)();
  if (!(signedAt - skewMs <= now && now < signedAt + signed.lastsMs)) return false;
  const date = signed.at.slice(0, 8);
  const scope = `${date}/${region}/s3/aws4_request`;
  if (signed.credential !== `${options.accessKeyId}/${scope}` || !signed.headers.includes("host")) return false;
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  const value = (name: string) =>
    name === "host" ? new URL(options.endpoint).host : String(request.headers[name] ?? "").trim();
  const headers = signed.headers.map((name) => `${name}:${value(name)}\n`).join("");
  const canonical = [request.method, url.pathname, query, headers, signed.headers.join(";"), signed.payload].join("\n");
  const text = ["AWS4-HMAC-SHA256", signed.at, scope, sha256(canonical)].join("\n");
  const key = [date, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${options.accessKeyId}`);
  const wanted = hmac(key, text);
  const given = Buffer.from(signed.signature, "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Where the bytes of a key lie; keys of anything but letters, digits, dashes and slashes name nothing. */
function fileAt(folder: string, path: string): string | undefined {
  const key = path.slice(`${filesPath}/${filesBucket}/`.length);
  const fits = path.startsWith(`${filesPath}/${filesBucket}/`) && /^[\w-]+(\/[\w-]+)*$/.test(key) && key.length < 400;
  return fits ? join(folder, ...key.split("/")) : undefined;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** Takes bytes whole or not at all, as many as were promised and no more. */
async function put(request: IncomingMessage, file: string): Promise<boolean> {
  const promised = Number(request.headers["content-length"]);
  if (!Number.isSafeInteger(promised) || promised > fileBytesMost) return false;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${randomUUID()}.part`;
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > promised ? new Error("more bytes than were promised") : null, chunk);
    },
  });
  try {
    await pipeline(request, count, createWriteStream(part, { mode: 0o600 }));
    if (bytes !== promised) return false;
    await rename(part, file);
    return true;
  } catch {
    return false;
  } finally {
    await rm(part, { force: true });
  }
}

async function get(request: IncomingMessage, response: ServerResponse, file: string, query: URLSearchParams) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return refuse(response, 404, "NoSuchKey");
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
  const last = found.size - 1;
  const [start, end] = range ? [Number(range[1]), Math.min(Number(range[2]), last)] : [0, last];
  if (start > end && found.size > 0) return refuse(response, 416, "InvalidRange");
  response.writeHead(range ? 206 : 200, {
    "content-type": query.get("response-content-type") ?? "application/octet-stream",
    "content-disposition": query.get("response-content-disposition") ?? "attachment",
    "content-length": end - start + 1,
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    ...(range ? { "content-range": `bytes ${start}-${end}/${found.size}` } : {}),
  });
  if (request.method === "HEAD" || found.size === 0) return void response.end();
  await pipeline(createReadStream(file, { start, end }), response).catch(() => response.destroy());
}

/**
 * Stands in for S3 on one machine: puts, fetches and removes single objects of one bucket, for whoever shows a signature that holds. The functions
 * speak to it through AWS's own SDK, as they do to S3.
 */
export function filesMount(options: FilesOptions): Mount {
  return async (request, response, path) => {
    const file = fileAt(options.folder, path);
    if (!file || !holds(request, options)) return refuse(response, 403, "AccessDenied");
    const query = new URL(request.url ?? "/", options.endpoint).searchParams;
    switch (request.method) {
      case "GET":
      case "HEAD":
        return get(request, response, file, query);
      case "PUT":
        if (await put(request, file)) return void response.writeHead(200).end();
        return refuse(response, 400, "IncompleteBody");
      case "DELETE":
        await rm(file, { force: true });
        return void response.writeHead(204).end();
      default:
        return refuse(response, 405, "MethodNotAllowed");
    }
  };
}
