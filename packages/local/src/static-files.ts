import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { securityHeaders } from "../../../infra/security-headers.ts";

type Encoding = "br" | "gzip" | "identity";
type File = {
  readonly type: string;
  readonly hash: string;
  readonly fresh: string;
  readonly body: Buffer;
  readonly packed: Map<Encoding, Promise<Buffer>>;
};

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
};
const packable = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;
const packableBytes = 1024;

/** The same as CloudFront sends on AWS. */
const headersOfPages = securityHeaders();

const brotli = promisify(brotliCompress);
const squeeze = promisify(gzip);

function pack(file: File, encoding: Encoding): Promise<Buffer> {
  const known = file.packed.get(encoding);
  if (known) return known;
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
  const made = encoding === "br" ? brotli(file.body, options) : squeeze(file.body, { level: 9 });
  file.packed.set(encoding, made);
  return made;
}

function load(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const name = `/${relative(folder, path).split(sep).join("/")}`;
    const hashed = name.startsWith("/assets/");
    files.set(name, {
      type: types[extname(name)] ?? "application/octet-stream",
      hash: createHash("sha256").update(body).digest("base64url").slice(0, 22),
      fresh: hashed ? "public, max-age=31536000, immutable" : "no-cache",
      body,
      packed: new Map(),
    });
  }
  return files;
}

function chosen(accepted: string, file: File): Encoding {
  if (!packable.test(file.type) || file.body.length < packableBytes) return "identity";
  const takes = (name: string) => new RegExp(`(^|,)\\s*${name}\\s*(;\\s*q=(?!0(\\.0*)?\\s*(,|$))|,|$)`).test(accepted);
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}

function knows(condition: string | undefined, etag: string): boolean {
  if (!condition) return false;
  return condition.split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");
}

/** The page that shows a path of the app: displays at doors have their own. */
const pageOf = (path: string) => (path.startsWith("/door/") ? "/door.html" : "/index.html");

/**
 * Serves a folder of built pages from memory: only names found in it exist, so no path leads out of it. Files are compressed once, when
 * first asked for. A path without a file name is a page of the app and gets index.html.
 */
export function staticFiles(folder: string) {
  const index = join(folder, "index.html");
  const stamp = () => (existsSync(index) ? statSync(index).mtimeMs : 0);
  let files = load(folder);
  let loaded = stamp();

  return async (request: IncomingMessage, response: ServerResponse, rawPath: string): Promise<void> => {
    const deny = (status: number, text: string) =>
      void response.writeHead(status, { ...headersOfPages, "content-type": "text/plain; charset=utf-8" }).end(text);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return deny(405, "Method not allowed\n");
    }
    let path: string;
    try {
      path = decodeURIComponent(rawPath);
    } catch {
      return deny(400, "Bad request\n");
    }
    const named = files.get(path);
    if (!named && loaded !== stamp()) {
      files = load(folder);
      loaded = stamp();
    }
    const app = extname(path) === "" && !path.includes("\0") && !path.startsWith("/assets/");
    const file = files.get(path) ?? (app ? files.get(pageOf(path)) : undefined);
    if (!file) return deny(404, app ? "The pages are not built yet: npm start builds them.\n" : "Not found\n");
    const encoding = chosen(String(request.headers["accept-encoding"] ?? ""), file);
    const etag = `"${file.hash}-${encoding}"`;
    const headers = { ...headersOfPages, etag, "cache-control": file.fresh, vary: "accept-encoding" };
    if (knows(request.headers["if-none-match"], etag)) return void response.writeHead(304, headers).end();
    const body = encoding === "identity" ? file.body : await pack(file, encoding);
    response.writeHead(200, {
      ...headers,
      "content-type": file.type,
      "content-length": body.length,
      ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };
}
