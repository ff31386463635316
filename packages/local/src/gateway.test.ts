import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bodyLimitBytes, createGateway, type Listening, listen } from "./gateway.ts";
import type { ApiEvent, FunctionHandler } from "./lambda-event.ts";
import { staticFiles } from "./static-files.ts";

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };
type Wish = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer };

const folder = mkdtempSync(join(tmpdir(), "yihao-gateway-"));
const dist = join(folder, "dist");
let server: Listening;
let answerNext: FunctionHandler = () => ({ statusCode: 200, body: "" });
let event: ApiEvent | undefined;
let wrote = 0;

/** Sends the path as it is: `fetch` would tidy `..` away. */
function ask(path: string, wish: Wish = {}): Promise<Answer> {
  return new Promise((done, failed) => {
    const sent = request(
      { port: server.port, host: "127.0.0.1", path, method: wish.method ?? "GET", headers: wish.headers ?? {} },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on("error", failed);
    sent.end(wish.body);
  });
}

beforeAll(async () => {
  mkdirSync(join(dist, "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(dist, "index.html"), "<!doctype html><title>Yihao</title>");
  writeFileSync(join(dist, "sw.js"), "self.addEventListener('fetch', () => {});");
  writeFileSync(join(dist, "manifest.webmanifest"), '{"lang":"zh-CN"}');
  writeFileSync(join(dist, "assets", "app-abc123.js"), `export const text = "${"yihao ".repeat(500)}";`);
  const gateway = createGateway({
    routes: [
      {
        path: "/api/",
        name: "api",
        handler: (given, context) => {
          event = given;
          return answerNext(given, context);
        },
      },
    ],
    otherwise: staticFiles(dist),
    hosts: new Set(["127.0.0.1", "localhost"]),
    wrote: () => {
      wrote += 1;
    },
  });
  server = await listen(gateway, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a function", () => {
  test("is called with an API Gateway event of payload 2.0", async () => {
    await ask("/api/v1/things/a%2Fb?x=1&x=2&y=%E5%A3%B9", {
      method: "POST",
      headers: {
        cookie: "one=1; two=2",
        "content-type": "application/json",
        "X-Mixed": "Case",
        "x-forwarded-host": "evil.example",
      },
      body: '{"name":"壹号"}',
    });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/api/v1/things/a%2Fb",
      rawQueryString: "x=1&x=2&y=%E5%A3%B9",
      queryStringParameters: { x: "1,2", y: "壹" },
      cookies: ["one=1", "two=2"],
      headers: { "x-mixed": "Case", host: `127.0.0.1:${server.port}`, "x-forwarded-proto": "http" },
      requestContext: {
        stage: "$default",
        domainName: `127.0.0.1:${server.port}`,
        http: { method: "POST", path: "/api/v1/things/a%2Fb", protocol: "HTTP/1.1", sourceIp: "127.0.0.1" },
      },
      body: '{"name":"壹号"}',
      isBase64Encoded: false,
    });
    expect(event?.headers).not.toHaveProperty("cookie");
    expect(event?.headers).not.toHaveProperty("x-forwarded-host");
    expect(event?.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  test("gets a body that is not text in base64, byte for byte", async () => {
    const bytes = Buffer.from([0, 255, 128, 10, 13]);
    await ask("/api/file", { method: "PUT", headers: { "content-type": "application/octet-stream" }, body: bytes });
    expect(event?.isBase64Encoded).toBe(true);
    expect(Buffer.from(event?.body ?? "", "base64")).toEqual(bytes);
  });

  test("sets several cookies and answers bytes", async () => {
    const bytes = Buffer.from([137, 80, 78, 71, 0, 255]);
    answerNext = () => ({
      statusCode: 201,
      headers: { "Content-Type": "image/png" },
      cookies: ["a=1; Path=/; HttpOnly", "b=2; Path=/"],
      body: bytes.toString("base64"),
      isBase64Encoded: true,
    });
    const answer = await ask("/api/image");
    expect(answer.status).toBe(201);
    expect(answer.headers["set-cookie"]).toEqual(["a=1; Path=/; HttpOnly", "b=2; Path=/"]);
    expect(answer.headers["content-type"]).toBe("image/png");
    expect(answer.body).toEqual(bytes);
  });

  test("that answers no response is wrapped in a 200, and one that throws is a 500 without its words", async () => {
    answerNext = () => ({ plain: true });
    expect((await ask("/api/plain")).body.toString()).toBe('{"plain":true}');
    answerNext = () => {
      throw new Error("the password is hunter2");
    };
    const answer = await ask("/api/broken");
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toBe('{"message":"Internal Server Error"}');
  });

  test("sees bodies of more than 1 MB, which are its own to refuse; over 10 MB it is not called", async () => {
    answerNext = (given) => ({ statusCode: 200, body: String(given.body?.length) });
    const headers = { "content-type": "text/plain" };
    const large = await ask("/api/large", { method: "POST", headers, body: "x".repeat(2_000_000) });
    expect(large.body.toString()).toBe("2000000");
    event = undefined;
    const length = String(bodyLimitBytes + 1);
    const declared = await ask("/api/large", {
      method: "POST",
      headers: { ...headers, "content-length": length },
    }).catch(() => undefined);
    expect(declared === undefined || declared.status === 413).toBe(true);
    const over = await ask("/api/large", { method: "POST", headers, body: "x".repeat(bodyLimitBytes + 1) }).catch(
      () => undefined,
    );
    expect(over === undefined || over.status === 413).toBe(true);
    expect(event).toBeUndefined();
  });

  test("tells the stream after a write and not after a read", async () => {
    answerNext = () => ({ statusCode: 204 });
    const before = wrote;
    await ask("/api/x");
    await ask("/api/x", { method: "HEAD" });
    expect(wrote).toBe(before);
    await ask("/api/x", { method: "DELETE" });
    expect(wrote).toBe(before + 1);
  });

  test("finishes requests in flight before the gateway closes", async () => {
    let finish = () => {};
    const entered = new Promise<void>((inside) => {
      answerNext = () =>
        new Promise((done) => {
          finish = () => done({ statusCode: 200, body: "done" });
          inside();
        });
    });
    const other = await listen(
      createGateway({
        routes: [{ path: "/api/", name: "api", handler: (given, context) => answerNext(given, context) }],
        otherwise: staticFiles(dist),
        hosts: new Set(["127.0.0.1"]),
      }),
      { host: "127.0.0.1", port: 0 },
    );
    const answer = fetch(`http://127.0.0.1:${other.port}/api/slow`);
    await entered;
    const closed = other.close();
    finish();
    expect(await (await answer).text()).toBe("done");
    await closed;
  });
});

describe("pages", () => {
  test("are served with security headers and without inline scripts or styles allowed", async () => {
    const answer = await ask("/s/spc_a/booking");
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["cache-control"]).toBe("no-cache");
  });

  test("what works without a network is asked for anew each time, so that a newer build is found", async () => {
    const types = { "/sw.js": "text/javascript; charset=utf-8", "/manifest.webmanifest": "application/manifest+json" };
    for (const [path, type] of Object.entries(types)) {
      const { status, headers } = await ask(path);
      expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, type, "no-cache"]);
    }
  });

  test("hashed files are compressed, kept for a year, and 304 when the browser has them", async () => {
    const path = "/assets/app-abc123.js";
    const packed = await ask(path, { headers: { "accept-encoding": "gzip, br;q=0" } });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(packed.headers["cache-control"]).toContain("immutable");
    expect(gunzipSync(packed.body).toString()).toContain("yihao");
    expect((await ask(path, { headers: { "accept-encoding": "gzip, deflate, br" } })).headers["content-encoding"]).toBe(
      "br",
    );
    const plain = await ask(path);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const known = await ask(path, { headers: { "if-none-match": `W/"x", ${String(plain.headers.etag)}` } });
    expect(known.status).toBe(304);
    expect(known.body).toHaveLength(0);
    expect((await ask(path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  test("answer HEAD as GET without a body, and no other method", async () => {
    const head = await ask("/", { method: "HEAD" });
    const get = await ask("/");
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
    expect(head.body).toHaveLength(0);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/assets/%00.txt",
    "/%E0%A4%A",
    "/assets/none.js",
    "/__proto__.js",
  ])("no path leads out of the folder: %s", async (path) => {
    const answer = await ask(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.toString()).not.toContain("secret");
  });

  test("are refused under a name that is not this machine's, so that no other site can rebind to it", async () => {
    expect((await ask("/", { headers: { host: "rebound.example:3000" } })).status).toBe(421);
    expect((await ask("/api/x", { headers: { host: "127.0.0.1.evil.example" } })).status).toBe(421);
    expect((await ask("http://evil.example/api/x")).status).toBe(400);
  });
});
