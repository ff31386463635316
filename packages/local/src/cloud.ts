import { existsSync, mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Table } from "@yihao/table/client";
import { bury, type Hearing } from "@yihao/table/stream";
import { StreamSource } from "@yihao/table/stream-source";
import { type FunctionName, routes } from "../../../infra/functions.ts";
import { beside } from "./beside.ts";
import { catchUp, mayHaveMissed } from "./catch-up.ts";
import { certificateFor, lanAddresses } from "./certificate.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { StreamHandler } from "./deliver.ts";
import { dynamoConfig, startDynamo } from "./dynamo.ts";
import { filesBucket, filesMount, filesPath } from "./files.ts";
import { freePort } from "./free-port.ts";
import { createGateway, type Listening, type Load, listen, type Mount, type Route } from "./gateway.ts";
import { type Home, keep, notRunning, type Running, root, runningOn, type Secrets, secretsOf } from "./home.ts";
import { type Lambdas, openLambdas } from "./lambda/lambdas.ts";
import type { FunctionHandler } from "./lambda-event.ts";
import type { StartOptions } from "./options.ts";
import { mailFrom, outboxMount } from "./outbox.ts";
import { mostlyOwn, type OwnMachine } from "./own-machine.ts";
import { soundCheckpoints, startPump } from "./pump.ts";
import { type Consumer, drainedBoth, startQueues } from "./queues.ts";
import { startSandbox } from "./sandbox/server.ts";
import { staticFiles } from "./static-files.ts";

export type Cloud = {
  readonly url: string;
  /** The same for programs of this machine: plain HTTP also with `--lan`. */
  readonly inner: string;
  /** Addresses for phones, with `--lan`. */
  readonly lanUrls: readonly string[];
  /** Where the mails are read; with a key where another server stands in front. */
  readonly outboxUrl: string;
  readonly dynamo: { readonly endpoint: string; readonly accessKeyId: string };
  /** Settles when everything written before the call has been heard by every reaction. */
  readonly drained: () => Promise<void>;
  /** Finishes requests in flight and the stream, then closes everything. */
  readonly stop: () => Promise<void>;
  /** Settles when DynamoDB Local ended, wanted or not. */
  readonly ended: Promise<number>;
};

export const tableNames = { main: "yihao", auth: "yihao-auth" } as const;

const sweepEveryMs = 60_000;
const drainMs = 5_000;
const log = (message: string) => console.error(message);

/** What the functions are told, by the same names as on AWS. It must be set before they are loaded. */
function tell(
  secrets: Secrets,
  settings: {
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly url: string;
    readonly origins: readonly string[];
    readonly sandboxPort: number;
    readonly filesUrl: string;
    readonly queuesUrl: string;
  },
) {
  Object.assign(process.env, {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: settings.accessKeyId,
    AWS_SECRET_ACCESS_KEY: settings.accessKeyId,
    YIHAO_TABLE: tableNames.main,
    YIHAO_AUTH_TABLE: tableNames.auth,
    YIHAO_DYNAMO_ENDPOINT: settings.endpoint,
    YIHAO_SECRET: secrets.session,
    YIHAO_URL: settings.url,
    YIHAO_ORIGINS: settings.origins.filter((origin) => origin !== settings.url).join(","),
    YIHAO_FILES_BUCKET: filesBucket,
    YIHAO_S3_ENDPOINT: settings.filesUrl,
    YIHAO_QUEUES: settings.queuesUrl,
    YIHAO_LOG: process.env.YIHAO_LOG ?? "errors",
    YIHAO_USAGE_SECONDS: process.env.YIHAO_USAGE_SECONDS ?? "10",
    STRIPE_SECRET_KEY: secrets.stripeKey,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhook,
    YIHAO_STRIPE_HOST: "127.0.0.1",
    YIHAO_STRIPE_PORT: String(settings.sandboxPort),
    YIHAO_STRIPE_PROTOCOL: "http",
  });
  // Letters leave this machine when a mail server is named; else they are read in its outbox.
  if (process.env.YIHAO_SMTP) process.env.YIHAO_MAIL_FROM ??= mailFrom(settings.url);
  else process.env.YIHAO_MAIL = "outbox";
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}

