import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { GiveUpSchema, ScanExceptionIdSchema, ScanExceptionSchema, SettleSchema } from "./scan-exception-model.ts";
import { listExceptions, reportException, settleException } from "./scan-exceptions.ts";

const tags = ["warehouse"];
const byStaff = may({ right: "warehouse.work" });

/** Steps of phones that were refused and given up (扫码异常). */
export const scanExceptionRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/scan-exceptions",
      summary: "Report a step of a phone that was refused and given up",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(GiveUpSchema) },
      responses: { 201: answers(ScanExceptionSchema) },
    }),
    async (c) => c.json(take(await reportException(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/scan-exceptions",
      summary: "Steps of phones that were given up: the open ones, or those that are settled",
      tags,
      middleware: [byStaff] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({ settled: z.enum(["true", "false"]).optional() }),
      },
      responses: { 200: answers(pageOf(ScanExceptionSchema)) },
    }),
    async (c) => {
      const { settled, ...query } = c.req.valid("query");
      return c.json(take(await listExceptions(c.var.scope, { ...query, settled: settled === "true" })), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/scan-exceptions/{exception}/settle",
      summary: "Say what came of a step that was given up",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({ exception: ScanExceptionIdSchema }), body: body(SettleSchema) },
      responses: { 201: answers(ScanExceptionSchema) },
    }),
    async (c) => {
      const { exception } = c.req.valid("param");
      return c.json(take(await settleException(c.var.scope, exception, c.req.valid("json").outcome)), 201);
    },
  );
