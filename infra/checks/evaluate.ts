// `node infra/checks/evaluate.ts STAGE FILE`: runs the real sst.config.ts without AWS, as the SST CLI would run it but under Pulumi's mocks, and writes every resource that it would make.
// It runs in a process of its own, since SST's components keep state in globals. It leans on SST's inside, hence the exact version.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Evaluated, Made, Parameters } from "./rules.ts";

/** What is used of Pulumi, which lies beside SST's components only. */
type Pulumi = {
  readonly runtime: {
    readonly setMocks: (
      mocks: {
        newResource: (args: { type: string; name: string; inputs: Record<string, unknown>; id?: string }) => object;
        call: (args: { token: string; inputs: Record<string, unknown> }) => object;
      },
      project: string,
      stack: string,
      preview: boolean,
    ) => Promise<void>;
    readonly runInPulumiStack: (program: () => Promise<object>) => Promise<unknown>;
    readonly disconnect: () => Promise<void>;
  };
};

const root = resolve(import.meta.dirname, "../..");
const platform = join(root, ".sst/platform");
const [stage = "", out = "", parametersFile = ""] = process.argv.slice(2);
const parameters = JSON.parse(readFileSync(parametersFile, "utf8")) as Parameters;
const region = "ap-east-1";
const account = "123456789012";
const problems: string[] = [];
const read: string[] = [];
const resources: Made[] = [];

/** What the CLI answers its own program. */
async function rpc(method: string, input: Record<string, unknown>): Promise<unknown> {
  if (method === "Provider.Aws.Bootstrap")
    return {
      asset: "sst-asset",
      assetEcrRegistryId: account,
      assetEcrUrl: "ecr",
      state: "sst-state",
      appsyncHttp: "",
      appsyncRealtime: "",
    };
  if (method === "Provider.Aws.Appsync") return { http: "", realtime: "" };
  if (method === "Runtime.AddTarget") return {};
  if (method === "Runtime.Build")
    return { handler: input.handler, out: resolve(root, String(input.bundle)), errors: [], sourcemaps: [] };
  throw new Error(`rpc: can't find ${method}`);
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (part: Buffer) => (text += part.toString()));
  request.on("end", async () => {
    const { method, params } = JSON.parse(text) as { method: string; params: [Record<string, unknown>] };
    const answer = await rpc(method, params[0]).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: String(error) }),
    );
    response.end(JSON.stringify(answer));
  });
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

Object.assign(process.env, {
  SST_SERVER: `http://127.0.0.1:${port}`,
  SST_SECRET_SessionSecret: "session-secret-of-the-check-0123456789",
  SST_SECRET_FrontSecret: "front-secret-of-the-check-0123456789abc",
  SST_SECRET_StripeSecretKey: "sk_test_check",
  SST_SECRET_StripeWebhookSecret: "whsec_check",
  SST_SECRET_SmtpUrl: "smtps://check:check@mail.example:465",
  MAIL_FROM: process.env.MAIL_FROM ?? "壹号 <no-reply@yihao.example>",
  AWS_REGION: region,
});

const work = mkdtempSync(join(root, ".sst/check-"));
const file = join(work, "program.mjs");
const app = { name: "yihao", stage, removal: "retain", providers: { aws: {} }, protect: false };
await build({
  stdin: {
    contents: `
      import * as _aws from "@pulumi/aws";
      import * as _sst from ${JSON.stringify(join(platform, "src/components/index.ts"))};
      import { run } from ${JSON.stringify(join(platform, "src/auto/run.ts"))};
      globalThis.aws = _aws;
      globalThis.sst = _sst;
      import config from ${JSON.stringify(join(root, "sst.config.ts"))};
      export const about = config.app({ stage: ${JSON.stringify(stage)} });
      export const program = () => run(config.run);
    `,
    resolveDir: platform,
    loader: "ts",
  },
  outfile: file,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "esnext",
  logLevel: "error",
  define: {
    $app: JSON.stringify(app),
    $cli: JSON.stringify({
      command: "deploy",
      rpc: "",
      home: work,
      paths: { home: work, root, work, platform },
      state: { version: {} },
    }),
    $dev: "false",
  },
  inject: [join(platform, "src/shim/run.js")],
  external: [
    "@pulumi/*",
    "@pulumiverse/*",
    "@aws-sdk/*",
    "@smithy/*",
    "esbuild",
    "archiver",
    "glob",
    "undici",
    "prettier",
    "typescript",
    "ts-node",
    "unenv",
    "@cloudflare/*",
    "@grpc/*",
  ],
  nodePaths: [join(platform, "node_modules")],
  banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
});
// What stays outside the bundle is found beside SST's components.
writeFileSync(join(platform, "check-program.mjs"), readFileSync(file));

const pulumi = createRequire(join(platform, "package.json"))("@pulumi/pulumi") as Pulumi;