/** Loads a function as Lambda does: by the name of its file and its export `handler`. */
async function functionNamed<Handler>(folder: string, name: string): Promise<{ handler: Handler; hearing?: Hearing }> {
  return (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { handler: Handler; hearing?: Hearing };
}

/** Where the product's own functions are. */
const ownFunctions = join(root, "functions");

/**
 * Every path and the function that answers it, from the table that the app on AWS is made of. Every function must be among the product's own; another folder, as tests
 * have one, answers with those that it has.
 */
async function apiRoutes(folder: string, lambdas?: Lambdas): Promise<Route[]> {
  const load = async (name: FunctionName) =>
    lambdas?.handler(name) ?? (await functionNamed<FunctionHandler>(folder, name)).handler;
  const there = routes.filter(({ name }) => folder === ownFunctions || existsSync(join(folder, `${name}.ts`)));
  return Promise.all(there.map(async ({ path, name }) => ({ path, name, handler: await load(name) })));
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

function hostsOf(addresses: readonly string[], options: Pick<StartOptions, "lan" | "origin">): ReadonlySet<string> {
  const name = hostname().toLowerCase();
  const front = options.origin ? [new URL(options.origin).hostname] : [];
  return new Set([...loopback, ...front, ...(options.lan ? [...addresses, name, `${name}.local`] : [])]);
}

const missing: Mount = (_request, response) => void response.writeHead(404).end();

/** Serves the API alone over a DynamoDB Local that another process runs: a second machine, so to speak. */
export async function openApi(home: Home, options: StartOptions): Promise<Cloud> {
  const { apiOnly } = options;
  if (!apiOnly) throw new Error("no DynamoDB Local is named");
  const port = options.port || (await freePort());
  const url = options.origin ?? `http://127.0.0.1:${port}`;
  const running = runningOn(home);
  const filesUrl = running?.filesUrl ?? `${url}${filesPath}`;
  // It hears no stream, and so puts nothing into a queue.
  const queuesUrl = url;
  tell(secretsOf(home), { ...apiOnly, url, origins: [], sandboxPort: running?.sandboxPort ?? 0, filesUrl, queuesUrl });
  const answering = await apiRoutes(options.functions ?? ownFunctions);
  const gateway = createGateway({ routes: answering, otherwise: missing, hosts: hostsOf([], options), log });
  const listening = await listen(gateway, { host: "127.0.0.1", port });
  return {
    url: `http://127.0.0.1:${port}`,
    inner: `http://127.0.0.1:${port}`,
    lanUrls: [],
    outboxUrl: `${url}/outbox`,
    dynamo: apiOnly,
    drained: async () => {},
    stop: listening.close,
    ended: new Promise(() => {}),
  };
}

/** Starts the whole product on a home: DynamoDB Local, tables, payment sandbox, functions behind the gateway, stream and timers. */
export async function openCloud(home: Home, options: StartOptions): Promise<Cloud> {
  const secrets = secretsOf(home);
  const port = options.port || (await freePort());
  const addresses = lanAddresses();
  const scheme = options.lan ? "https" : "http";
  const local = `${scheme}://127.0.0.1:${port}`;
  const lanUrls = options.lan ? addresses.map((address) => `https://${address}:${port}`) : [];
  const url = options.origin ?? lanUrls[0] ?? local;
  // Beside HTTPS the payment sandbox needs a way in that does not ask for a certificate anyone knows.
  const inner = options.lan ? await freePort() : port;

  mkdirSync(home.dynamo, { recursive: true, mode: 0o700 });
  const dynamo = await startDynamo({ dir: home.dynamo, accessKeyId: secrets.accessKeyId });
  const closers: (() => Promise<void> | void)[] = [dynamo.stop];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const config = dynamoConfig(dynamo.endpoint, dynamo.accessKeyId);
    const table = new Table({ name: tableNames.main, config });
    const auth = new Table({ name: tableNames.auth, config });
    await Promise.all([table.create(), auth.create({ stream: false })]);
    await auth.expire();
    closers.push(() => table.close());
    auth.close();

    const sandbox = await startSandbox({
      port: 0,
      stateFile: home.sandbox,
      publicUrl: `${url}/sandbox`,
      webhook: { url: `http://127.0.0.1:${inner}/webhooks/stripe`, secret: secrets.stripeWebhook },
    });
    closers.push(sandbox.close);
    const { endpoint, accessKeyId } = dynamo;
    const origins = [local, `${scheme}://localhost:${port}`, ...lanUrls];
    const filesUrl = `http://127.0.0.1:${inner}${filesPath}`;
    const queues = await startQueues({ folder: home.queues, accessKeyId, log });
    closers.push(queues.stop);
    tell(secrets, {
      ...{ endpoint, accessKeyId, url, origins, sandboxPort: sandbox.port, filesUrl },
      queuesUrl: queues.begin,
    });

    const folder = options.functions ?? ownFunctions;
    const lambdas = options.lambda ? await openLambdas(process.env, log) : undefined;
    if (lambdas) closers.push(lambdas.stop);
    const answering = await apiRoutes(folder, lambdas);
    const stream = await functionNamed<StreamHandler>(folder, "stream");
    const schedule = await functionNamed<() => Promise<unknown>>(folder, "schedule");
    const retries =
      (lambdas?.handler("retry") as Consumer | undefined) ??
      (existsSync(join(folder, "retry.ts")) ? (await functionNamed<Consumer>(folder, "retry")).handler : undefined);
    const mail =
      process.env.YIHAO_SMTP && existsSync(join(folder, "mail.ts"))
        ? ((lambdas?.handler("mail") as Consumer | undefined) ??
          (await functionNamed<Consumer>(folder, "mail")).handler)
        : undefined;
    const sender = existsSync(join(folder, "hooks.ts"))
      ? await functionNamed<StreamHandler>(folder, "hooks")
      : undefined;
    const sends = sender && ((lambdas?.handler("hooks") as StreamHandler | undefined) ?? sender.handler);
    const alone = (lambdas?.handler("stream") as StreamHandler | undefined) ?? stream.handler;
    const both = sends && beside(alone, sends, "hook-try", log);
    if (both) closers.push(() => Promise.race([both.idle(), new Promise<void>((done) => setTimeout(done, drainMs))]));
    const hears = both?.handler ?? alone;
    const ticks = lambdas ? () => lambdas.handler("schedule")({}) : schedule.handler;
    const hearing = stream.hearing ?? { table, reactions: [], now: () => new Date().toISOString() };

    const source = new StreamSource(await table.streamArn(), config);
    closers.push(() => source.close());
    const checkpoints = new Checkpoints(home.stream, source.arn, new Date().toISOString());
    await soundCheckpoints(source, checkpoints);
    const carry = {
      handler: hears,
      bury: (record: Parameters<typeof bury>[1], error: unknown) => bury(hearing, record, error),
      log,
    };
    if (checkpoints.restored || mayHaveMissed(checkpoints.caughtUpAt, new Date().toISOString())) {
      const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
      const count = await catchUp(table, hearing.reactions, checkpoints.caughtUpAt, {
        ...carry,
        wait,
        stopped: () => false,
      });
      log(`stream: looked again at ${count} facts written since ${checkpoints.caughtUpAt}`);
    }
    const load: Load = { calls: 0 };
    const pump = startPump({ ...carry, source, checkpoints, busy: () => load.calls > 0 });
    if (retries) queues.deliver((queue) => (queue === "mail" ? mail : retries));
    const drained = () => drainedBoth(pump, queues);
    closers.push(async () => {
      await Promise.race([drained(), new Promise((done) => setTimeout(done, drainMs))]);
      await pump.stop();
    });
    closers.push(sweeping(ticks, pump.nudge));

    const own: OwnMachine = {
      addresses: new Set(["127.0.0.1", "::1", ...addresses]),
      key: options.origin && !loopback.has(new URL(options.origin).hostname) ? secrets.outbox : undefined,
    };
    const outbox = outboxMount({ table, origin: url, own, sends: mail !== undefined });
    const pages: Mount = (request, response) => sandbox.handle(request, response);
    const gateway = createGateway({
      routes: [
        ...answering,
        // Payers come from anywhere; the stand-in for Stripe's API and its controls take any test key, so they are for this machine.
        { path: "/sandbox/", mount: mostlyOwn(own, /^\/sandbox\/(pay|connect)\/\w+$/, pages) },
        { path: `${filesPath}/`, mount: filesMount({ folder: home.files, endpoint: filesUrl, accessKeyId }) },
        { path: "/outbox", mount: outbox },
        { path: "/outbox/", mount: outbox },
      ],
      otherwise: staticFiles(join(root, "web/dist")),
      hosts: hostsOf(addresses, options),
      wrote: pump.nudge,
      load,
      log,
    });
    const listening: Listening[] = [];
    closers.push(async () => void (await Promise.all(listening.map((one) => one.close()))));
    if (options.lan) {
      listening.push(await listen(gateway, { host: "0.0.0.0", port, tls: await certificateFor(home, addresses) }));
      listening.push(await listen(gateway, { host: "127.0.0.1", port: inner }));
    } else listening.push(await listen(gateway, { host: "127.0.0.1", port }));

    const running: Running = { pid: process.pid, url, endpoint, sandboxPort: sandbox.port, filesUrl };
    keep(home.running, running);
    closers.push(() => notRunning(home));
    return {
      outboxUrl: `${url}/outbox${own.key === undefined ? "" : `?key=${own.key}`}`,
      ...{ url, lanUrls, dynamo: { endpoint, accessKeyId } },
      inner: `http://127.0.0.1:${inner}`,
      ...{ drained, stop: close, ended: dynamo.ended },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs the schedule function every minute, one run at a time; the closer waits for the run in hand. */
function sweeping(schedule: () => Promise<unknown>, after: () => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= schedule()
      .then(after)
      .catch((error: unknown) => log(`schedule: ${String(error)}`))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(run, sweepEveryMs);
  run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
