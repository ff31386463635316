// `npm run deploy -- STAGE [--foundation] [--check]`: builds what is deployed, refuses what breaks a rule, and deploys it. It has never been run on AWS; the steps up to the deploy run in every check.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "../packages/local/bin/prepare.mjs";
import { bundleAll } from "./bundle.ts";
import { evaluate, writtenBy } from "./checks/offline.ts";
import { wrongWith } from "./checks/rules.ts";
import { stagePattern } from "./contract.ts";
import { prepareCloud } from "./tools/prepare.mjs";

const root = resolve(import.meta.dirname, "..");
/** The version of CDK's command line that the library's templates are known to work with. */
const cdk = "aws-cdk@2.1148.1";

function stop(sentence: string): never {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) stop(`${command} ${args.join(" ")} did not end well; nothing after it was done.`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { foundation: { type: "boolean" }, check: { type: "boolean" } },
});
const [stage = ""] = positionals;
if (!stagePattern.test(stage))
  stop("npm run deploy -- STAGE [--foundation] [--check], with STAGE: production, staging, or your own name");

console.log(`1/4 pages and functions of ${stage}`);
if (!buildWeb() || !existsSync(join(root, "web/dist/index.html"))) stop("The pages could not be built.");
await bundleAll();

console.log("2/4 the rules of deployment");
prepareCloud();
const written = writtenBy(stage);
const wrong = wrongWith(await evaluate(stage, written), written);
if (wrong.length > 0) stop(`This must not be deployed:\n${wrong.map((one) => `  - ${one}`).join("\n")}`);
if (values.check) {
  console.log("Every rule is kept; nothing was deployed.");
  process.exit(0);
}
if (!process.env.AWS_REGION)
  stop("AWS_REGION is not set, and credentials of AWS must be there too: see infra/README.md");

if (values.foundation) {
  console.log("3/4 the foundation");
  run("node", ["infra/foundation/main.ts"], { STAGE: stage, CDK_OUTDIR: join(root, "cdk.out") });
  run("npx", ["--yes", cdk, "deploy", "--app", "cdk.out", "--all"]);
} else console.log("3/4 the foundation is left as it is");

console.log("4/4 the app");
run("npx", ["sst", "deploy", "--stage", stage]);