/** What AWS would give a resource beside what it was asked for. */
function outputsOf(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const called = String(inputs.name ?? inputs.bucket ?? name);
  const arn = (service: string, path: string) => `arn:aws:${service}:${region}:${account}:${path}`;
  switch (type) {
    case "aws:lambda/function:Function":
      return {
        name: called,
        arn: arn("lambda", `function:${called}`),
        invokeArn: arn("apigateway", `lambda:path/functions/${called}`),
        qualifiedArn: arn("lambda", `function:${called}:1`),
        version: "1",
      };
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::${account}:role/${called}`, name: called };
    case "aws:sqs/queue:Queue":
      return { name: called, arn: arn("sqs", called), url: `https://sqs.${region}.amazonaws.com/${account}/${called}` };
    case "aws:apigatewayv2/api:Api":
      return {
        apiEndpoint: `https://api0000000.execute-api.${region}.amazonaws.com`,
        executionArn: arn("execute-api", "api0000000"),
      };
    case "aws:s3/bucket:Bucket":
    case "aws:s3/bucketV2:BucketV2":
      return {
        bucket: called,
        arn: `arn:aws:s3:::${called}`,
        bucketRegionalDomainName: `${called}.s3.${region}.amazonaws.com`,
      };
    case "aws:cloudfront/distribution:Distribution":
      return {
        domainName: "d000000000000.cloudfront.net",
        hostedZoneId: "Z2FDTNDATAQYW2",
        arn: `arn:aws:cloudfront::${account}:distribution/D0`,
        etag: "e",
      };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: arn("logs", `log-group:${called}`), name: called };
    default:
      return { arn: arn("check", `${type}/${called}`) };
  }
}

type Document = {
  statements?: {
    sid?: string;
    effect?: string;
    actions?: string[];
    resources?: string[];
    principals?: unknown;
    conditions?: { test: string; variable: string; values: string[] }[];
  }[];
};

/** A policy as the data source of Terraform writes it. */
function policyJson({ statements = [] }: Document): string {
  const condition = (all: NonNullable<Document["statements"]>[number]["conditions"]) => {
    const found: Record<string, Record<string, string[]>> = {};
    for (const { test, variable, values } of all ?? []) found[test] = { ...found[test], [variable]: values };
    return found;
  };
  const Statement = statements.map(({ effect, actions, resources, principals, conditions }) => ({
    Effect: effect ?? "Allow",
    Action: actions,
    ...(resources ? { Resource: resources } : {}),
    ...(principals ? { Principal: principals } : {}),
    ...(conditions && conditions.length > 0 ? { Condition: condition(conditions) } : {}),
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** Pulumi wraps secrets; here they are made up. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value && "value" in value) return opened(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, opened(inner)]));
}

await pulumi.runtime.setMocks(
  {
    newResource: ({ type, name, inputs, id }) => {
      if (type.startsWith("sst:") || type.startsWith("pulumi:")) return { id: id || name, state: inputs };
      resources.push({ type, name, inputs: opened(inputs) as Record<string, unknown> });
      return { id: id || `${name}-id`, state: { ...inputs, ...outputsOf(type, name, inputs) } };
    },
    // A throw in here would hang the program: what is missing is told at the end.
    call: ({ token, inputs }) => {
      if (token === "aws:ssm/getParameter:getParameter") {
        const name = String(inputs.name);
        read.push(name);
        const value = parameters[name];
        if (value === undefined)
          problems.push(`the app reads the parameter ${name}, which the foundation does not write`);
        return { ...inputs, value: value ?? "missing" };
      }
      if (token === "aws:iam/getPolicyDocument:getPolicyDocument")
        return { ...inputs, json: policyJson(inputs as Document) };
      if (token === "aws:index/getRegion:getRegion") return { region, name: region, id: region };
      if (token === "aws:index/getPartition:getPartition") return { partition: "aws" };
      if (token === "aws:index/getCallerIdentity:getCallerIdentity") return { accountId: account };
      return inputs;
    },
  },
  "yihao",
  stage,
  false,
);

process.on("unhandledRejection", (error) => {
  console.error(error);
  process.exit(1);
});
const started = performance.now();
const module = (await import(pathToFileURL(join(platform, "check-program.mjs")).href)) as {
  about: Evaluated["about"];
  program: () => Promise<object>;
};
await pulumi.runtime.runInPulumiStack(module.program);
await pulumi.runtime.disconnect();
const ms = Math.round(performance.now() - started);
const evaluated: Evaluated = { about: await module.about, stage, resources, read, problems, ms };
writeFileSync(out, JSON.stringify(evaluated, null, 1));
rmSync(work, { recursive: true, force: true });
rmSync(join(platform, "check-program.mjs"), { force: true });
process.exit(0);
