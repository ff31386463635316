import { isKept } from "../contract.ts";
import { type FunctionName, functionNames, functions, queues as queueNames, routes } from "../functions.ts";

/** A resource that the app would make, with what it asks AWS for. */
export type Made = { readonly type: string; readonly name: string; readonly inputs: Record<string, unknown> };
/** Names of SSM parameters and their values, as the foundation writes them. */
export type Parameters = Readonly<Record<string, string>>;
export type Evaluated = {
  readonly about: { readonly protect?: boolean; readonly removal?: string };
  readonly stage: string;
  readonly resources: readonly Made[];
  /** Parameters that the app read. */
  readonly read: readonly string[];
  /** What the evaluation itself found. */
  readonly problems: readonly string[];
  /** How long the program ran, in milliseconds. */
  readonly ms: number;
};

type Statement = { Effect: string; Action?: string | string[]; Resource?: string | string[]; Principal?: unknown };
type Rule = (evaluated: Evaluated, written: Parameters) => string[];

const of = ({ resources }: Evaluated, type: string) => resources.filter((one) => one.type.endsWith(`:${type}`));
const statementsOf = (policy: unknown) =>
  ((typeof policy === "string" ? JSON.parse(policy) : policy) as { Statement: Statement[] }).Statement;
const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());
const lambdasOf = (evaluated: Evaluated) =>
  of(evaluated, "Function").filter(({ type }) => type.startsWith("aws:lambda/"));
const variablesOf = ({ inputs }: Made) =>
  (inputs.environment as { variables?: Record<string, string> } | undefined)?.variables ?? {};
/** The line of the table that a function was made from. */
const planned = (made: Made) => variablesOf(made).YIHAO_FUNCTION as FunctionName;

const parameters: Rule = ({ read, stage, problems }, written) => [
  ...problems,
  ...Object.keys(written)
    .filter((name) => name.startsWith(`/yihao/${stage}/`) && !read.includes(name))
    .map((name) => `the foundation writes the parameter ${name}, which the app does not read`),
];

const table: Rule = (evaluated) => {
  const made = lambdasOf(evaluated);
  const names = made.map(planned);
  return [
    ...functionNames
      .filter((name) => !names.includes(name))
      .map((name) => `the function ${name} of the table is not made`),
    ...made.flatMap((one) => {
      const plan = functions[planned(one)];
      if (!plan) return [`the function ${one.name} is not in the table of functions`];
      const { runtime, architectures, memorySize, timeout } = one.inputs;
      const variables = variablesOf(one);
      const wrong: string[] = [];
      if (runtime !== "nodejs24.x") wrong.push(`${planned(one)} runs on ${runtime}, not on nodejs24.x`);
      if (String(architectures) !== "arm64") wrong.push(`${planned(one)} runs on ${architectures}, not on arm64`);
      if ((one.inputs.tracingConfig as { mode?: string } | undefined)?.mode !== "Active")
        wrong.push(`${planned(one)} is not traced`);
      if (memorySize !== plan.memoryMb || timeout !== plan.timeoutSeconds)
        wrong.push(`${planned(one)} has ${memorySize} MB and ${timeout} s, not what its line of the table says`);
      for (const name of [...plan.told, "YIHAO_TABLE"])
        if (!variables[name]) wrong.push(`${planned(one)} is not told ${name}`);
      const told: readonly string[] = plan.told;
      for (const name of Object.keys(variables))
        if (/SECRET|SMTP|_KEY$/.test(name) && !told.includes(name))
          wrong.push(`${planned(one)} is told the secret ${name}, which it does not need`);
      return wrong;
    }),
  ];
};

const authorised: Rule = (evaluated) => {
  const made = of(evaluated, "Route");
  const keys = made.map(({ inputs }) => String(inputs.routeKey));
  const wanted = routes.map(({ path }) => `ANY ${path}${path.endsWith("/") ? "{proxy+}" : ""}`);
  return [
    ...wanted.filter((key) => !keys.includes(key)).map((key) => `nothing answers ${key}`),
    ...keys.filter((key) => !wanted.includes(key)).map((key) => `the route ${key} is not in the table of functions`),
    ...made
      .filter(({ inputs }) => inputs.authorizationType !== "CUSTOM" || !inputs.authorizerId)
      .map(
        ({ inputs }) =>
          `the route ${inputs.routeKey} is open: it must ask the authorizer of the front, or the firewall can be gone round`,
      ),
  ];
};

