import { viewerHeader } from "../edge.ts";
import {
  type FunctionName,
  type FunctionPlan,
  functions,
  type Permission,
  permissionsOf,
  type Setting,
} from "../functions.ts";
import type { Foundation } from "./foundation.ts";
import { queuesOf } from "./queues.ts";

/** Values of settings; one that is left out is switched off in this deployment. */
export type Settings = Readonly<Record<Setting, $util.Input<string> | undefined>>;

/** What a name of a permission is called in the contract. */
const arnOf = {
  table: "tableArn",
  authTable: "authTableArn",
  files: "filesBucketArn",
  poison: "poisonBucketArn",
  dataKey: "dataKeyArn",
} as const;

function permissionOn(foundation: Foundation, { actions, on, via, keys }: Permission) {
  const region = aws.getRegionOutput().region;
  const arns = (name: Permission["on"][number]["name"]) =>
    name === "queues" ? queuesOf().arns : name === "letters" ? [queuesOf().letters] : [foundation[arnOf[name]]];
  const service = via && $interpolate`${via}.${region}.amazonaws.com`;
  const conditions = [
    ...(service ? [{ test: "StringEquals", variable: "kms:ViaService", values: [service] }] : []),
    ...(keys
      ? [
          { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: [...keys] },
          { test: "Null", variable: "dynamodb:LeadingKeys", values: ["false"] },
        ]
      : []),
  ];
  return {
    actions: [...actions],
    resources: on.flatMap(({ name, under = "" }) => arns(name).map((arn) => $interpolate`${arn}${under}`)),
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

/** What X-Ray's traces are handed in by; AWS lets these be allowed on everything only. TRACES=off does without them: AWS takes one a second and a twentieth of the rest, and lets nobody choose fewer. */
const tracing = process.env.TRACES !== "off";
const traced = { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] };

/** The name under which a function is found in the console: `stripe-webhook` is `StripeWebhook`. */
export const logical = (name: string) => name.replaceAll(/(^|-)(\w)/g, (_, _dash, char: string) => char.toUpperCase());

const onlyLambda = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});

export type Extras = {
  readonly permissions?: readonly { actions: string[]; resources: $util.Input<string>[] }[];
  readonly deadLetters?: $util.Input<string>;
};

/** Makes a function from its line of the table: its bundle (its source in live development), what it may, what it is told, and where what it could not do goes. */
export function makeFunction(name: FunctionName, foundation: Foundation, settings: Settings, extras: Extras = {}) {
  const plan: FunctionPlan = functions[name];
  const code = $dev
    ? { handler: `functions/${name}.handler` }
    : { bundle: `.sst/bundles/${name}`, handler: "index.handler" };
  return new sst.aws.Function(logical(name), {
    ...code,
    description: `Yihao ${$app.stage}: ${name}`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: `${plan.memoryMb} MB`,
    timeout: `${plan.timeoutSeconds} seconds`,
    logging: { retention: "3 months", format: "json" },
    permissions: [
      ...permissionsOf(plan).map((one) => permissionOn(foundation, one)),
      ...(extras.permissions ?? []).map(({ actions, resources }) => ({ actions, resources })),
      ...(extras.deadLetters ? [{ actions: ["sqs:SendMessage"], resources: [extras.deadLetters] }] : []),
      ...(tracing ? [traced] : []),
    ],
    environment: {
      YIHAO_TABLE: foundation.table,
      YIHAO_STAGE: $app.stage,
      YIHAO_FUNCTION: name,
      ...(plan.paths.length > 0 ? { YIHAO_ADDRESS_HEADER: viewerHeader } : {}),
      ...Object.fromEntries(
        plan.told.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
      ),
    },
    transform: {
      function: {
        tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
        ...(extras.deadLetters ? { deadLetterConfig: { targetArn: extras.deadLetters } } : {}),
      },
      // SST 4.17.1 lets every principal of the account take a function's role, which only live development needs.
      ...($dev ? {} : { role: { assumeRolePolicy: onlyLambda } }),
    },
  });
}
