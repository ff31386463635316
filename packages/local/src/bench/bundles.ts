import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundlingOf } from "../../../../infra/bundling.ts";
import { type FunctionName, functionNames } from "../../../../infra/functions.ts";
import { ms, percentile } from "./measure.ts";

const root = resolve(import.meta.dirname, "../../../..");
const run = promisify(execFile);

export type Bundled = {
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly holds: string[];
  /** The sources that something of was put in. */
  readonly sources: string[];
};
type Bundle = { kb: number; gzipKb: number; loadMs: number; holds: string[] };

/** Bundles one function the way it would be deployed (ESM for Node 24, minified, the AWS SDK inside) into a folder, and tells which of the big libraries it holds. */
export async function bundled(name: FunctionName, folder: string): Promise<Bundled> {
  const file = join(folder, `${name}.mjs`);
  const entryPoints = [join(root, "functions", `${name}.ts`)];
  const { metafile } = await build({
    ...bundlingOf(name),
    entryPoints,
    outfile: file,
    metafile: true,
    logLevel: "error",
  });
  const code = await readFile(file);
  const sources = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [resolve(input)] : [])),
  );
  const holds = ["stripe", "better-auth", "@aws-sdk/client-dynamodb", "zod", "pinyin-pro"].filter((library) =>
    sources.some((source) => source.includes(`node_modules/${library}/`)),
  );
  return { file, bytes: code.length, gzipBytes: gzipSync(code).length, holds, sources };
}

/** The size of a function's bundle, and how long a fresh process takes to load it: the median of five. */
async function measured(name: FunctionName, folder: string): Promise<Bundle> {
  const { file, bytes, gzipBytes, holds } = await bundled(name, folder);
  const probe = join(folder, "probe.mjs");
  await writeFile(
    probe,
    `const s=performance.now();await import(process.argv[2]);console.log(performance.now()-s);process.exit(0)`,
  );
  const loads: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    const { stdout } = await run(process.execPath, [probe, file], { env: { ...process.env, ...environment } });
    loads.push(Number(stdout.trim().split("\n").at(-1)));
  }
  return {
    kb: Math.round(bytes / 1000),
    gzipKb: Math.round(gzipBytes / 1000),
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
  YIHAO_FILES_BUCKET: "bench",
  YIHAO_QUEUES: "http://127.0.0.1:1/",
  YIHAO_SMTP: "smtp://127.0.0.1:1",
  YIHAO_MAIL_FROM: "no-reply@yihao.example",
  STRIPE_SECRET_KEY: "sk_test_sandbox_bench",
  STRIPE_WEBHOOK_SECRET: "whsec_bench",
  YIHAO_FRONT_SECRET: "bench-secret-bench-secret-bench-secret",
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
};

/** Sizes and load times of every function's bundle. */
export async function bundles(): Promise<Record<string, Bundle>> {
  const folder = await mkdtemp(join(tmpdir(), "yihao-bundles-"));
  try {
    const all: Record<string, Bundle> = {};
    for (const name of functionNames) all[name] = await measured(name, folder);
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
