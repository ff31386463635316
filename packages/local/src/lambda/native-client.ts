/**
 * What AWS's runtime client expects of its compiled part (`rapid-client.node`, C++ over curl, which needs a compiler and many minutes to make): the three calls to the Runtime API, here
 * over `node:http`. All else of the client is AWS's own code as published.
 */
import { Agent, request } from "node:http";

const [hostname, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

type Answer = { readonly bodyJson: string; readonly headers: Record<string, unknown> };

function call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((done) => {
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const asked = request({ agent, hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      let bodyJson = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        bodyJson += part;
      });
      response.on("end", () => done({ bodyJson, headers: response.headers }));
    });
    // Whoever ran this function is gone: so is the function.
    asked.on("error", () => process.exit(0));
    asked.end(body);
  });
}

const invocation = "/2018-06-01/runtime/invocation";
let sending: Promise<unknown> = Promise.resolve();

/** Waits for the next event. */
export async function next(): Promise<Answer> {
  await sending;
  return call("GET", `${invocation}/next`);
}

/** Gives the answer to an event. */
export function done(id: string, body: string): void {
  sending = call("POST", `${invocation}/${id}/response`, body);
}

/** Gives the error that an event ended with. */
export function error(id: string, body: string, cause: string): void {
  sending = call("POST", `${invocation}/${id}/error`, body, { "lambda-runtime-function-xray-error-cause": cause });
}
