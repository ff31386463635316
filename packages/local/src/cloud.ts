import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Table } from "@yihao/table/client";
import { bury, type Hearing } from "@yihao/table/stream";
import { StreamSource } from "@yihao/table/stream-source";
import { catchUp, mayHaveMissed } from "./catch-up.ts";
import { certificateFor, lanAddresses } from "./certificate.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { StreamHandler } from "./deliver.ts";
import { dynamoConfig, startDynamo } from "./dynamo.ts";
import { freePort } from "./free-port.ts";
import { createGateway, type Listening, listen, type Mount, type Route } from "./gateway.ts";
import { type Home, keep, notRunning, type Running, root, runningOn, type Secrets, secretsOf } from "./home.ts";
import type { FunctionHandler } from "./lambda-event.ts";
import type { StartOptions } from "./options.ts";
import { outboxMount } from "./outbox.ts";
import { startPump } from "./pump.ts";
import { startSandbox } from "./sandbox/server.ts";
import { staticFiles } from "./static-files.ts";

export type Cloud = {
  readonly url: string;
  /** The same for programs of this machine: plain HTTP also with `--lan`. */
  readonly inner: string;
  /** Addresses for phones, with `--lan`. */
  readonly lanUrls: readonly string[];
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
  settings: { endpoint: string; accessKeyId: string; url: string; origins: readonly string[]; sandboxPort: number },
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
    YIHAO_MAIL: "outbox",
    YIHAO_LOG: process.env.YIHAO_LOG ?? "errors",
    STRIPE_SECRET_KEY: secrets.stripeKey,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhook,
    YIHAO_STRIPE_HOST: "127.0.0.1",
    YIHAO_STRIPE_PORT: String(settings.sandboxPort),
    YIHAO_STRIPE_PROTOCOL: "http",
  });
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}

/** Loads a function as Lambda does: by the name of its file and its export `handler`. */
async function functionNamed<Handler>(folder: string, name: string): Promise<{ handler: Handler; hearing?: Hearing }> {
  return (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { handler: Handler; hearing?: Hearing };
}

async function apiRoutes(folder: string): Promise<Route[]> {
  const load = async (name: string) => (await functionNamed<FunctionHandler>(folder, name)).handler;
  return [
    { path: "/api/auth/", name: "auth", handler: await load("auth") },
    { path: "/api/v1/pay/", name: "pay", handler: await load("pay") },
    { path: "/api/", name: "api", handler: await load("api") },
    { path: "/webhooks/stripe", name: "stripe-webhook", handler: await load("stripe-webhook") },
  ];
}

function hostsOf(addresses: readonly string[], lan: boolean): ReadonlySet<string> {
  const name = hostname().toLowerCase();
  return new Set(["localhost", "127.0.0.1", "[::1]", ...(lan ? [...addresses, name, `${name}.local`] : [])]);
}

const missing: Mount = (_request, response) => void response.writeHead(404).end();

/** Serves the API alone over a DynamoDB Local that another process runs: a second machine, so to speak. */
export async function openApi(home: Home, options: StartOptions): Promise<Cloud> {
  const { apiOnly } = options;
  if (!apiOnly) throw new Error("no DynamoDB Local is named");
  const port = options.port || (await freePort());
  const url = options.origin ?? `http://127.0.0.1:${port}`;
  tell(secretsOf(home), { ...apiOnly, url, origins: [], sandboxPort: runningOn(home)?.sandboxPort ?? 0 });
  const routes = await apiRoutes(options.functions ?? join(root, "functions"));
  const gateway = createGateway({ routes, otherwise: missing, hosts: hostsOf([], false), log });
  const listening = await listen(gateway, { host: "127.0.0.1", port });
  return {
    url: `http://127.0.0.1:${port}`,
    inner: `http://127.0.0.1:${port}`,
    lanUrls: [],
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
    await Promise.all([table.create(), auth.create()]);
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
    tell(secrets, { endpoint, accessKeyId, url, origins, sandboxPort: sandbox.port });

    const folder = options.functions ?? join(root, "functions");
    const routes = await apiRoutes(folder);
    const stream = await functionNamed<StreamHandler>(folder, "stream");
    const schedule = await functionNamed<() => Promise<unknown>>(folder, "schedule");
    const hearing = stream.hearing ?? { table, reactions: [], now: () => new Date().toISOString() };

    const source = new StreamSource(await table.streamArn(), config);
    closers.push(() => source.close());
    const checkpoints = new Checkpoints(home.stream, source.arn, new Date().toISOString());
    const carry = {
      handler: stream.handler,
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
    const pump = startPump({ ...carry, source, checkpoints });
    closers.push(async () => {
      await Promise.race([pump.drained(), new Promise((done) => setTimeout(done, drainMs))]);
      await pump.stop();
    });
    closers.push(sweeping(schedule.handler, pump.nudge));

    const own = new Set(["127.0.0.1", "::1", ...addresses]);
    const outbox = outboxMount({ table, origin: url, own });
    const gateway = createGateway({
      routes: [
        ...routes,
        { path: "/sandbox/", mount: (request, response) => sandbox.handle(request, response) },
        { path: "/outbox", mount: outbox },
        { path: "/outbox/", mount: outbox },
      ],
      otherwise: staticFiles(join(root, "web/dist")),
      hosts: hostsOf(addresses, options.lan),
      wrote: pump.nudge,
      log,
    });
    const listening: Listening[] = [];
    closers.push(async () => void (await Promise.all(listening.map((one) => one.close()))));
    if (options.lan) {
      listening.push(await listen(gateway, { host: "0.0.0.0", port, tls: await certificateFor(home, addresses) }));
      listening.push(await listen(gateway, { host: "127.0.0.1", port: inner }));
    } else listening.push(await listen(gateway, { host: "127.0.0.1", port }));

    keep(home.running, { pid: process.pid, url, endpoint, sandboxPort: sandbox.port } satisfies Running);
    closers.push(() => notRunning(home));
    return {
      ...{ url, lanUrls, dynamo: { endpoint, accessKeyId } },
      inner: `http://127.0.0.1:${inner}`,
      ...{ drained: pump.drained, stop: close, ended: dynamo.ended },
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
