import { byToken, guestCommand } from "@yihao/booking/guest-routes";
import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { take } from "@yihao/kernel/outcome";
import { DayPassPlaceSchema, DayPassSchema, dayPassPlaces, NewDayPassSchema, sellDayPass } from "./day-pass.ts";
import { askGuestPage } from "./guest-checkout.ts";
import type { PaymentProvider } from "./provider.ts";

/** The route by which a guest pays: nobody is asked who they are, the address is the secret. */
export function guestPayRoutes(env: { readonly provider: PaymentProvider; readonly home: string }) {
  return router<PublicEnv>().openapi(
    createRoute({
      method: "post",
      path: "/guest-bookings/{token}/checkout",
      tags: ["guests"],
      summary: "Ask for a hosted page to pay a guest's booking",
      request: { params: byToken },
      responses: { 201: answers(z.object({ url: z.string() })) },
    }),
    async (c) => {
      const { token } = c.req.valid("param");
      const scope = { ...c.var.scope, command: await guestCommand(c, token) };
      return c.json(take(await askGuestPage(scope, env.provider, token, env.home)), 201);
    },
  );
}

const desk = may({ right: "billing.desk" });

/** Routes of day passes (日票) sold at the desk. */
export const dayPassRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/pay/spaces/{space}/day-passes",
      tags: ["guests"],
      summary: "What a day pass can be sold of today",
      middleware: [desk] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(DayPassPlaceSchema) })) },
    }),
    async (c) => c.json({ items: await dayPassPlaces(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/pay/spaces/{space}/day-passes",
      tags: ["guests"],
      summary: "Sell a day pass to somebody at the desk",
      middleware: [desk] as const,
      request: { params: inSpace({}), body: body(NewDayPassSchema) },
      responses: { 201: answers(DayPassSchema) },
    }),
    async (c) => c.json(take(await sellDayPass(c.var.scope, c.req.valid("json"))), 201),
  );
