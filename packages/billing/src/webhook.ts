import { asSystem, type PlatformScope, type Store } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { applyNews } from "./news.ts";
import type { PaymentProvider } from "./provider.ts";

export type WebhookEnv = {
  readonly path: string;
  readonly provider: PaymentProvider;
  readonly table: Store;
  readonly now: () => string;
  readonly failed: (error: unknown) => void;
};

/**
 * The endpoint of a provider's webhooks. Forged or stale ones get 400; everything understood gets 200, also when it is nothing to us or was applied before; what
 * could not be written gets 500, so that the provider sends it again.
 */
export function createWebhook({ path, provider, table, now, failed }: WebhookEnv): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    failed(error);
    return c.json({ received: false }, 500);
  });
  app.post(path, bodyLimit({ maxSize: 1_048_576 }), async (c) => {
    const at = now();
    const told = await provider.verify(await c.req.text(), c.req.header("stripe-signature") ?? "", at);
    if (!told) return c.json({ received: false }, 400);
    if (told.news.is === "ignored") return c.json({ received: true, applied: "ignored" });
    const command = { id: `${provider.name} ${told.event}`, print: digest(told.event) };
    const platform: PlatformScope = {
      space: "platform",
      actor: { kind: "system", name: provider.name },
      now: at,
      command,
      meter: { read: 0, write: 0 },
      table,
    };
    const scope = asSystem(platform, told.news.space, provider.name, command);
    const applied = await applyNews(scope, provider, told);
    return c.json({ received: true, applied });
  });
  return app;
}
