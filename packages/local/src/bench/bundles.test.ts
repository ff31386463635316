import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as table from "@yihao/kernel/pinyin-table";
import { credentialsOf, dynamoEndpoint, freshTable } from "@yihao/testing/table";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundlingOf } from "../../../../infra/bundling.ts";
import { type Bundled, bundled } from "./bundles.ts";

const run = promisify(execFile);
let folder: string;
const apis = ["api", "community", "goods", "bills", "insight"] as const;
let rooms: Bundled[] = [];
let [auth, pay, schedule]: Bundled[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-bundles-"));
  [auth, pay, schedule, ...rooms] = await Promise.all(
    (["auth", "pay", "schedule", ...apis] as const).map((name) => bundled(name, folder)),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("each function of the API is at most 900 kB, with nothing of Stripe, of better-auth or of a dictionary in it", () => {
  expect(rooms).toHaveLength(apis.length);
  for (const { holds, bytes } of rooms) {
    expect(holds).toEqual(["@aws-sdk/client-dynamodb", "zod"]);
    expect(bytes).toBeLessThanOrEqual(900_000);
  }
  // They are seen where they are.
  expect([pay?.holds.includes("stripe"), auth?.holds.includes("better-auth")]).toEqual([true, true]);
});

it("no function but docs calls what the bundling leaves out of zod and of its describer", () => {
  const sources = [...rooms.flatMap(({ sources }) => sources), ...(auth?.sources ?? [])].filter(
    (one) => !/\/zod\/|\/zod-openapi\//.test(one),
  );
  expect(sources.length).toBeGreaterThan(500);
  const calls = /\b(z|zod|core)\.(compile|withParser|fromJSONSchema)\(|\btoJSONSchema\(|\.getOpenAPI(31)?Document\(/;
  expect(sources.filter((source) => calls.test(readFileSync(source, "utf8")))).toEqual([]);
});

it("the packed table of pinyin is the table", async () => {
  const outfile = join(folder, "pinyin-table.mjs");
  const entryPoints = [join(import.meta.dirname, "../../../kernel/src/pinyin-table.ts")];
  await build({ ...bundlingOf("api"), entryPoints, outfile });
  const packed = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as typeof table;
  expect([packed.usual, packed.words]).toEqual([table.usual.trim(), table.words.trim()]);
});

it("a bundle works on a table with the credentials of its environment alone, as Lambda gives them", async () => {
  const table = await freshTable();
  const { accessKeyId, secretAccessKey } = credentialsOf(table.name);
  const url = JSON.stringify(pathToFileURL(schedule?.file ?? "").href);
  const call = `const { handler } = await import(${url}); console.log(JSON.stringify(await handler())); process.exit(0)`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", call], {
    env: {
      YIHAO_TABLE: table.name,
      YIHAO_DYNAMO_ENDPOINT: dynamoEndpoint(),
      YIHAO_FILES_BUCKET: "unused",
      STRIPE_SECRET_KEY: "sk_test_unused",
      STRIPE_WEBHOOK_SECRET: "whsec_unused",
      AWS_REGION: "local",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  });
  table.close();
  expect(JSON.parse(stdout)).toEqual({ handled: 0 });
});