const allowed: Rule = (evaluated) =>
  of(evaluated, "Role").flatMap(({ name, inputs }) => {
    const wrong: string[] = [];
    const inline = (inputs.inlinePolicies as { policy: string }[] | undefined) ?? [];
    for (const { Effect, Action, Resource } of inline.flatMap(({ policy }) => statementsOf(policy))) {
      if (Effect !== "Allow") continue;
      for (const action of list(Action))
        if (action.includes("*")) wrong.push(`the role ${name} may do ${action}: name the actions one by one`);
      for (const resource of list(Resource))
        if (resource === "*" && !list(Action).every((action) => action.startsWith("xray:Put")))
          wrong.push(`the role ${name} may do ${list(Action).join(", ")} on everything`);
    }
    for (const { Principal } of statementsOf(inputs.assumeRolePolicy))
      if (JSON.stringify(Principal).includes(":root"))
        wrong.push(`the role ${name} may be taken by anybody of the account`);
    for (const managed of (inputs.managedPolicyArns as string[] | undefined) ?? [])
      if (!managed.endsWith("/AWSLambdaBasicExecutionRole"))
        wrong.push(`the role ${name} has the policy ${managed} of AWS, which is wider than its line of the table`);
    if (!String(inputs.name).startsWith(`yihao-${evaluated.stage}-`))
      wrong.push(`the role ${name} is called ${inputs.name}, which the deploy role may not make`);
    return wrong;
  });

const noData: Rule = ({ resources }) =>
  resources
    .filter(
      ({ type, name }) =>
        /:(Table|Key|Vault|Cluster|Instance)$/.test(type) || (/:Bucket(V2)?$/.test(type) && !name.startsWith("Pages")),
    )
    .map(({ type, name }) => `the app makes ${name} (${type}): what keeps data belongs to the foundation`);

type Alarm = {
  metricName: string;
  dimensions: Record<string, string>;
  alarmActions?: string[];
  alarmDescription?: string;
};
const alarmsOf = (evaluated: Evaluated) => of(evaluated, "MetricAlarm").map(({ inputs }) => inputs as unknown as Alarm);

const watched: Rule = (evaluated) => {
  const alarms = alarmsOf(evaluated);
  const has = (metric: string, value: unknown) =>
    alarms.some(
      ({ metricName, dimensions }) => metricName === metric && Object.values(dimensions).includes(String(value)),
    );
  return [
    ...lambdasOf(evaluated).flatMap((one) =>
      ["Errors", "Throttles", "Duration"]
        .filter((metric) => !has(metric, one.inputs.name))
        .map((metric) => `the function ${planned(one)} has no alarm on ${metric}`),
    ),
    ...of(evaluated, "Queue")
      .filter(
        ({ inputs }) =>
          !has("ApproximateNumberOfMessagesVisible", inputs.name) && !has("ApproximateAgeOfOldestMessage", inputs.name),
      )
      .map(({ name }) => `the queue ${name} has no alarm: what waits there is seen by nobody`),
    ...alarms
      .filter(({ alarmActions, alarmDescription }) => !alarmActions?.[0] || (alarmDescription ?? "").length < 20)
      .map(({ metricName }) => `an alarm on ${metricName} tells nobody, or not in words`),
  ];
};

/** What is wrong with the queues of the rooms' reactions and with how they call. */
function queuesOfRooms(evaluated: Evaluated, mappings: readonly Made[]): string[] {
  const queues = of(evaluated, "Queue");
  const named = (end: string) => queues.find(({ inputs }) => String(inputs.name).endsWith(end));
  return queueNames.flatMap((room) => {
    const queue = named(`-hears-${room}`);
    const mapping = mappings.find(({ inputs }) => String(inputs.eventSourceArn).endsWith(`-hears-${room}`));
    if (!queue || !mapping) return [`the room ${room} has no queue of its own: what it cannot take is lost`];
    const wrong: string[] = [];
    const { deadLetterTargetArn = "" } = JSON.parse(String(queue.inputs.redrivePolicy ?? "{}")) as Record<
      string,
      string
    >;
    if (!named(deadLetterTargetArn.split(":").at(-1) || "none"))
      wrong.push(`the queue of ${room} has no dead-letter queue`);
    if (!String(mapping.inputs.functionResponseTypes).includes("ReportBatchItemFailures"))
      wrong.push(`the queue of ${room} starts a whole batch again when one message failed`);
    if (!(mapping.inputs.scalingConfig as { maximumConcurrency?: number } | undefined)?.maximumConcurrency)
      wrong.push(`the queue of ${room} may take every copy of the function from the others`);
    if (Number(queue.inputs.visibilityTimeoutSeconds) < functions.retry.timeoutSeconds)
      wrong.push(`the queue of ${room} gives a message out again while it is still worked on`);
    return wrong;
  });
}

