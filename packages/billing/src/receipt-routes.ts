import { placeOf, whenOf } from "@yihao/booking/booking-letters";
import { openGuestBooking } from "@yihao/booking/guest-actions";
import { byToken } from "@yihao/booking/guest-routes";
import { createRoute, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { getSpace } from "@yihao/identity/store";
import { Refused, take } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { bookingReference } from "./guest-checkout.ts";
import { type Paper, paperOfReceipt } from "./paper.ts";
import { asFile, type Print } from "./paper-routes.ts";
import { type PaperLanguage, paperLanguages } from "./paper-words.ts";
import { paymentOf } from "./store.ts";

/** The receipt of a guest's booking under its secret address; `missing` while no money has come for it. */
async function receiptOf(platform: PlatformScope, token: string, language: PaperLanguage): Promise<Paper> {
  const { scope, booking } = take(await openGuestBooking(platform, token));
  const [space, payment] = await Promise.all([
    getSpace(scope),
    booking.guest?.paidBy ? paymentOf(scope, booking.guest.paidBy) : undefined,
  ]);
  const { way, receivedOn = "", reference, amountMinor, refundedMinor = 0 } = payment ?? {};
  if (amountMinor === undefined || (way !== "hosted" && way !== "cash" && way !== "transfer"))
    throw new Refused("missing");
  const issuer = space?.name ?? "";
  const { lines, totalMinor, taxMinor } = booking.price;
  const said = {
    space: issuer,
    zone: booking.zone,
    language: language === "en" ? ("en" as const) : ("zh-CN" as const),
  };
  const paid = { way, receivedOn, reference: reference ?? "", amountMinor, refundedMinor };
  const about = { name: booking.personName, place: placeOf(booking), when: whenOf(booking, said) };
  const number = bookingReference({ id: (payment?.booking ?? booking.id) as typeof booking.id });
  return paperOfReceipt({ number, ...about, ...paid, lines, totalMinor, taxMinor }, issuer, language);
}

/** The route of a guest's receipt: nobody is asked who they are, the address is the secret. */
export const receiptRoutes = (print: Print) =>
  router<PublicEnv>().openapi(
    createRoute({
      method: "get",
      path: "/papers/guest-bookings/{token}/receipt",
      tags: ["guests"],
      summary: "The receipt of a guest's booking as a PDF, in Chinese or English",
      request: { params: byToken, query: z.object({ language: z.enum(paperLanguages).default("zh") }) },
      responses: {
        200: {
          description: "The PDF",
          content: { "application/pdf": { schema: z.string().openapi({ format: "binary" }) } },
        },
      },
    }),
    async (c) => {
      const { scope } = c.var;
      const paper = await receiptOf(scope, c.req.valid("param").token, c.req.valid("query").language);
      return (await asFile(print, paper, scope.now)) as never;
    },
  );
