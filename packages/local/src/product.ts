import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export type ProductOptions = {
  readonly home: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Fills the demo; left out by default. */
  readonly seed?: boolean;
  /** Runs functions as AWS Lambda would; left out by default. */
  readonly lambda?: boolean;
  /** Folder of other functions than the product's. */
  readonly functions?: string;
  readonly env?: Readonly<Record<string, string>>;
};
export type Product = {
  readonly url: string;
  readonly pid: number;
  readonly dynamo: { readonly endpoint: string; readonly accessKeyId: string };
  /** Settles when all that was written until now has been heard; one call at a time. */
  readonly drained: () => Promise<void>;
  /** Stops as Ctrl-C does and waits for the end. Rejects when it did not end well. */
  readonly stop: () => Promise<void>;
  /** Kills the process without a chance to do anything, and waits until it is gone. */
  readonly kill9: () => Promise<void>;
  /** What it has written to stderr. */
  readonly errors: () => string;
};

const readyMs = 300_000;
const script = fileURLToPath(new URL("main.ts", import.meta.url));

async function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Product> {
  // Libraries are laxer under a test runner's NODE_ENV than they are for users.
  const { NODE_ENV: _, ...surroundings } = process.env;
  const child: ChildProcess = spawn(process.execPath, [script, "--json", ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...surroundings, ...env },
  });
  let out = "";
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const ready = await new Promise<Pick<Product, "url" | "dynamo">>((done, failed) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      failed(new Error(`the product was not ready in ${readyMs / 1000} s: ${errors}`));
    }, readyMs);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const line = out.split("\n").find((one) => one.startsWith('{"ready":true'));
      if (!line) return;
      clearTimeout(timer);
      child.stdout?.removeAllListeners("data").resume();
      done(JSON.parse(line) as Pick<Product, "url" | "dynamo">);
    });
    void exited.then((code) => {
      clearTimeout(timer);
      failed(new Error(`the product ended with ${code} before it was ready: ${errors}`));
    });
  });
  return {
    url: ready.url,
    dynamo: ready.dynamo,
    pid: child.pid ?? 0,
    errors: () => errors,
    drained: () =>
      new Promise((done) => {
        child.once("message", () => done());
        child.send("drained");
      }),
    stop: async () => {
      child.kill("SIGTERM");
      const code = await exited;
      if (code !== 0) throw new Error(`the product ended with ${code}: ${errors}`);
    },
    kill9: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Starts the real product as a process of its own, as `npm start` does but for the building of pages, and waits until it is ready. It ends when this process ends. */
export function startProduct(options: ProductOptions): Promise<Product> {
  return launch(
    [
      "--home",
      options.home,
      "--port",
      String(options.port ?? 0),
      ...(options.seed ? [] : ["--no-seed"]),
      ...(options.lambda ? ["--lambda"] : []),
      ...(options.functions ? ["--functions", options.functions] : []),
    ],
    options.env,
  );
}

/** Starts a second API process over the DynamoDB Local of a running product. */
export function startApi(product: Product, options: Omit<ProductOptions, "seed">): Promise<Product> {
  return launch(
    [
      ...["--api-only", "--dynamo", product.dynamo.endpoint, "--key", product.dynamo.accessKeyId],
      ...["--home", options.home, "--port", String(options.port ?? 0)],
      ...(options.lambda ? ["--lambda"] : []),
      ...(options.functions ? ["--functions", options.functions] : []),
    ],
    options.env,
  );
}
