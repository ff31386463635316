import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Product, startProduct } from "@yihao/local/product";
import type { TestProject } from "vitest/node";
import { buildWeb } from "../../packages/local/bin/prepare.mjs";

/** Who is the platform's support in the product of the tests. */
export const supportEmail = "support@yihao.example";

declare module "vitest" {
  export interface ProvidedContext {
    product: Pick<Product, "url" | "dynamo">;
  }
}

/** Who owns the platform in the product of the tests. */
export const platformOwner = "owner@platform.example";

/**
 * Vitest's global set-up: the pages built when they are not, and for the whole run one product as `npm start` runs it, on
 * an empty home and a free port; with YIHAO_TEST_LAMBDA=1 as `npm start -- --lambda` runs it. Every file works in spaces of its own, whose walls are the product's own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!buildWeb()) throw new Error("the pages could not be built");
  const home = await mkdtemp(join(tmpdir(), "yihao-browser-"));
  const lambda = process.env.YIHAO_TEST_LAMBDA === "1";
  // Endpoints of webhooks may be on this machine, and one address is the platform's support.
  const env = {
    YIHAO_HOOKS_LOCAL: "allow",
    YIHAO_SUPPORT: supportEmail,
    YIHAO_PLATFORM_OWNERS: platformOwner,
    YIHAO_USAGE_SECONDS: "1",
    ...(lambda ? { YIHAO_LOG: "all" } : {}),
  };
  const product = await startProduct({ home, lambda, env });
  project.provide("product", { url: product.url, dynamo: product.dynamo });
  return async () => {
    await product.stop();
    if (lambda) withoutPeople(product.errors());
    await rm(home, { recursive: true, force: true });
  };
}

/** The logs of a whole run hold nothing of what people are or wrote, and no secret: every request of it left a line. Throws what it found. */
function withoutPeople(logs: string): void {
  const lines = logs.split("\n");
  const requests = lines.filter((line) => line.includes('"Requests":1')).length;
  if (requests < 100) throw new Error(`the run left ${requests} lines of requests: nothing was looked at`);
  const secret = /\p{Script=Han}|[\w.]+@[\w-]+\.\w|\b1[3-9]\d{9}\b|\byk_\w|session_token|whsec_|sk_test|Bearer /u;
  const found = lines.filter((line) => secret.test(line));
  if (found.length > 0) throw new Error(`the logs hold what they must not:\n${found.slice(0, 5).join("\n")}`);
}