const nothingLost: Rule = (evaluated) => {
  const queues = of(evaluated, "Queue").map(({ inputs }) => String(inputs.name));
  const wrong = lambdasOf(evaluated).flatMap((one) => {
    const { hears } = functions[planned(one)] ?? {};
    if (hears !== "clock" && hears !== "poison") return [];
    const target = (one.inputs.deadLetterConfig as { targetArn?: string } | undefined)?.targetArn ?? "";
    return queues.some((name) => target.endsWith(`:${name}`))
      ? []
      : [`the function ${planned(one)} has no dead-letter queue: what it could not do is lost`];
  });
  const all = of(evaluated, "EventSourceMapping");
  const ofQueue = ({ inputs }: Made) => String(inputs.eventSourceArn).includes(":sqs:");
  const mappings = all.filter((one) => !ofQueue(one));
  wrong.push(...queuesOfRooms(evaluated, all.filter(ofQueue)));
  if (mappings.length === 0) wrong.push("nothing hears the stream of the table");
  for (const { name, inputs } of mappings) {
    const destination = (inputs.destinationConfig as { onFailure?: { destinationArn?: string } } | undefined)?.onFailure
      ?.destinationArn;
    if (!destination?.startsWith("arn:aws:s3:::"))
      wrong.push(`${name} has no bucket for what failed to the end: only a bucket keeps the whole record`);
    if (!String(inputs.functionResponseTypes).includes("ReportBatchItemFailures"))
      wrong.push(`${name} starts a whole batch again when one record failed`);
    if (inputs.bisectBatchOnFunctionError !== true)
      wrong.push(`${name} does not halve a batch that kills its function: the good would go with the bad`);
    if (!(Number(inputs.maximumRetryAttempts) > 0) || !(Number(inputs.maximumRecordAgeInSeconds) > 0))
      wrong.push(`${name} tries a bad record for ever, and what stands behind it waits`);
    if (!alarmsOf(evaluated).some(({ metricName }) => metricName === "IteratorAge"))
      wrong.push("nothing tells when the stream is behind");
  }
  for (const { name, inputs } of of(evaluated, "Schedule"))
    if (!(inputs.target as { deadLetterConfig?: { arn?: string } }).deadLetterConfig?.arn)
      wrong.push(`the schedule ${name} has no dead-letter queue`);
  return wrong;
};

type Behaviour = {
  pathPattern?: string;
  viewerProtocolPolicy?: string;
  responseHeadersPolicyId?: string;
  targetOriginId?: string;
};

const site: Rule = (evaluated) => {
  const [front] = of(evaluated, "Distribution");
  const [headers] = of(evaluated, "ResponseHeadersPolicy");
  if (!front || !headers) return ["there is no CloudFront before the pages"];
  const wrong: string[] = [];
  const pages = front.inputs.defaultCacheBehavior as Behaviour;
  const all = [pages, ...(front.inputs.orderedCacheBehaviors as Behaviour[])];
  if (!front.inputs.webAclId) wrong.push("no firewall stands before CloudFront");
  if (all.some(({ viewerProtocolPolicy }) => viewerProtocolPolicy === "allow-all"))
    wrong.push("CloudFront answers without TLS");
  if (!pages.responseHeadersPolicyId) wrong.push("the pages are served without security headers");
  for (const path of ["/api/*", "/webhooks/*"])
    if (!all.some(({ pathPattern, targetOriginId }) => pathPattern === path && targetOriginId === "api"))
      wrong.push(`${path} is not of the pages' origin`);
  for (const { name, inputs } of of(evaluated, "BucketObjectv2"))
    if (!String(inputs.key).startsWith("assets/") && inputs.cacheControl !== "no-cache")
      wrong.push(`browsers keep ${name} without asking whether there is a newer one`);
  if (!of(evaluated, "BucketObjectv2").some(({ inputs }) => inputs.key === "sw.js"))
    wrong.push("the service worker is not among the pages");
  const config = headers.inputs.securityHeadersConfig as {
    contentSecurityPolicy?: { contentSecurityPolicy: string };
    strictTransportSecurity?: { accessControlMaxAgeSec: number };
  };
  // Compiled WebAssembly comes from our own files: it lets no script stand in a page.
  const policy = (config.contentSecurityPolicy?.contentSecurityPolicy ?? "").replaceAll("'wasm-unsafe-eval'", "");
  for (const what of ["script", "style"])
    if (/unsafe/.test(new RegExp(`${what}-src ([^;]*)`).exec(policy)?.[1] ?? "'unsafe-inline'"))
      wrong.push(`the content security policy lets ${what}s stand in pages`);
  if (!((config.strictTransportSecurity?.accessControlMaxAgeSec ?? 0) >= 31_536_000))
    wrong.push("browsers are not told to use TLS for a year at least (HSTS)");
  return wrong;
};

const kept: Rule = ({ about, stage }) =>
  isKept(stage) === (about.protect === true && about.removal === "retain")
    ? []
    : [`the stage ${stage} ${isKept(stage) ? "can be removed by a slip" : "cannot be removed"}`];

/** What must hold of an app before it may be deployed. */
export const rules = { parameters, table, authorised, allowed, noData, watched, nothingLost, site, kept } as const;

/** Everything that is wrong with an app over a foundation, each in a sentence. */
export function wrongWith(evaluated: Evaluated, written: Parameters): string[] {
  return [...new Set(Object.values(rules).flatMap((rule) => rule(evaluated, written)))];
}
