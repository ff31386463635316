import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesFromEnvironment } from "../../../functions/files-environment.ts";
import { filesBucket, filesMount, filesPath } from "./files.ts";

const accessKeyId = "yihaotestkey";
let folder: string;
let server: Server;
let origin: string;
let now = Date.now();
let files: ReturnType<typeof filesFromEnvironment>;
const key = "spc_a/cmp_b/doc_c";
const pdf = new TextEncoder().encode("%PDF-1.7 the licence");
const ask = (url: string, init: RequestInit = {}) => fetch(new URL(url, origin), init);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-files-"));
  let mount: ReturnType<typeof filesMount> | undefined;
  server = createServer((request, response) => {
    void mount?.(request, response, (request.url ?? "").split("?")[0] ?? "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoint = `${origin}${filesPath}`;
  mount = filesMount({ folder, endpoint, accessKeyId, now: () => now });
  Object.assign(process.env, {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKeyId,
    YIHAO_FILES_BUCKET: filesBucket,
    YIHAO_S3_ENDPOINT: endpoint,
  });
  files = filesFromEnvironment();
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

describe("files on one machine", () => {
  it("are put under a link that AWS's SDK signed, looked at, fetched under their own name, and removed", async () => {
    const link = await files.putLink(key, { type: "application/pdf", bytes: pdf.length });
    expect((await ask(link.url, { method: "PUT", headers: link.headers, body: pdf })).status).toBe(200);
    const seen = await files.look(key);
    expect([seen?.bytes, new TextDecoder().decode(seen?.head)]).toEqual([pdf.length, "%PDF-1.7 the licence"]);
    const got = await ask(await files.getLink(key, { name: "营业执照 (副本).pdf", type: "application/pdf" }));
    expect([got.status, got.headers.get("content-type"), await got.text()]).toEqual([
      200,
      "application/pdf",
      "%PDF-1.7 the licence",
    ]);
    const saved = got.headers.get("content-disposition") ?? "";
    expect(decodeURIComponent(saved)).toBe("attachment; filename*=UTF-8''营业执照 (副本).pdf");
    expect(got.headers.get("content-security-policy")).toContain("sandbox");
    await files.remove(key);
    expect(await files.look(key)).toBeUndefined();
    await files.remove(key);
  });

  it("are taken only in the size and type that were signed, and whole or not at all", async () => {
    const link = await files.putLink(key, { type: "application/pdf", bytes: pdf.length });
    const put = (body: BodyInit, headers = link.headers) => ask(link.url, { method: "PUT", headers, body });
    expect((await put(`${new TextDecoder().decode(pdf)} and more`)).status).toBe(403);
    expect((await put(pdf, { "content-type": "text/html" })).status).toBe(403);
    expect(await files.look(key)).toBeUndefined();
    expect((await put(pdf)).status).toBe(200);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("answer nobody whose link is changed, of another verb, unsigned, or run out", async () => {
    const link = await files.getLink(key, { name: "a.pdf", type: "application/pdf" });
    const url = new URL(link, origin);
    const other = new URL(url);
    other.pathname = url.pathname.replace("cmp_b", "cmp_x");
    const html = new URL(url);
    html.searchParams.set("response-content-type", "text/html");
    for (const [wish, init] of [
      [other.href, {}],
      [html.href, {}],
      [url.href, { method: "DELETE" }],
      [url.href, { method: "PUT", body: "x" }],
      [url.pathname, {}],
      [`${filesPath}/${filesBucket}/../../secrets.json`, {}],
    ] as const)
      expect([wish, (await ask(wish, init)).status]).toEqual([wish, 403]);
    expect((await ask(url.href)).status).toBe(200);
    now += 11 * 60_000;
    expect((await ask(url.href)).status).toBe(403);
    now = Date.now();
  });
});
