import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Env } from "hono";
import { allRefusals, Problem } from "./problem.ts";

type Document = Record<string, unknown> & { paths: Record<string, Record<string, Operation>> };
export type Operation = {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: Record<string, unknown>;
  }[];
  security?: Record<string, string[]>[];
  requestBody?: { content?: Record<string, { schema?: Record<string, unknown> }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: Record<string, unknown> }> }>;
};

const securitySchemes = {
  session: { type: "apiKey", in: "cookie", name: "__Secure-yihao.session_token", description: "A person, signed in." },
  key: {
    type: "http",
    scheme: "bearer",
    description: "A program: `Authorization: Bearer yk_…`, an API key of the space. It acts with its own roles.",
  },
};
const idempotency = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "8–200 visible letters made once per wish. The same key gets the first answer again and changes nothing.",
  schema: { type: "string", minLength: 8, maxLength: 200 },
};
const ifMatch = {
  name: "If-Match",
  in: "header",
  required: true,
  description: "The ETag that was read. When somebody changed it since, the answer is 412 `stale`.",
  schema: { type: "string" },
};
const actAs = {
  name: "X-Company",
  in: "header",
  required: false,
  description: "The company to act for. Without it staff act as staff, other people for their first company.",
  schema: { type: "string" },
};

/** The OpenAPI 3.1 document of the app, with what all routes share written into each. */
export function openApiDocument<E extends Env>(app: OpenAPIHono<E>, title: string): Document {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title,
      version: "1",
      description:
        "Money in whole minor units (fen), goods in whole units, instants in UTC, days local to their site. Lists go on with `next` as `cursor`. " +
        "Errors are `application/problem+json` with a stable `code` and `params`.",
    },
    servers: [{ url: "/" }],
  }) as unknown as Document;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const parameters = operation.parameters ?? [];
      const inside = path.includes("/spaces/{space}");
      if (inside) parameters.push(actAs);
      operation.security = inside ? [{ session: [] }, { key: [] }] : path.includes("/me") ? [{ session: [] }] : [];
      if (method === "post") parameters.push(idempotency);
      if (method === "put" || method === "patch") parameters.push(ifMatch);
      operation.parameters = parameters;
      operation.responses.default = {
        description: "Refused or failed",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      };
    }
  }
  const components = (document.components ?? {}) as { schemas?: Record<string, unknown> };
  document.components = {
    ...components,
    schemas: { ...components.schemas, Problem: z.toJSONSchema(Problem) },
    securitySchemes,
  };
  document["x-refusals"] = Object.fromEntries([...allRefusals()].sort());
  return document;
}

const html = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The styles of `openApiPage`, whose hash its policy names. */
export const openApiStyle = `
:root{color-scheme:light dark;--line:#dfe5e6;--soft:#f3f6f7;--ink:#172023;--brand:#006472}
@media (prefers-color-scheme:dark){:root{--line:#232e32;--soft:#10171a;--ink:#e7edef;--brand:#67cadb}}
body{font:14px/1.6 "Segoe UI","PingFang SC","Noto Sans CJK SC",sans-serif;color:var(--ink);max-width:60rem;margin:2rem auto;padding:0 1rem}
a{color:var(--brand)}nav{display:flex;flex-wrap:wrap;gap:1rem}h2{border-bottom:1px solid var(--line);margin-top:2.5rem}
details{border-bottom:1px solid var(--line);padding:.5rem 0}summary{cursor:pointer}
code,pre{font-family:Consolas,"Noto Sans Mono",monospace;font-size:12px}pre{background:var(--soft);padding:.75rem;overflow:auto}
b{display:inline-block;min-width:4rem;color:var(--brand)}table{border-collapse:collapse}td{border-bottom:1px solid var(--line);padding:.2rem 1rem .2rem 0}
`;

/** A readable page of the document: one section a tag, one block an operation. Plain HTML without scripts. */
export function openApiPage(document: Document): string {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? "other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), block(method, path, operation)]);
    }
  const sections = [...byTag].map(
    ([tag, blocks]) => `<section id="${html(tag)}"><h2>${html(tag)}</h2>${blocks.join("")}</section>`,
  );
  const links = [...byTag.keys()].map((tag) => `<a href="#${html(tag)}">${html(tag)}</a>`);
  const refusals = [...allRefusals()]
    .sort()
    .map(([code, status]) => `<tr><td><code>${html(code)}</code></td><td>${status}</td></tr>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Yihao 壹号 API</title><style>${openApiStyle}</style></head><body><h1>Yihao 壹号 API</h1><p>${html(String((document.info as { description?: string }).description ?? ""))}</p>
<p><a href="openapi.json">openapi.json</a></p><nav>${links.join("")}<a href="#refusals">refusals</a></nav>${sections.join("")}
<section id="refusals"><h2>Refusal codes</h2><table>${refusals.join("")}</table></section></body></html>`;
}

function block(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const answers = Object.entries(operation.responses).filter(([status]) => status !== "default");
  const parts = [
    operation.description ? `<p>${html(operation.description)}</p>` : "",
    operation.parameters?.length
      ? `<p>${operation.parameters.map((one) => `<code>${html(one.name)}</code> <small>${html(one.in)}${one.required ? ", required" : ""}</small>`).join(" · ")}</p>`
      : "",
    body ? `<p>Body</p><pre>${html(JSON.stringify(body, null, 2))}</pre>` : "",
    ...answers.map(([status, answer]) => {
      const schema = answer.content?.["application/json"]?.schema;
      return `<p>${status}</p>${schema ? `<pre>${html(JSON.stringify(schema, null, 2))}</pre>` : ""}`;
    }),
  ];
  return `<details><summary><b>${method.toUpperCase()}</b><code>${html(path)}</code> ${html(operation.summary ?? "")}</summary>${parts.join("")}</details>`;
}
