import { answers, body, createRoute, inSpace, may, router } from "@yihao/http/room";
import { mailSettings, setMailSettings } from "./mail-actions.ts";
import { BookingMailSettingsSchema } from "./model.ts";

const tags = ["booking"];
const bookers = may({ right: "booking.desk", company: "any" });

/** Routes of what one wants to be written of one's bookings. */
export const mailRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/booking-mails",
      summary: "Whether one gets a letter of one's bookings",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(BookingMailSettingsSchema) },
    }),
    async (c) => c.json(await mailSettings(c.var.scope), 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/booking-mails",
      summary: "Turn letters of one's bookings on or off",
      tags,
      middleware: [bookers] as const,
      request: { params: inSpace({}), body: body(BookingMailSettingsSchema) },
      responses: { 200: answers(BookingMailSettingsSchema) },
    }),
    async (c) => c.json(await setMailSettings(c.var.scope, c.req.valid("json")), 200),
  );
