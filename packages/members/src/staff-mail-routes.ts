import { answers, body, createRoute, inSpace, may, router } from "@yihao/http/room";
import { StaffMailsSchema, setStaffMails, staffMails } from "./staff-mail.ts";

const tags = ["identity"];
const staff = may({ staff: "any" });

/** Routes of what a member of staff is written to of. */
export const staffMailRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/staff-mails",
      summary: "What one is written to of as staff",
      tags,
      middleware: [staff] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(StaffMailsSchema) },
    }),
    async (c) => c.json(await staffMails(c.var.scope), 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/staff-mails",
      summary: "Say what one is written to of as staff",
      tags,
      middleware: [staff] as const,
      request: { params: inSpace({}), body: body(StaffMailsSchema) },
      responses: { 200: answers(StaffMailsSchema) },
    }),
    async (c) => c.json(await setStaffMails(c.var.scope, c.req.valid("json")), 200),
  );
