import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listMail } from "@yihao/identity/mail";
import type { PlatformScope } from "@yihao/kernel/scope";
import { Table } from "@yihao/table/client";
import { dynamoConfig } from "../dynamo.ts";
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
  const product = await startProduct({ home, env: uncounted });
  const table = new Table({ name: "yihao", config: dynamoConfig(product.dynamo.endpoint, product.dynamo.accessKeyId) });
  const others: Product[] = [];
  const operator = await signIn(new Client(product.url), table, "bench@yihao.example", "Bench");
  const space = await foundSpace(operator);
  return {
    product,
    operator,
    space,
    base: `/api/v1/spaces/${space}`,
    table,
    second: async () => {
      const api = await startApi(product, { home, env: uncounted });
      others.push(api);
      return api;
    },
    close: async () => {
      operator.close();
      table.close();
      for (const other of others) await other.stop();
      await product.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
