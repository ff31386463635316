import { join } from "node:path";
import { freshBundles } from "../../../../infra/bundle.ts";
import { type FunctionName, functions } from "../../../../infra/functions.ts";
import { prepareCloud } from "../../../../infra/tools/prepare.mjs";
import { type LambdaFunction, lambdaFunction } from "./lambda-function.ts";

/** What stands in for AWS on one machine, told to every function that may use it; on AWS none of these is set. */
const local = [
  "AWS_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "YIHAO_DYNAMO_ENDPOINT",
  "YIHAO_S3_ENDPOINT",
  "YIHAO_STRIPE_HOST",
  "YIHAO_STRIPE_PORT",
  "YIHAO_STRIPE_PROTOCOL",
  "YIHAO_ORIGINS",
  "YIHAO_LOG",
  "YIHAO_MAIL",
  "YIHAO_USAGE_SECONDS",
  "YIHAO_HOOKS_LOCAL",
  "YIHAO_RATE_PER_MINUTE",
];

/** The settings of one function among all that there are: those of its line of the table, and where this machine keeps what is AWS's elsewhere. */
export function toldTo(name: FunctionName, settings: NodeJS.ProcessEnv): Record<string, string> {
  const told: readonly string[] = functions[name].told;
  const names = ["YIHAO_TABLE", "YIHAO_STAGE", ...told, ...local];
  const found = names.flatMap((one) => (settings[one] ? [[one, settings[one]]] : []));
  return { YIHAO_FUNCTION: name, ...Object.fromEntries(found) };
}

export type Lambdas = {
  /** A function by its name, called as the one in process is: what it ended with in an error is thrown. */
  readonly handler: (name: FunctionName) => (event: unknown) => Promise<unknown>;
  readonly of: (name: FunctionName) => LambdaFunction;
  readonly stop: () => Promise<void>;
};

/** Every function bundled as for AWS and run under AWS's own runtime client, each with its own settings, memory aside. */
export async function openLambdas(settings: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Lambdas> {
  const { tools } = prepareCloud();
  const folder = await freshBundles();
  const made = new Map<FunctionName, LambdaFunction>();
  const of = (name: FunctionName): LambdaFunction => {
    const { timeoutSeconds, memoryMb } = functions[name];
    const one =
      made.get(name) ??
      lambdaFunction({
        name,
        folder: join(folder, name),
        tools,
        env: toldTo(name, settings),
        timeoutMs: timeoutSeconds * 1000,
        memoryMb,
        log: (line) => log(`${name}: ${line}`),
      });
    made.set(name, one);
    return one;
  };
  return {
    of,
    handler: (name) => async (event) => {
      const ended = await of(name).invoke(event);
      if (!ended.ok) throw new Error(`${ended.errorType}: ${ended.errorMessage}`);
      return ended.value;
    },
    stop: async () => void (await Promise.all([...made.values()].map((one) => one.stop()))),
  };
}
