import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "@yihao/table/client";
import { afterAll, describe, expect, test, vi } from "vitest";
import { dynamoConfig, startDynamo } from "./dynamo.ts";

const folder = mkdtempSync(join(tmpdir(), "yihao-dynamo-"));
const accessKeyId = "yihaotest";
const eventually = { timeout: 10_000, interval: 30 };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function answers(endpoint: string): Promise<boolean> {
  return await fetch(endpoint).then(
    () => true,
    () => false,
  );
}

describe("DynamoDB Local under its guard", () => {
  test("ends when the process that started it is killed with -9", async () => {
    const parent = spawn(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `import { startDynamo } from ${JSON.stringify(new URL("dynamo.ts", import.meta.url).href)};
         console.log((await startDynamo({ accessKeyId: "a" })).endpoint);
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const endpoint = await new Promise<string>((done) => {
      parent.stdout.once("data", (chunk: Buffer) => done(chunk.toString().trim()));
    });
    expect(await answers(endpoint)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitFor(async () => expect(await answers(endpoint)).toBe(false), eventually);
  });

  test("that outlived its guard is stopped before its file is opened again, and another key sees nothing", async () => {
    const dir = join(folder, "left");
    const first = await startDynamo({ dir, accessKeyId });
    const table = new Table({ name: "kept", config: dynamoConfig(first.endpoint, accessKeyId) });
    await table.create();
    process.kill(first.pid, "SIGKILL");
    await first.ended;
    expect(await answers(first.endpoint)).toBe(true);
    const second = await startDynamo({ dir, accessKeyId });
    expect(await answers(first.endpoint)).toBe(false);
    const same = new Table({ name: "kept", config: dynamoConfig(second.endpoint, accessKeyId) });
    expect(await same.streamArn()).toMatch(/kept/);
    const stranger = new Table({ name: "kept", config: dynamoConfig(second.endpoint, "someoneelse") });
    await expect(stranger.streamArn()).rejects.toThrow();
    await expect(startDynamo({ dir, accessKeyId, lockWaitMs: 0 })).rejects.toThrow("another DynamoDB Local");
    for (const one of [table, same, stranger]) one.close();
    await second.stop();
    expect(await answers(second.endpoint)).toBe(false);
  });
});
