import type { FunctionName } from "../../../../infra/functions.ts";
import { type ApiEvent, eventOf } from "../lambda-event.ts";

function asked(method: string, path: string, text?: string, more: Record<string, string> = {}): ApiEvent {
  const headers = { host: "yihao.example", ...(text ? { "content-type": "application/json" } : {}), ...more };
  const body = text === undefined ? undefined : Buffer.from(text);
  const from = { sourceIp: "203.0.113.9", httpVersion: "1.1", scheme: "https", port: 443 } as const;
  return eventOf({ method, path, query: "", headers, body, ...from });
}

/** An event for each function that needs no data in any table, to see that it starts and answers. */
export const sampleEvents: Readonly<Record<FunctionName, unknown>> = {
  api: asked("GET", "/api/v1/health"),
  goods: asked("GET", "/api/v1/health"),
  bills: asked("GET", "/api/v1/health"),
  community: asked("GET", "/api/v1/health"),
  insight: asked("GET", "/api/v1/health"),
  stuck: asked("GET", "/api/v1/health"),
  docs: asked("GET", "/api/v1/openapi.json"),
  auth: asked("GET", "/api/auth/get-session"),
  pay: asked("GET", "/api/v1/pay/spaces/spc_a/methods"),
  files: asked("GET", "/api/v1/files/spaces/spc_a/files/fil_a"),
  doors: asked("GET", "/api/v1/doors/passes/none"),
  "stripe-webhook": asked("POST", "/webhooks/stripe", "{}"),
  papers: asked("GET", "/api/v1/papers/spaces/spc_a/invoices/inv_a"),
  takeover: asked("GET", "/api/v1/takeover/spaces/spc_a/takeovers"),
  stream: { Records: [] },
  retry: { Records: [] },
  mail: { Records: [] },
  hooks: { Records: [] },
  schedule: {},
  poison: { Records: [] },
  front: { headers: { "x-yihao-front": "guessed" } },
};

/** What a program asks of each function of the API with a key of a space: who asks is looked up, and a list is read. */
export function keyedEvents(space: string, key: string): Partial<Record<FunctionName, unknown>> {
  const read = (path: string) =>
    asked("GET", `/api/v1/spaces/${space}/${path}`, undefined, { authorization: `Bearer ${key}` });
  return {
    api: read("companies"),
    goods: read("warehouses"),
    bills: read("invoices"),
    community: read("announcements"),
    insight: read("insight/today"),
    stuck: read("dead-letters"),
  };
}

/** Settings with which every function starts over a DynamoDB Local: made up but for where the tables are. */
export function sampleSettings(dynamo: {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly table: string;
}) {
  return {
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: dynamo.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dynamo.accessKeyId,
    YIHAO_TABLE: dynamo.table,
    YIHAO_AUTH_TABLE: `${dynamo.table}-auth`,
    YIHAO_DYNAMO_ENDPOINT: dynamo.endpoint,
    YIHAO_SECRET: "a-secret-of-samples-only-0123456789",
    YIHAO_URL: "https://yihao.example",
    YIHAO_FILES_BUCKET: "files",
    YIHAO_PLATFORM_OWNERS: "none",
    YIHAO_QUEUES: "http://127.0.0.1:9/",
    YIHAO_SMTP: "smtp://127.0.0.1:9",
    YIHAO_MAIL_FROM: "no-reply@yihao.example",
    YIHAO_LOG: "errors",
    YIHAO_RATE_PER_MINUTE: "off",
    YIHAO_FRONT_SECRET: "a-front-secret-of-samples-0123456789",
    STRIPE_SECRET_KEY: "sk_test_sample",
    STRIPE_WEBHOOK_SECRET: "whsec_sample",
  };
}
