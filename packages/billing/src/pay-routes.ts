import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { Refused, take } from "@yihao/kernel/outcome";
import { askPage } from "./checkout.ts";
import { askAccountPage, readMerchant } from "./merchant.ts";
import { MethodIdSchema, MethodViewSchema } from "./method-model.ts";
import { askSavePage, chooseMethod, holderOf, readMethods, removeMethod } from "./methods.ts";
import { InvoiceIdSchema, MonthSchema, PaymentIdSchema } from "./model.ts";
import { platformHolder, platformName } from "./platform-collect.ts";
import { AskedPlatformPageSchema, PlatformBillSchema } from "./platform-model.ts";
import { askPlatformPage } from "./platform-pay.ts";
import { platformBillsOf } from "./platform-store.ts";
import { askPortal } from "./portal.ts";
import type { PaymentProvider } from "./provider.ts";

const LanguageSchema = z.enum(["zh", "en"]);
/** The words that were shown and agreed to, and in which language. */
const ConsentSchema = z.strictObject({ language: LanguageSchema, consent: z.string().max(20) });
const MerchantSchema = z.object({
  account: z.string(),
  submitted: z.boolean(),
  enabled: z.boolean(),
  openedAt: z.string(),
});
const MethodsSchema = z.object({ items: z.array(MethodViewSchema) });

