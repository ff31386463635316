import { createServer } from "node:net";
import type { PutLink } from "@yihao/http/files";
import { Table } from "@yihao/table/client";
import { type Cloud, openApi, openCloud, tableNames } from "./cloud.ts";
import { demoAccounts, seedDemo } from "./demo/main.ts";
import type { DemoPay } from "./demo/stage.ts";
import { dynamoConfig } from "./dynamo.ts";
import { homeFolder, openHome, runningOn } from "./home.ts";
import { takeLock } from "./lock.ts";
import { readOptions, type StartOptions } from "./options.ts";

const lockWaitMs = 8_000;

/** A reason not to start that is the user's to know, not ours to trace. */
class Polite extends Error {}

async function portFree(port: number, host: string): Promise<boolean> {
  return await new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });
}

/** `npm start`: starts the product and lives until it is told to stop. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await run(readOptions(args));
  } catch (error) {
    const polite = error instanceof Polite || (error instanceof Error && error.message.includes("npm start --"));
    console.error(polite ? `\n${(error as Error).message}\n` : error);
    process.exit(1);
  }
}

async function run(options: StartOptions): Promise<void> {
  const home = openHome(homeFolder(options.home));
  const say = options.json ? () => {} : (line: string) => console.log(line);
  if (
    !options.apiOnly &&
    options.port !== 0 &&
    !(await portFree(options.port, options.lan ? "0.0.0.0" : "127.0.0.1"))
  ) {
    const running = runningOn(home);
    const who = running?.url.endsWith(`:${options.port}`) ? `Yihao itself (process ${running.pid})` : "another program";
    throw new Polite(
      `端口 ${options.port} 已被占用。Port ${options.port} is taken by ${who}.\nnpm start -- --port ${options.port + 1}`,
    );
  }
  const lock = options.apiOnly ? { release: () => {} } : takeLock(home.lock, runningOn(home) ? 0 : lockWaitMs);
  if (!lock) {
    const running = runningOn(home);
    throw new Polite(
      `壹号已经在用这份数据。Yihao already runs on ${home.folder}${running ? `: ${running.url}, process ${running.pid}` : ""}`,
    );
  }

  const cloud = await (options.apiOnly ? openApi(home, options) : openCloud(home, options));
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    say("\n正在停止 / Stopping …");
    await cloud.stop();
    lock.release();
    process.exit(code);
  };
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (asked && signal === "SIGINT") process.exit(1);
      asked = true;
      void stop(0);
    });
  // Whoever started this process and is gone cannot stop it any more.
  if (process.send) process.on("disconnect", () => void stop(0));
  process.on("message", (asked) => {
    if (asked === "drained") void cloud.drained().then(() => process.send?.("drained"));
  });
  void cloud.ended.then((code) => {
    if (stopping) return;
    console.error(`DynamoDB Local ended by itself (code ${code}); see ${home.dynamo}/dynamo.log`);
    void stop(1);
  });

  if (options.json)
    console.log(JSON.stringify({ ready: true, url: cloud.url, pid: process.pid, dynamo: cloud.dynamo }));
  else announce(cloud, home.folder);
  if (options.apiOnly) return;
  const table = tableBehind(cloud, () => stopping);
  try {
    // The demo's past is written with its receipts, which must not leave before all of it stands.
    if (options.seed) await fillDemo(cloud, table, home.demo, say);
    await table.expire();
  } catch (error) {
    if (!stopping) console.error(`The demo could not be filled; the next start goes on with it. ${String(error)}`);
  } finally {
    table.close();
  }
}

/** The product's table, until it stops. */
function tableBehind(cloud: Cloud, stopping: () => boolean): Table {
  const { endpoint, accessKeyId } = cloud.dynamo;
  return new Table({
    name: tableNames.main,
    config: dynamoConfig(endpoint, accessKeyId),
    through: async (call, send) => {
      if (stopping()) throw new Error("stopping");
      return send(call);
    },
  });
}

/** Fills the demo behind the running product, tells how far it is in one line, and then who can sign in. */
async function fillDemo(cloud: Cloud, table: Table, marker: string, say: (line: string) => void): Promise<void> {
  const began = performance.now();
  let told = false;
  const progress = (done: number, total: number) => {
    if (!told) say("  正在准备演示数据 / Filling the demo …");
    told = true;
    if (process.stdout.isTTY) process.stdout.write(done < total ? `\r  ${done}/${total} ` : "\r");
  };
  const request = (path: string, init: RequestInit) =>
    fetch(new URL(path, cloud.inner), { ...init, headers: { ...init.headers, origin: cloud.inner } });
  const clock = () => new Date().toISOString();
  const { filesFromEnvironment } = await import("../../../functions/files-environment.ts");
  const files = filesFromEnvironment();
  const send = async ({ url, headers }: PutLink, bytes: Uint8Array) => {
    const answer = await fetch(new URL(url, cloud.inner), { method: "PUT", headers, body: Buffer.from(bytes) });
    if (!answer.ok) throw new Error(`a file of the demo was refused: ${answer.status}`);
  };
  const pay = await demoPay(cloud.url);
  const ran = await seedDemo({ marker, table, request, drained: cloud.drained, clock, files, send, pay, progress });
  if (ran === undefined) return;
  if (ran > 0) {
    const seconds = Math.round((performance.now() - began) / 1000);
    say(`  演示数据已备好 / Demo filled (${ran} steps, ${seconds} s)`);
  }
  const lines = demoAccounts.map(({ email, password, name, role }) => `    ${email}  ${password}  ${name} ${role}`);
  say(["", "  演示账号 Demo accounts", ...lines, ""].join("\n"));
}

/** How the demo pays: through the payment sandbox that the functions are told of. */
async function demoPay(home: string): Promise<DemoPay> {
  const { stripeFromEnvironment } = await import("../../../functions/stripe-environment.ts");
  const { STRIPE_SECRET_KEY: key = "", YIHAO_STRIPE_PORT: port = "" } = process.env;
  const control = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${key}` };
    const sent = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`http://127.0.0.1:${port}/control/${path}`, sent);
    if (!answer.ok) throw new Error(`the payment sandbox refused ${path}: ${answer.status}`);
    return answer.json();
  };
  return { provider: stripeFromEnvironment(), control, home };
}

function announce({ url, lanUrls, outboxUrl }: Cloud, folder: string): void {
  const lines = ["", "  壹号 Yihao", "", `  打开 Open      ${url}`];
  for (const other of lanUrls) if (other !== url) lines.push(`                 ${other}`);
  if (lanUrls.length > 0)
    lines.push("                 证书是自制的，浏览器会提醒一次。 The certificate is self-made: browsers warn once.");
  lines.push(
    `  邮件 Outbox    ${outboxUrl}`,
    `  接口 API       ${url}/api/v1/openapi.json`,
    `  数据 Data      ${folder}`,
  );
  lines.push("", "  Ctrl-C 停止 stops", "");
  console.log(lines.join("\n"));
}

if (import.meta.main) await main(process.argv.slice(2));
