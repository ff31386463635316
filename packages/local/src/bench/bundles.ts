import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundling } from "../../../../infra/bundling.ts";
import { ms, percentile } from "./measure.ts";

const root = resolve(import.meta.dirname, "../../../..");
const functions = ["api", "auth", "pay", "stream", "schedule", "stripe-webhook"] as const;
const run = promisify(execFile);

type Bundle = { kb: number; gzipKb: number; loadMs: number; holds: string[] };

/** Bundles one function the way it would be deployed (ESM for Node 24, minified, the AWS SDK inside) and measures its load in a fresh process. */
export async function bundle(name: string, folder: string): Promise<Bundle> {
  const outfile = join(folder, `${name}.mjs`);
  const result = await build({
    entryPoints: [join(root, "functions", `${name}.ts`)],
    outfile,
    ...bundling,
    metafile: true,
    logLevel: "error",
  });
  const code = await readFile(outfile);
  const holds = ["stripe", "better-auth", "@aws-sdk/client-dynamodb", "zod"].filter((library) =>
    Object.keys(result.metafile.inputs).some((input) => input.includes(`node_modules/${library}/`)),
  );
  const probe = join(folder, "probe.mjs");
  await writeFile(
    probe,
    `const s=performance.now();await import(process.argv[2]);console.log(performance.now()-s);process.exit(0)`,
  );
  const loads: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    const { stdout } = await run(process.execPath, [probe, outfile], { env: { ...process.env, ...environment } });
    loads.push(Number(stdout.trim().split("\n").at(-1)));
  }
  return {
    kb: Math.round(code.length / 1024),
    gzipKb: Math.round(gzipSync(code).length / 1024),
    loadMs: ms(percentile(loads, 0.5)),
    holds,
  };
}

const environment = {
  YIHAO_TABLE: "bench",
  YIHAO_AUTH_TABLE: "bench-auth",
  YIHAO_DYNAMO_ENDPOINT: "http://127.0.0.1:1",
  YIHAO_SECRET: "bench-secret-bench-secret-bench-secret",
  YIHAO_URL: "http://127.0.0.1:1",
  YIHAO_MAIL: "outbox",
  STRIPE_SECRET_KEY: "sk_test_sandbox_bench",
  STRIPE_WEBHOOK_SECRET: "whsec_bench",
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
};

/** Sizes and load times of every function's bundle. */
export async function bundles(): Promise<Record<string, Bundle>> {
  const folder = await mkdtemp(join(tmpdir(), "yihao-bundles-"));
  try {
    const measured: Record<string, Bundle> = {};
    for (const name of functions) measured[name] = await bundle(name, folder);
    return measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
