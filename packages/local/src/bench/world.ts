import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listMail } from "@yihao/identity/mail";
import type { PlatformScope } from "@yihao/kernel/scope";
import { Table } from "@yihao/table/client";
import { tableNames } from "../cloud.ts";
import { dynamoConfig } from "../dynamo.ts";
import { freePort } from "../free-port.ts";
import { type Product, startApi, startProduct } from "../product.ts";
import { Client } from "./client.ts";

/** A running product of its own with one space in it, reached over HTTP as its operator. */
export type World = {
  readonly product: Product;
  readonly operator: Client;
  /** `/api/v1/spaces/<space>` */
  readonly base: string;
  readonly space: string;
  readonly table: Table;
  /** Stops the product, lets something work on the file of its database, and starts it again at the same address. */
  readonly between: <Result>(work: (file: string) => Result) => Promise<Result>;
  /** A second API process on the same table. */
  readonly second: () => Promise<Product>;
  readonly close: () => Promise<void>;
};

/** A bench asks more a minute as one person than any person may. */
const uncounted = { YIHAO_RATE_PER_MINUTE: "off" };

/** A scope of the platform for reading what only the machine's owner sees, e.g. the outbox. */
export function platformScope(table: Table): PlatformScope {
  return {
    space: "platform",
    actor: { kind: "system", name: "bench" },
    now: new Date().toISOString(),
    command: { id: `auto:${crypto.randomUUID()}`, print: "" },
    meter: { read: 0, write: 0 },
    table,
  };
}

/** Signs a person in by the code that the product mails, as a browser does. */
export async function signIn(client: Client, table: Table, email: string, name: string): Promise<Client> {
  await client.json("POST", "/api/auth/email-otp/send-verification-otp", { email, type: "sign-in" });
  const letters = (await listMail(platformScope(table))).items.filter((letter) => letter.to === email);
  const code = /\b(\d{6})\b/.exec(letters[0]?.text ?? "")?.[1];
  if (!code) throw new Error(`no code was mailed to ${email}`);
  await client.json("POST", "/api/auth/sign-in/email-otp", { email, otp: code, name });
  return client;
}

/** Founds a space as the person of a client and gives its id. */
export async function foundSpace(operator: Client): Promise<string> {
  const facts = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  return (await operator.command<{ id: string }>("/api/v1/me/spaces", facts)).id;
}

/** Starts a product with an empty home on free ports and founds a space in it. */
export async function openWorld(): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), "yihao-bench-"));
  const port = await freePort();
  const begin = async () => {
    const product = await startProduct({ home, port, env: uncounted });
    const config = dynamoConfig(product.dynamo.endpoint, product.dynamo.accessKeyId);
    return { product, table: new Table({ name: tableNames.main, config }) };
  };
  let now = await begin();
  const others: Product[] = [];
  const operator = await signIn(new Client(now.product.url), now.table, "bench@yihao.example", "Bench");
  const space = await foundSpace(operator);
  return {
    get product() {
      return now.product;
    },
    get table() {
      return now.table;
    },
    operator,
    space,
    base: `/api/v1/spaces/${space}`,
    between: async (work) => {
      operator.close();
      now.table.close();
      for (const other of others.splice(0)) await other.stop();
      await now.product.stop();
      const folder = join(home, "dynamo");
      const file = (await readdir(folder)).find((name) => name.endsWith(".db"));
      if (file === undefined) throw new Error(`no database in ${folder}`);
      const result = work(join(folder, file));
      now = await begin();
      return result;
    },
    second: async () => {
      const api = await startApi(now.product, { home, env: uncounted });
      others.push(api);
      return api;
    },
    close: async () => {
      operator.close();
      now.table.close();
      for (const other of others) await other.stop();
      await now.product.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
