import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema } from "@yihao/members/model";
import { assignLine, importBank, setAside } from "./bank-actions.ts";
import { BankImportedSchema, BankLineIdSchema, BankLineSchema, NewBankImportSchema } from "./bank-model.ts";
import { listBankLines } from "./bank-store.ts";

const tags = ["billing"];
const finance = may({ right: "billing.keep" });

/** Routes of the bank's file and of what was not matched by itself. */
export const bankRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/bank-imports",
      tags,
      summary: "Take a bank's file in: payments that are certain are recorded, the rest waits",
      middleware: [finance] as const,
      request: { params: inSpace({}), body: body(NewBankImportSchema) },
      responses: { 201: answers(BankImportedSchema) },
    }),
    async (c) => c.json(take(await importBank(c.var.scope, c.req.valid("json").csv)), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/bank-lines",
      tags,
      summary: "List lines of the bank that wait, or that were decided",
      middleware: [may({ right: "billing.read" })] as const,
      request: { params: inSpace({}), query: listQuery.extend({ state: z.enum(["open", "done"]).default("open") }) },
      responses: { 200: answers(pageOf(BankLineSchema)) },
    }),
    async (c) => {
      const { state, ...page } = c.req.valid("query");
      const { items, next } = await listBankLines(c.var.scope, { ...page, open: state === "open" });
      return c.json({ items: items.map(({ rev: _rev, ...line }) => line), next }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/bank-lines/{entry}/company",
      tags,
      summary: "Say which company a waiting line is of: its payment is recorded",
      middleware: [finance] as const,
      request: {
        params: inSpace({ entry: BankLineIdSchema }),
        body: body(z.strictObject({ company: CompanyIdSchema })),
      },
      responses: { 201: answers(BankLineSchema) },
    }),
    async (c) =>
      c.json(take(await assignLine(c.var.scope, c.req.valid("param").entry, c.req.valid("json").company)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/bank-lines/{entry}/aside",
      tags,
      summary: "Set a waiting line aside as no company's",
      middleware: [finance] as const,
      request: { params: inSpace({ entry: BankLineIdSchema }) },
      responses: { 201: answers(BankLineSchema) },
    }),
    async (c) => c.json(take(await setAside(c.var.scope, c.req.valid("param").entry)), 201),
  );
