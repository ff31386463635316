import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Table } from "@yihao/table/client";
import { type PlainItem, scanAll } from "@yihao/table/dump";
import { SMTPServer } from "smtp-server";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readArchive } from "./archive.ts";
import { backupHome, restoreHome } from "./backup.ts";
import { dynamoConfig } from "./dynamo.ts";
import { type Product, startApi, startProduct } from "./product.ts";

const functions = fileURLToPath(new URL("../test/functions", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "yihao-product-"));
const started: Product[] = [];

async function start(home: string): Promise<Product> {
  const product = await startProduct({ home, functions });
  started.push(product);
  return product;
}

afterAll(async () => {
  for (const product of started) await product.kill9();
  rmSync(folder, { recursive: true, force: true });
});

async function note(product: Product, n: number): Promise<boolean> {
  return await fetch(`${product.url}/api/notes/${n}`, { method: "POST" }).then(
    (answer) => answer.status === 201,
    () => false,
  );
}

async function list(product: Product, what: "notes" | "heard"): Promise<number[]> {
  const found = (await (await fetch(`${product.url}/api/${what}`)).json()) as number[];
  return found.sort((one, other) => one - other);
}

async function refuses(endpoint: string): Promise<boolean> {
  return await fetch(endpoint).then(
    () => false,
    () => true,
  );
}

async function content(product: Product): Promise<PlainItem[]> {
  const { endpoint, accessKeyId } = product.dynamo;
  const table = new Table({ name: "yihao", config: dynamoConfig(endpoint, accessKeyId) });
  const items = (await Array.fromAsync(scanAll(table))).flat();
  table.close();
  const key = (item: PlainItem) => `${item.pk?.S}\n${item.sk?.S}`;
  return items.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

const eventually = { timeout: 60_000, interval: 50 };

describe("the product as a process", () => {
  test("keeps every note it acknowledged, and hears each, over kill -9 in the middle of writing", {
    timeout: 240_000,
  }, async () => {
    const home = join(folder, "killed");
    const first = await start(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, "secrets.json")).mode & 0o777).toBe(0o600);
    const acknowledged: number[] = [];
    let next = 0;
    let over = false;
    const writers = Array.from({ length: 8 }, async () => {
      while (!over && next < 300) {
        next += 1;
        const n = next;
        if (await note(first, n)) acknowledged.push(n);
      }
    });
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), eventually);
    await first.kill9();
    over = true;
    await Promise.all(writers);
    await vi.waitFor(async () => expect(await refuses(first.dynamo.endpoint)).toBe(true), eventually);

    const second = await start(home);
    const notes = await list(second, "notes");
    expect(acknowledged.filter((n) => !notes.includes(n))).toEqual([]);
    await vi.waitFor(async () => expect(await list(second, "heard")).toEqual(notes), eventually);

    const api = await startApi(second, { home, functions });
    started.push(api);
    expect(await note(api, 5000)).toBe(true);
    expect(await list(second, "notes")).toContain(5000);
    await api.stop();

    await expect(startProduct({ home, functions })).rejects.toThrow(`already runs on ${home}: ${second.url}`);
    const port = Number(new URL(second.url).port);
    await expect(startProduct({ home: join(folder, "other"), port, functions })).rejects.toThrow(
      `Port ${port} is taken`,
    );
    await second.stop();
    expect(existsSync(join(home, "running.json"))).toBe(false);
    expect(await refuses(second.dynamo.endpoint)).toBe(true);
  });

  test("is backed up while it writes and restored with equal content, and nothing restored is news", {
    timeout: 240_000,
  }, async () => {
    const file = join(folder, "backup.gz");
    const home = join(folder, "original");
    const restored = join(folder, "restored");
    const original = await start(home);
    for (let n = 1; n <= 30; n += 1) expect(await note(original, n)).toBe(true);
    let written = 30;
    let over = false;
    let failures = 0;
    const writing = (async () => {
      while (!over && written < 130) {
        written += 1;
        if (!(await note(original, written))) failures += 1;
      }
    })();
    const busy = await backupHome(home, file);
    over = true;
    await writing;
    expect(failures).toBe(0);
    expect(busy.running).toBe(true);
    // One moment: each note was written with its receipt, and so it was copied.
    const lines = (await Array.fromAsync(readArchive(file))).flatMap((line) => ("table" in line ? [line.item] : []));
    const of = (kind: string, prefix: string) =>
      lines.filter((item) => item.k?.S === kind && item.pk?.S?.startsWith(`spc_notes#${prefix}`)).length;
    expect(of("evt", "log")).toBeGreaterThanOrEqual(30);
    expect(of("cmd", "cmd")).toBe(of("evt", "log") + of("heard", "heard"));

    await vi.waitFor(async () => expect(await list(original, "heard")).toHaveLength(written), eventually);
    const before = await content(original);
    await original.stop();
    const bytes = new Uint8Array(70_000).map((_, at) => at % 251);
    mkdirSync(join(home, "files/spc_a/cmp_b"), { recursive: true });
    writeFileSync(join(home, "files/spc_a/cmp_b/doc_c"), bytes);
    const done = await backupHome(home, file);
    expect(done).toMatchObject({ running: false, items: { yihao: before.length, files: 1 } });

    await restoreHome(restored, file);
    expect(new Uint8Array(readFileSync(join(restored, "files/spc_a/cmp_b/doc_c")))).toEqual(bytes);
    const copy = await start(restored);
    expect(await content(copy)).toEqual(before);
    await note(copy, 5000);
    await vi.waitFor(async () => expect(await list(copy, "heard")).toContain(5000), eventually);
    // The note, what was heard of it, and their receipts: nothing restored was heard again, nothing lies among dead letters.
    expect(await content(copy)).toHaveLength(before.length + 4);
    await copy.stop();

    await expect(restoreHome(restored, file)).rejects.toThrow("not empty");
    truncateSync(file, statSync(file).size - 20);
    await expect(restoreHome(join(folder, "elsewhere"), file)).rejects.toThrow("cannot be used");
  });
});

test("letters leave the product through the mail server that it is told of, and what could not leave does when the server is back", {
  timeout: 240_000,
}, async () => {
  const taken: string[] = [];
  const server = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, { envelope }, done) =>
        void text(stream).then(() => {
          taken.push(...envelope.rcptTo.map(({ address }) => address));
          done();
        }),
    });
  const listening = async (one: SMTPServer, port: number) => {
    await new Promise<void>((done) => one.listen(port, "127.0.0.1", done));
    return (one.server.address() as AddressInfo).port;
  };
  const closed = (one: SMTPServer) => new Promise<void>((done) => one.close(() => done()));
  const first = server();
  const port = await listening(first, 0);
  const product = await startProduct({
    home: join(folder, "mailing"),
    env: { YIHAO_SMTP: `smtp://127.0.0.1:${port}` },
  });
  started.push(product);
  const code = async (email: string) => {
    const answer = await fetch(`${product.url}/api/auth/email-otp/send-verification-otp`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      body: JSON.stringify({ email, type: "sign-in" }),
    });
    expect(answer.status).toBe(200);
  };
  await code("zhou@example.com");
  await vi.waitFor(() => expect(taken).toEqual(["zhou@example.com"]), eventually);
  await closed(first);
  await code("chen@example.com");
  await product.stop();
  const second = server();
  await listening(second, port);
  started.push(await startProduct({ home: join(folder, "mailing"), env: { YIHAO_SMTP: `smtp://127.0.0.1:${port}` } }));
  await vi.waitFor(() => expect(taken).toEqual(["zhou@example.com", "chen@example.com"]), eventually);
  await closed(second);
});
