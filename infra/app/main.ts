import { frontHeader } from "../edge.ts";
import { type FunctionName, functions, routes } from "../functions.ts";
import { alarmsTo, queriesOver } from "./alarms.ts";
import { foundationOf } from "./foundation.ts";
import { type Extras, logical, makeFunction, type Settings } from "./functions.ts";
import { makeQueues, queuesOf } from "./queues.ts";
import { makeWall, wallRoleArn } from "./tenant.ts";
import { siteOf } from "./web.ts";

/** The address that letters come from, e.g. `壹号 <no-reply@yihao.example>`. */
function mailFrom(): string {
  const from = process.env.MAIL_FROM ?? "";
  if (!/@[\w.-]+\.\w+>?$/.test(from))
    throw new Error("MAIL_FROM is no address that letters could come from, as `壹号 <no-reply@example.com>`");
  return from;
}

/** The app of a stage: functions behind one API, the stream, the clock, the pages, and the alarms beside each. */
export function app() {
  const foundation = foundationOf($app.stage);
  const secret = (name: string) => new sst.Secret(name).value;
  const frontSecret = secret("FrontSecret");
  const alarms = alarmsTo(foundation.alarmTopicArn);

  const api = new sst.aws.ApiGatewayV2("Gateway", { cors: false, accessLog: { retention: "3 months" } });
  alarms.ofApi(api.nodes.api.id);
  const site = siteOf(foundation, api.nodes.api.apiEndpoint, frontSecret);
  const url = process.env.SITE_DOMAIN ? $output(`https://${process.env.SITE_DOMAIN}`) : site.url;

  // TENANT_WALL=off does without the wall in IAM: a call to STS an hour for each space and copy of a function.
  const walled = process.env.TENANT_WALL !== "off";
  const settings: Settings = {
    YIHAO_AUTH_TABLE: foundation.authTable,
    YIHAO_FILES_BUCKET: foundation.filesBucket,
    YIHAO_SECRET: secret("SessionSecret"),
    YIHAO_URL: url,
    STRIPE_SECRET_KEY: secret("StripeSecretKey"),
    STRIPE_WEBHOOK_SECRET: secret("StripeWebhookSecret"),
    YIHAO_FEE_BASIS_POINTS: process.env.FEE_BASIS_POINTS ?? "0",
    YIHAO_FRONT_SECRET: frontSecret,
    YIHAO_SUPPORT: foundation.support,
    YIHAO_TENANT_ROLE: walled ? wallRoleArn() : undefined,
    YIHAO_QUEUES: queuesOf().begin,
    YIHAO_SMTP: secret("SmtpUrl"),
    YIHAO_MAIL_FROM: mailFrom(),
    YIHAO_PLATFORM_OWNERS: process.env.PLATFORM_OWNERS ?? "none",
  };
  const logGroups: $util.Output<string>[] = [];
  const made = (name: FunctionName, extras?: Extras) => {
    const one = makeFunction(name, foundation, settings, extras);
    alarms.ofFunction(name, one.name);
    logGroups.push(one.nodes.logGroup.apply((group) => $output(group?.name ?? "")));
    return one;
  };

  // Whoever comes by the gateway's own address went round the firewall: without the secret of the front there is no answer.
  const front = api.addAuthorizer({
    name: "Front",
    lambda: { function: made("front").arn, identitySources: [`$request.header.${frontHeader}`], ttl: "1 hour" },
  });
  const takesWall = (name: FunctionName) => walled && functions[name].told.includes("YIHAO_TENANT_ROLE");
  const takeWall = { actions: ["sts:AssumeRole", "sts:TagSession"], resources: [wallRoleArn()] };
  const answering = new Map<FunctionName, ReturnType<typeof made>>();
  for (const { path, name } of routes) {
    const one = answering.get(name) ?? made(name, takesWall(name) ? { permissions: [takeWall] } : {});
    answering.set(name, one);
    const route = path.endsWith("/") ? `ANY ${path}{proxy+}` : `ANY ${path}`;
    api.route(route, one.arn, { auth: { lambda: front.id } });
  }

  if (walled) {
    const inSpace = [...answering].filter(([name]) => takesWall(name));
    makeWall(
      foundation,
      inSpace.map(([, one]) => one.nodes.role.arn),
    );
  }

  const streamRead = {
    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    resources: [foundation.tableStreamArn],
  };
  const stream = made("stream", { permissions: [streamRead] });
  alarms.ofStream("stream", stream.name);
  // Only new items are facts; a batch that fails is halved until the one to blame is alone, and after five tries it lies whole in the bucket.
  new aws.lambda.EventSourceMapping("Hearing", {
    eventSourceArn: foundation.tableStreamArn,
    functionName: stream.arn,
    startingPosition: "TRIM_HORIZON",
    batchSize: 100,
    parallelizationFactor: 4,
    functionResponseTypes: ["ReportBatchItemFailures"],
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 5,
    maximumRecordAgeInSeconds: 86_400,
    filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: ["INSERT"] }) }] },
    destinationConfig: { onFailure: { destinationArn: foundation.poisonBucketArn } },
  });

  // Attempts of webhooks go to a function of their own, few at a time, since each may take ten seconds; what is lost on the way the timers of the attempts make good.
  const hooks = made("hooks", { permissions: [streamRead] });
  alarms.ofStream("hooks", hooks.name);
  new aws.lambda.EventSourceMapping("Sending", {
    eventSourceArn: foundation.tableStreamArn,
    functionName: hooks.arn,
    startingPosition: "LATEST",
    batchSize: 25,
    parallelizationFactor: 4,
    functionResponseTypes: ["ReportBatchItemFailures"],
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 3,
    maximumRecordAgeInSeconds: 3600,
    filterCriteria: {
      filters: [
        { pattern: JSON.stringify({ eventName: ["INSERT"], dynamodb: { NewImage: { k: { S: ["hook-try"] } } } }) },
      ],
    },
    destinationConfig: { onFailure: { destinationArn: foundation.poisonBucketArn } },
  });

  const deadLettersOf = (name: FunctionName) => {
    const queue = new sst.aws.Queue(`${logical(name)}DeadLetters`, {
      transform: { queue: { messageRetentionSeconds: 1_209_600, sqsManagedSseEnabled: true } },
    });
    alarms.ofDeadLetters(name, queue.nodes.queue.name);
    return queue.arn;
  };
  for (const { room, queue } of makeQueues(deadLettersOf("retry"), made("retry"), made("mail")))
    alarms.ofRoom(room, queue.name);

  const poisonLetters = deadLettersOf("poison");
  const poison = made("poison", { deadLetters: poisonLetters });
  alarms.ofPoison(poison.name);
  const allowed = new aws.lambda.Permission("PoisonCalls", {
    action: "lambda:InvokeFunction",
    function: poison.arn,
    principal: "s3.amazonaws.com",
    sourceArn: foundation.poisonBucketArn,
  });
  new aws.s3.BucketNotification(
    "PoisonArrives",
    {
      bucket: foundation.poisonBucket,
      lambdaFunctions: [{ lambdaFunctionArn: poison.arn, events: ["s3:ObjectCreated:*"] }],
    },
    { dependsOn: [allowed] },
  );

  const scheduleLetters = deadLettersOf("schedule");
  const schedule = made("schedule", { deadLetters: scheduleLetters });
  new sst.aws.CronV2("Clock", {
    schedule: "rate(1 minute)",
    function: schedule.arn,
    retries: 2,
    dlq: scheduleLetters,
  });
  queriesOver(logGroups);
  return { url, api: api.nodes.api.apiEndpoint };
}
