import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { dayPass, KEY, openReceiver, SECRET } from "./testing.ts";

test("kill -9 after an answer loses nothing, and the webhook owed then is sent by the next process", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-crash-"));
  const hook = await openReceiver();
  const start = async (hookUrl: string) => {
    const options = { port: 0, stateFile: join(folder, "stripe.json"), webhook: { url: hookUrl, secret: SECRET } };
    const program = `import { startSandbox } from ${JSON.stringify(new URL("./server.ts", import.meta.url).href)};
      console.log((await startSandbox(${JSON.stringify(options)})).port);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const stripe = new Stripe(KEY, {
      host: "127.0.0.1",
      port: Number(String(line)),
      protocol: "http",
      maxNetworkRetries: 0,
    });
    const kill = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    };
    return { stripe, kill };
  };
  const first = await start("http://127.0.0.1:9/nobody-listens");
  let second: Awaited<ReturnType<typeof start>> | undefined;
  try {
    const session = await first.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "crash-1" });
    await first.stripe.checkout.sessions.expire(session.id);
    await first.kill();
    second = await start(hook.url);
    const again = await second.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "crash-1" });
    expect(again.id).toBe(session.id);
    expect((await second.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    await expect.poll(() => hook.received.length, { timeout: 10_000 }).toBe(1);
    const { payload, signature } = hook.received[0]!;
    expect(second.stripe.webhooks.constructEvent(payload, signature, SECRET).type).toBe("checkout.session.expired");
  } finally {
    await first.kill();
    await second?.kill();
    await hook.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
