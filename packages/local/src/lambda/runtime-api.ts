import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a function's process gives back for one event: its answer, or the error it ended with, as Lambda tells it. */
export type Ended =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** One event for a function's process. */
export type Invocation = {
  readonly id: string;
  readonly body: string;
  readonly deadlineMs: number;
  readonly arn: string;
  /** The trace that the call belongs to, as X-Ray writes it; without, one that is not among those drawn. */
  readonly trace?: string | undefined;
};

export type RuntimeApi = {
  readonly address: string;
  /** Settles when the process asks for its first event, or could not be loaded. */
  readonly ready: Promise<Ended>;
  /** Hands an event to the process and waits for what it gives back. */
  readonly invoke: (invocation: Invocation) => Promise<Ended>;
  /** Ends what is waited for with an error, and closes. */
  readonly close: (why: { errorType: string; errorMessage: string }) => void;
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}

/** The Lambda Runtime API (2018-06-01) for one process: it is asked for the next event, and given answers and errors. */
export async function runtimeApi(): Promise<RuntimeApi> {
  let asking: ServerResponse | undefined;
  let waiting: { readonly invocation: Invocation; readonly done: (ended: Ended) => void } | undefined;
  let started: (ended: Ended) => void = () => {};
  const ready = new Promise<Ended>((done) => {
    started = done;
  });
  const hand = () => {
    if (!asking || !waiting) return;
    const { id, body, deadlineMs, arn, trace } = waiting.invocation;
    const response = asking;
    asking = undefined;
    response.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": id,
      "lambda-runtime-deadline-ms": String(deadlineMs),
      "lambda-runtime-invoked-function-arn": arn,
      "lambda-runtime-trace-id":
        trace ??
        `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${id.replaceAll("-", "").slice(0, 24)};Sampled=0`,
    });
    response.end(body);
  };
  const end = (ended: Ended) => {
    const { done } = waiting ?? {};
    waiting = undefined;
    done?.(ended);
  };
  const failed = (text: string): Ended => {
    const { errorType = "Unknown", errorMessage = text } = JSON.parse(text) as Partial<Extract<Ended, { ok: false }>>;
    return { ok: false, errorType, errorMessage };
  };
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace("/2018-06-01/runtime", "");
    if (path === "/invocation/next") {
      asking = response;
      started({ ok: true, value: null });
      return hand();
    }
    const text = await textOf(request);
    response.writeHead(202).end();
    if (path === "/init/error") started(failed(text));
    else if (path !== `/invocation/${waiting?.invocation.id}/${path.split("/").at(-1)}`) return;
    else if (path.endsWith("/response")) end({ ok: true, value: text === "" ? undefined : JSON.parse(text) });
    else end(failed(text));
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    invoke: (invocation) =>
      new Promise((done) => {
        waiting = { invocation, done };
        hand();
      }),
    close: (why) => {
      started({ ok: false, ...why });
      end({ ok: false, ...why });
      server.close();
      server.closeAllConnections();
    },
  };
}
