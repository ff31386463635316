import { OpenAPIHono, z } from "@hono/zod-openapi";
import { Refused } from "@yihao/kernel/outcome";
import { allows, holdersOf, type Permission } from "@yihao/kernel/permissions";
import type { CompanyRole, StaffRole } from "@yihao/kernel/roles";
import type { Actor } from "@yihao/kernel/scope";
import type { Context, Env, MiddlewareHandler } from "hono";
import type { SpaceEnv } from "./context.ts";
import { Problem } from "./problem.ts";

/** One thing wrong with an input: where, which rule, and what the rule wanted. */
export type Fault = { path: string; rule: string; detail: Record<string, unknown> };

/** Turns zod's issues into faults with JSON paths, e.g. `lines.2.units`. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.map((issue) => {
    const {
      code,
      path,
      message: _message,
      input: _input,
      ...detail
    } = issue as z.core.$ZodIssue & Record<string, unknown>;
    const plain = Object.fromEntries(
      Object.entries(detail).filter(
        ([, value]) => ["string", "number", "boolean"].includes(typeof value) || Array.isArray(value),
      ),
    );
    return { path: path.map(String).join("."), rule: String(code), detail: plain };
  });
}

/** A router of one room. Bad input is refused as `input.invalid` with every fault in `params.faults`; a path of no such thing is `missing`. */
export function router<E extends Env = SpaceEnv>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: (result) => {
      if (result.success) return;
      // What no id looks like names nothing.
      if (result.target === "param") throw new Refused("missing");
      throw new Refused("input.invalid", { where: result.target, faults: faultsOf(result.error) });
    },
  });
}

const SpaceParam = z
  .string()
  .regex(/^spc_[0-9a-z-]{3,40}$/)
  .openapi({ description: "The space's id" });

/** Path parameters of a route under `/spaces/{space}`; unknown ones are refused. */
export function inSpace<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ space: SpaceParam, ...shape });
}

/** A required JSON body. Use `z.strictObject` so that unknown fields are refused. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}

/** A JSON answer. */
export function answers<Schema extends z.ZodType>(schema: Schema, description = "Done") {
  return { description, content: { "application/json": { schema } } };
}

/** Query parameters of a list: a cursor and how many at most (1–200). */
export const listQuery = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/** The shape of one page of a list. */
export function pageOf<Schema extends z.ZodType>(schema: Schema) {
  return z.object({ items: z.array(schema), next: z.string().nullable() });
}

/** What every route may answer besides its success. Not part of the typed client: it throws problems. */
export const problem = { description: "A problem", content: { "application/problem+json": { schema: Problem } } };

/**
 * Who may use a route. Owners always may. `right` lets in whose role, built-in or the space's own, has that permission; `staff` is for what no own role can
 * be allowed, and `any` for what all staff may.
 */
export type May = {
  right?: Permission;
  staff?: readonly StaffRole[] | "any";
  company?: readonly CompanyRole[] | "any";
};

/** Middleware that refuses whoever may not, before the input is looked at: `auth.role`, see `lacking`. */
export function may(who: May): MiddlewareHandler<SpaceEnv> {
  return async (c, next) => {
    const { actor } = c.var.scope;
    if (!allowed(actor, who)) throw new Refused("auth.role", lacking(actor, who));
    await next();
  };
}

/** What somebody lacks: the permission and the built-in roles that have it, or those roles that may; of whoever acts for a company, the roles in it, if they would do. */
function lacking(actor: Actor, { right, staff, company }: May) {
  if (actor.kind === "company" && company !== undefined) return { staff: [], company };
  return right === undefined
    ? { staff: staff ?? [], company: company ?? [] }
    : { staff: holdersOf(right), company: company ?? [], right };
}

function allowed(actor: Actor, who: May): boolean {
  if (actor.kind === "staff") {
    if (who.right !== undefined) return allows(actor, who.right);
    if (who.staff === undefined || who.staff === "any") return who.staff === "any";
    const roles: readonly string[] = who.staff;
    return actor.roles.some((role) => role === "owner" || roles.includes(role));
  }
  if (actor.kind === "company") return who.company === "any" || (who.company?.includes(actor.role) ?? false);
  return false;
}

/** The revision that `If-Match` names; missing is `if-match.required`. */
export function ifMatch(c: Context): number {
  const header = c.req.header("if-match");
  const rev = header === undefined ? Number.NaN : Number(header.replace(/^(W\/)?"?([^"]*)"?$/, "$2"));
  if (!Number.isSafeInteger(rev)) throw new Refused("if-match.required");
  return rev;
}

/** Sets the `ETag` that a later edit names in `If-Match`. */
export function etag(c: Context, rev: number): void {
  c.header("etag", `"${rev}"`);
}

export { createRoute, z } from "@hono/zod-openapi";
