import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, type RuntimeApi, runtimeApi } from "./runtime-api.ts";

export type LambdaOptions = {
  readonly name: string;
  /** The folder of its bundle, `index.mjs` with the export `handler`. */
  readonly folder: string;
  /** Where AWS's runtime client is installed. */
  readonly tools: string;
  /** All that it is told: it sees nothing of this process's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** So many copies at the most; events beyond them wait. */
  readonly most?: number;
  readonly log?: (line: string) => void;
};

/** How one event went. `initMs` is the time that its process took to start, when it was started for it; `ms` from the event to the answer. */
export type Invoked = Ended & { readonly ms: number; readonly initMs?: number };

export type LambdaFunction = {
  /** Hands over one event, as a call of the trace given. */
  readonly invoke: (event: unknown, trace?: string) => Promise<Invoked>;
  /** Ids of the processes that live. */
  readonly processes: () => number[];
  readonly stop: () => Promise<void>;
};

type Copy = {
  readonly api: RuntimeApi;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  readonly initMs: number;
};

/** Lambda gives a function ten seconds to load, and when they are over loads it again within the time-out of its first event: here one longer wait stands for both. */
const initMsLeast = 10_000;
const hook = fileURLToPath(new URL("native-hook.ts", import.meta.url));

/** Lambda's own settings of a function, on x86 and ARM the same. */
function reserved({ name, memoryMb, folder }: LambdaOptions, address: string): Record<string, string> {
  return {
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: "index.handler",
    TZ: ":UTC",
    PATH: dirname(process.execPath),
  };
}

/**
 * Runs a bundled function as Lambda does: each copy a process of its own under AWS's runtime client, one event at a time, killed when it takes longer than it may. A copy is kept for
 * the next event; when all are busy another is started.
 */
export function lambdaFunction(options: LambdaOptions): LambdaFunction {
  const { name, tools, timeoutMs, most = 4, log } = options;
  const idle: Copy[] = [];
  const living = new Set<Copy>();
  const queue: (() => void)[] = [];
  let count = 0;
  let stopped = false;

  const start = async (): Promise<Copy | Extract<Ended, { ok: false }>> => {
    const began = performance.now();
    const api = await runtimeApi();
    const child = spawn(process.execPath, ["--import", hook, join(tools, "node_modules/aws-lambda-ric/index.mjs")], {
      env: { ...options.env, ...reserved(options, api.address) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => log?.(text.trimEnd()));
    const exited = new Promise<void>((done) =>
      child.once("exit", (code, signal) => {
        api.close({
          errorType: "Runtime.ExitError",
          errorMessage: `Runtime exited with error: ${signal ?? `exit status ${code}`}`,
        });
        done();
      }),
    );
    const timer = setTimeout(
      () => {
        api.close({ errorType: "Sandbox.Timedout", errorMessage: "the function was not loaded in the time it has" });
        child.kill("SIGKILL");
      },
      Math.max(initMsLeast, timeoutMs),
    );
    const ready = await api.ready;
    clearTimeout(timer);
    const copy: Copy = { api, child, exited, initMs: performance.now() - began };
    if (!ready.ok) {
      child.kill("SIGKILL");
      return ready;
    }
    living.add(copy);
    void exited.then(() => {
      living.delete(copy);
      const at = idle.indexOf(copy);
      if (at >= 0) {
        idle.splice(at, 1);
        count -= 1;
      }
    });
    return copy;
  };

  const take = async (): Promise<{ copy: Copy; fresh: boolean } | Extract<Ended, { ok: false }>> => {
    for (;;) {
      if (stopped) return { ok: false, errorType: "Stopped", errorMessage: `${name} is stopped` };
      const copy = idle.pop();
      if (copy) return { copy, fresh: false };
      if (count < most) {
        count += 1;
        const made = await start();
        if ("api" in made) return { copy: made, fresh: true };
        count -= 1;
        return made;
      }
      await new Promise<void>((done) => queue.push(done));
    }
  };

  const invoke = async (event: unknown, trace?: string): Promise<Invoked> => {
    const taken = await take();
    const began = performance.now();
    if (!("copy" in taken)) return { ...taken, ms: 0 };
    const { copy, fresh } = taken;
    const timer = setTimeout(() => {
      copy.api.close({
        errorType: "Sandbox.Timedout",
        errorMessage: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
      });
      copy.child.kill("SIGKILL");
    }, timeoutMs);
    const ended = await copy.api.invoke({
      id: randomUUID(),
      body: JSON.stringify(event),
      deadlineMs: Date.now() + timeoutMs,
      trace,
      arn: `arn:aws:lambda:local:000000000000:function:${name}`,
    });
    clearTimeout(timer);
    const ms = performance.now() - began;
    // Whoever was killed has no next event.
    if (copy.child.exitCode === null && copy.child.signalCode === null && !copy.child.killed) idle.push(copy);
    else count -= 1;
    queue.shift()?.();
    return { ...ended, ms, ...(fresh ? { initMs: copy.initMs } : {}) };
  };

  return {
    invoke,
    processes: () => [...living].flatMap(({ child }) => (child.pid === undefined ? [] : [child.pid])),
    stop: async () => {
      stopped = true;
      for (const wake of queue.splice(0)) wake();
      const copies = [...living];
      for (const { child } of copies) child.kill("SIGTERM");
      const late = setTimeout(() => copies.forEach(({ child }) => void child.kill("SIGKILL")), 2000);
      await Promise.all(copies.map(({ exited }) => exited));
      clearTimeout(late);
    },
  };
}
