import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A request as API Gateway's HTTP API hands it to a function: payload format 2.0, route `$default`. */
export type ApiEvent = {
  readonly version: "2.0";
  readonly routeKey: "$default";
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: string[];
  readonly headers: Record<string, string>;
  readonly queryStringParameters?: Record<string, string>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    readonly requestId: string;
    readonly routeKey: "$default";
    readonly stage: "$default";
    readonly time: string;
    readonly timeEpoch: number;
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
};

/** What of Lambda's context functions may use. */
export type FunctionContext = {
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
};
export type FunctionHandler = (event: ApiEvent, context: FunctionContext) => unknown;

export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | undefined;
  readonly sourceIp: string;
  readonly httpVersion: string;
  readonly scheme: "http" | "https";
  readonly port: number;
};
export type Reply = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly body: Buffer | string;
};

const functionMs = 30_000;
const textual = /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript|x-www-form-urlencoded)\b)/;
/** What the caller must not be able to set: API Gateway writes these itself. */
const forwarded = new Set([
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "forwarded",
]);
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** CLF time of API Gateway, `23/Nov/2026:02:42:00 +0000`. */
function clfTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

function parameters(query: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    found[name] = found[name] === undefined ? value : `${found[name]},${value}`;
  return found;
}

/** Turns an HTTP request into the event a function is called with. Bodies that are not text come in base64. */
export function eventOf(request: Incoming): ApiEvent {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value === undefined || name === "cookie" || forwarded.has(name)) continue;
    headers[name] = typeof value === "string" ? value : value.join(",");
  }
  headers["x-forwarded-for"] = request.sourceIp;
  headers["x-forwarded-port"] = String(request.port);
  headers["x-forwarded-proto"] = request.scheme;
  const timeEpoch = Date.now();
  const domainName = headers.host ?? "localhost";
  const text = request.body && textual.test(headers["content-type"] ?? "");
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: request.path,
    rawQueryString: request.query,
    ...(request.headers.cookie ? { cookies: request.headers.cookie.split(/;\s*/) } : {}),
    headers,
    ...(request.query ? { queryStringParameters: parameters(request.query) } : {}),
    requestContext: {
      accountId: "local",
      apiId: "local",
      domainName,
      domainPrefix: "local",
      http: {
        method: request.method,
        path: request.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: clfTime(timeEpoch),
      timeEpoch,
    },
    ...(request.body ? { body: request.body.toString(text ? "utf8" : "base64") } : {}),
    isBase64Encoded: request.body !== undefined && !text,
  };
}

/** The context of one call of a function, with API Gateway's 30 seconds to answer. */
export function contextOf(functionName: string, requestId: string): FunctionContext {
  const deadline = Date.now() + functionMs;
  return { functionName, awsRequestId: requestId, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) };
}

/** Reads a function's answer as API Gateway does: with `statusCode` it is a response, anything else is the body of a 200 in JSON. */
export function replyOf(answer: unknown): Reply {
  if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) {
    const body = answer === undefined ? "" : JSON.stringify(answer);
    return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = answer as {
    statusCode: unknown;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599)
    throw new Error("a function answered without a status");
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name.toLowerCase()] = String(headers[name]);
  return {
    status,
    headers: plain,
    cookies: cookies ?? [],
    body: isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}
