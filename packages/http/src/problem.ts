import { z } from "@hono/zod-openapi";
import type { Refused } from "@yihao/kernel/outcome";
import { commonRefusals, type RefusalTable } from "@yihao/kernel/refusals";

const table = new Map<string, number>(Object.entries(commonRefusals));

/** Adds a room's refusals to the one table that maps codes to HTTP status; a code that two rooms give different statuses is a bug. */
export function registerRefusals(codes: RefusalTable): void {
  for (const [code, status] of Object.entries(codes)) {
    const known = table.get(code);
    if (known !== undefined && known !== status) throw new Error(`refusal ${code} has two statuses`);
    table.set(code, status);
  }
}

/** Every refusal code and its status. */
export function allRefusals(): ReadonlyMap<string, number> {
  return table;
}

/** An error as RFC 9457 tells it, with the stable code and the parameters of its sentence. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    params: z.record(z.string(), z.unknown()),
    request: z.string(),
  })
  .openapi("Problem");

/** When to come again, in seconds: as the refusal says, else in a moment for what is busy. */
function retryAfter(status: number, params: Readonly<Record<string, unknown>>): Record<string, string> {
  const { seconds, minutes } = params;
  if (status === 429 && typeof seconds === "number") return { "retry-after": String(seconds) };
  if (status === 429 && typeof minutes === "number") return { "retry-after": String(minutes * 60) };
  return status === 503 ? { "retry-after": "1" } : {};
}

/** The answer for a refusal: problem+json with the status its code has in the table (409 when it has none). */
export function problemResponse(refused: Refused, request: string, headers: Record<string, string> = {}): Response {
  const { code, params } = refused.refusal;
  const status = table.get(code) ?? 409;
  const body = { type: `/problems/${code}`, title: code, status, code, params, request };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...retryAfter(status, params),
      ...headers,
    },
  });
}
