import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { base32 } from "@yihao/kernel/ids";

/** The folder of the whole product. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

export type Secrets = {
  /** Chooses the database within DynamoDB Local; who does not know it sees an empty one. */
  readonly accessKeyId: string;
  /** Signs sessions. */
  readonly session: string;
  /** The payment sandbox's key and the secret of its webhooks. */
  readonly stripeKey: string;
  readonly stripeWebhook: string;
  /** Opens the outbox where another server stands in front. */
  readonly outbox: string;
};
export type Running = {
  readonly pid: number;
  readonly url: string;
  readonly endpoint: string;
  readonly sandboxPort: number;
  readonly filesUrl: string;
};

/** Where a product keeps its things: `.yihao` of the clone unless YIHAO_HOME or `--home` says otherwise. */
export function homeFolder(wish?: string): string {
  return resolve(wish ?? process.env.YIHAO_HOME ?? join(root, ".yihao"));
}

/** Writes a private file whole or not at all. */
export function keep(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The files of a home, made private to the user (mode 700) if it is new. */
export function openHome(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  return {
    folder,
    dynamo: at("dynamo"),
    files: at("files"),
    lock: at("product.lock"),
    running: at("running.json"),
    secrets: at("secrets.json"),
    stream: at("stream.json"),
    queues: at("queues"),
    sandbox: at("payment-sandbox.json"),
    demo: at("demo.json"),
    upgrade: at("upgrade.json"),
    certificate: at("certificate.json"),
  };
}
export type Home = ReturnType<typeof openHome>;

/** The secrets of a home, made once; a home that is older than one of them gets it now. */
export function secretsOf(home: Home): Secrets {
  const kept = existsSync(home.secrets) ? (JSON.parse(readFileSync(home.secrets, "utf8")) as Partial<Secrets>) : {};
  const letters = (length: number) => base32(randomBytes(length), length);
  const secrets: Secrets = {
    accessKeyId: `yihao${letters(32)}`,
    session: randomBytes(32).toString("base64url"),
    stripeKey: `sk_test_sandbox${letters(24)}`,
    stripeWebhook: `whsec_${letters(32)}`,
    outbox: letters(26),
    ...kept,
  };
  if (Object.keys(kept).length < Object.keys(secrets).length) keep(home.secrets, secrets);
  return secrets;
}

/** What runs on a home, if its process is alive. */
export function runningOn(home: Home): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(home.running, "utf8")) as Running;
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}

/** Forgets what ran on a home. */
export function notRunning(home: Home): void {
  rmSync(home.running, { force: true });
}
