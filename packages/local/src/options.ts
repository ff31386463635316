import { parseArgs } from "node:util";

export type StartOptions = {
  readonly home: string | undefined;
  /** 0 takes a free port. */
  readonly port: number;
  readonly seed: boolean;
  readonly lan: boolean;
  /** Prints one JSON line when ready and nothing else on stdout: for programs. */
  readonly json: boolean;
  /** Runs every function as a process under AWS's own runtime client, bundled as for AWS, instead of in this process. */
  readonly lambda: boolean;
  /** Where the functions are; tests put their own there. */
  readonly functions: string | undefined;
  /** The origin people use, when another server stands in front. */
  readonly origin: string | undefined;
  /** Serves the API only, over a DynamoDB Local that another process runs. */
  readonly apiOnly: { readonly endpoint: string; readonly accessKeyId: string } | undefined;
};

export const usage = `npm start -- [options]
  --port N      port to listen on (PORT, or 3000; 0 takes a free one)
  --home DIR    folder of the data (YIHAO_HOME, or .yihao)
  --no-seed     leaves the demo out
  --lan         serves the local network over HTTPS with a self-made certificate
  --lambda      runs every function as AWS Lambda would: bundled, in processes of their own
  --json        prints one JSON line when ready
  --api-only --dynamo URL --key KEY   a second API process over a running DynamoDB Local`;

/** Reads the command line and what the environment says beside it; throws with the usage on what it does not know. */
export function readOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        home: { type: "string" },
        "no-seed": { type: "boolean" },
        lan: { type: "boolean" },
        json: { type: "boolean" },
        lambda: { type: "boolean" },
        functions: { type: "string" },
        origin: { type: "string" },
        "api-only": { type: "boolean" },
        dynamo: { type: "string" },
        key: { type: "string" },
      },
    });
    const port = Number(values.port ?? process.env.PORT ?? 3000);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`no port: ${values.port}`);
    const mail = process.env.YIHAO_SMTP;
    if (mail && !/^smtps?:$/.test(URL.parse(mail)?.protocol ?? ""))
      throw new Error(
        `YIHAO_SMTP 不是邮件服务器地址。YIHAO_SMTP is no address of a mail server: ${mail}\nsmtps://user:word@mail.example.com:465`,
      );
    const { dynamo, key } = values;
    if (values["api-only"] && !(dynamo && key)) throw new Error("--api-only needs --dynamo and --key");
    return {
      home: values.home,
      port,
      seed: !values["no-seed"],
      lan: values.lan ?? false,
      json: values.json ?? false,
      lambda: values.lambda ?? false,
      functions: values.functions,
      origin: values.origin,
      apiOnly: values["api-only"] && dynamo && key ? { endpoint: dynamo, accessKeyId: key } : undefined,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
