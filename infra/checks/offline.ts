import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { foundation } from "../foundation/stacks.ts";
import { wishFrom } from "../foundation/wish.ts";
import type { Evaluated, Parameters } from "./rules.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const place = { account: "123456789012", region: "ap-east-1" };

/** The parameters that a stage's foundation writes, from its own templates, with values of the shape that AWS would give. */
export function writtenBy(stage: string): Parameters {
  const folder = mkdtempSync(join(tmpdir(), "yihao-cdk-"));
  try {
    process.env.CDK_OUTDIR = folder;
    foundation(wishFrom({ STAGE: stage }), place).synth();
    const found: Record<string, string> = {};
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".template.json"))) {
      const { Resources } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
        Resources: Record<string, { Type: string; Properties: { Name: string } }>;
      };
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === "AWS::SSM::Parameter") found[Properties.Name] = shapeOf(Properties.Name, stage);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function shapeOf(name: string, stage: string): string {
  const last = name.split("/").at(-1) ?? "";
  const thing = last.replace(/-(name|arn)$/, "");
  if (!last.endsWith("-arn")) return `yihao-${stage}-${thing}`;
  if (thing.endsWith("bucket")) return `arn:aws:s3:::yihao-${stage}-${thing}`;
  const service = thing.includes("table")
    ? "dynamodb"
    : thing === "data-key"
      ? "kms"
      : thing === "web-acl"
        ? "wafv2"
        : "sns";
  return `arn:aws:${service}:${place.region}:${place.account}:${thing}`;
}

/** Runs the real `sst.config.ts` for a stage over the given parameters, in a process of its own, without AWS; its functions are taken from `.sst/bundles`. */
export async function evaluate(stage: string, written: Parameters): Promise<Evaluated> {
  const folder = mkdtempSync(join(tmpdir(), "yihao-app-"));
  try {
    mkdirSync(join(folder, "pages/assets"), { recursive: true });
    for (const page of ["index.html", "door.html", "sw.js", "assets/app-0.js"])
      writeFileSync(join(folder, "pages", page), "page");
    const [parameters, out] = [join(folder, "parameters.json"), join(folder, "out.json")];
    writeFileSync(parameters, JSON.stringify(written));
    const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
    await run(process.execPath, [join(import.meta.dirname, "evaluate.ts"), stage, out, parameters], {
      cwd: root,
      env: { ...env, YIHAO_PAGES: join(folder, "pages") },
      timeout: 120_000,
    });
    return JSON.parse(readFileSync(out, "utf8")) as Evaluated;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
