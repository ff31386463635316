import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { root } from "./home.ts";
import { readOptions } from "./options.ts";

/** `npm run dev`: vite serves the pages on the usual port and passes the rest to the product, which starts again when a source changes. */
export async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const port = options.port || (await freePort());
  const inner = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const rest = args.filter((arg, index) => !/^--port(=|$)/.test(arg) && args[index - 1] !== "--port");
  const product = spawn(
    process.execPath,
    [
      "--watch",
      "--watch-preserve-output",
      join(root, "packages/local/src/main.ts"),
      ...["--port", String(inner), "--origin", origin],
      ...rest,
    ],
    { stdio: "inherit" },
  );
  const vite = spawn(
    process.execPath,
    [join(root, "node_modules/vite/bin/vite.js"), "--port", String(port), "--strictPort"],
    { cwd: join(root, "web"), stdio: "inherit", env: { ...process.env, YIHAO_API: String(inner) } },
  );
  const children: ChildProcess[] = [product, vite];
  const ended = children.map((child) => new Promise<void>((done) => child.once("exit", () => done())));
  const stop = () => {
    for (const child of children) child.kill("SIGTERM");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Whoever started this process and is gone cannot stop it any more.
  if (process.send) process.on("disconnect", stop);
  await Promise.race(ended);
  stop();
  await Promise.all(ended);
}