/** The routes of the pay function. `home` is the address that the payer comes back to. */
export function payRoutes(env: { readonly provider: PaymentProvider; readonly home: string }) {
  return router()
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/invoices/{invoice}/checkout",
        tags: ["billing"],
        summary: "Ask for a hosted page to pay what is open of a bill",
        middleware: [may({ right: "billing.issue", company: ["admin"] })] as const,
        request: {
          params: inSpace({ invoice: InvoiceIdSchema }),
          body: body(z.strictObject({ language: LanguageSchema, save: z.string().max(20).optional() })),
        },
        responses: { 201: answers(z.object({ payment: PaymentIdSchema, url: z.string() })) },
      }),
      async (c) => {
        const { invoice } = c.req.valid("param");
        const { language, save } = c.req.valid("json");
        const wish = {
          language,
          home: env.home,
          ...(save ? { save: { version: save, name: c.var.caller.name } } : {}),
        };
        return c.json(take(await askPage(c.var.scope, env.provider, invoice, wish)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/pay/spaces/{space}/merchant",
        tags: ["billing"],
        summary: "Whether the space has an account of its own at the payment provider, and how far that is",
        middleware: [may({ right: "billing.read" })] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(z.object({ merchant: MerchantSchema.nullable() })) },
      }),
      async (c) => {
        const found = await readMerchant(c.var.scope, env.provider);
        if (!found) return c.json({ merchant: null }, 200);
        const { account, submitted, enabled, openedAt } = found;
        return c.json({ merchant: { account, submitted, enabled, openedAt } }, 200);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/merchant/page",
        tags: ["billing"],
        summary: "Ask for the page on which the space is taken on as a merchant of its own",
        middleware: [may({ staff: ["owner"] })] as const,
        request: { params: inSpace({}), body: body(z.strictObject({})) },
        responses: { 201: answers(z.object({ url: z.string() })) },
      }),
      async (c) => c.json(take(await askAccountPage(c.var.scope, env.provider, env.home)), 201),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/pay/spaces/{space}/platform-bills",
        tags: ["billing"],
        summary: "List what the space owes and has paid for the platform itself, by month",
        middleware: [may({ staff: ["owner"] })] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(z.object({ items: z.array(PlatformBillSchema) })) },
      }),
      async (c) => c.json({ items: await platformBillsOf(c.var.scope) }, 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/platform-bills/{month}/checkout",
        tags: ["billing"],
        summary: "Ask for a hosted page to pay the platform's bill of a month",
        middleware: [may({ staff: ["owner"] })] as const,
        request: {
          params: inSpace({ month: MonthSchema }),
          body: body(z.strictObject({ language: LanguageSchema })),
        },
        responses: { 201: answers(AskedPlatformPageSchema) },
      }),
      async (c) => {
        const wish = { ...c.req.valid("json"), home: env.home };
        return c.json(take(await askPlatformPage(c.var.scope, env.provider, c.req.valid("param").month, wish)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/pay/spaces/{space}/platform-methods",
        tags: ["billing"],
        summary: "List the ways to pay that the space has saved for the platform's bills",
        middleware: [may({ staff: ["owner"] })] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(MethodsSchema) },
      }),
      async (c) => c.json({ items: await readMethods(c.var.scope, platformHolder) }, 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/platform-methods",
        tags: ["billing"],
        summary: "Ask for a hosted page to save a way to pay the platform's bills, under the consent that was shown",
        middleware: [may({ staff: ["owner"] })] as const,
        request: {
          params: inSpace({}),
          body: body(ConsentSchema),
        },
        responses: { 201: answers(z.object({ method: MethodIdSchema, url: z.string() })) },
      }),
      async (c) => {
        const { language, consent: version } = c.req.valid("json");
        const agreed = { version, language, name: c.var.caller.name, charges: platformName[language] };
        const wish = { home: env.home, holder: platformHolder };
        return c.json(take(await askSavePage(c.var.scope, env.provider, agreed, wish)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/platform-methods/{method}/remove",
        tags: ["billing"],
        summary: "Take a way to pay the platform's bills away: nothing is collected by it any more",
        middleware: [may({ staff: ["owner"] })] as const,
        request: { params: inSpace({ method: MethodIdSchema }), body: body(z.strictObject({})) },
        responses: { 201: answers(MethodsSchema) },
      }),
      async (c) => {
        const { method } = c.req.valid("param");
        return c.json({ items: take(await removeMethod(c.var.scope, method, platformHolder)) }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/pay/spaces/{space}/methods",
        tags: ["billing"],
        summary: "List the ways to pay that the caller's company has saved",
        middleware: [may({ company: "any" })] as const,
        request: { params: inSpace({}) },
        responses: { 200: answers(MethodsSchema) },
      }),
      async (c) => {
        const holder = await holderOf(c.var.scope);
        if (!holder) throw new Refused("missing");
        return c.json({ items: await readMethods(c.var.scope, holder) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/methods",
        tags: ["billing"],
        summary: "Ask for a hosted page to save a way to pay, under the consent that was shown",
        middleware: [may({ company: ["admin"] })] as const,
        request: {
          params: inSpace({}),
          body: body(ConsentSchema),
        },
        responses: { 201: answers(z.object({ method: MethodIdSchema, url: z.string() })) },
      }),
      async (c) => {
        const { language, consent: version } = c.req.valid("json");
        const agreed = { version, language, name: c.var.caller.name };
        const wish = { home: env.home, holder: await holderOf(c.var.scope) };
        return c.json(take(await askSavePage(c.var.scope, env.provider, agreed, wish)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/portal",
        tags: ["billing"],
        summary:
          "Ask for the provider's own page of what the caller's company has saved, under the consent that was shown",
        middleware: [may({ company: ["admin"] })] as const,
        request: {
          params: inSpace({}),
          body: body(ConsentSchema),
        },
        responses: { 201: answers(z.object({ url: z.string() })) },
      }),
      async (c) => {
        const { language, consent: version } = c.req.valid("json");
        const agreed = { version, language, name: c.var.caller.name };
        return c.json(take(await askPortal(c.var.scope, env.provider, agreed, env.home)), 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/methods/{method}/choose",
        tags: ["billing"],
        summary: "Collect bills by this saved method from now on",
        middleware: [may({ company: ["admin"] })] as const,
        request: { params: inSpace({ method: MethodIdSchema }), body: body(z.strictObject({})) },
        responses: { 201: answers(MethodsSchema) },
      }),
      async (c) => {
        const { scope } = c.var;
        const { method } = c.req.valid("param");
        return c.json({ items: take(await chooseMethod(scope, method, await holderOf(scope))) }, 201);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/pay/spaces/{space}/methods/{method}/remove",
        tags: ["billing"],
        summary: "Take a saved method away: nothing is collected by it any more",
        middleware: [may({ company: ["admin"] })] as const,
        request: { params: inSpace({ method: MethodIdSchema }), body: body(z.strictObject({})) },
        responses: { 201: answers(MethodsSchema) },
      }),
      async (c) => {
        const { scope } = c.var;
        const { method } = c.req.valid("param");
        return c.json({ items: take(await removeMethod(scope, method, await holderOf(scope))) }, 201);
      },
    );
}
