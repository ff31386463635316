import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { BookingIdSchema } from "./model.ts";
import { answerRequest } from "./request-actions.ts";
import { AnsweredRequestSchema, AnswerRequestSchema, RequestSchema } from "./request-model.ts";
import { requestsOf } from "./request-store.ts";

const tags = ["booking"];
const approvers = may({ right: "booking.approve" });

/** Routes of requests (预订审批) for staff. */
export const requestRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/booking-requests",
      summary: "Requests that wait for an answer, those that lapse first before the others",
      tags,
      middleware: [approvers] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(RequestSchema)) },
    }),
    async (c) => {
      const { cursor, limit = 100 } = c.req.valid("query");
      return c.json(await requestsOf(c.var.scope, { cursor, limit }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/bookings/{booking}/answer",
      summary: "Approve or decline a request; of a series the whole of it",
      tags,
      middleware: [approvers] as const,
      request: { params: inSpace({ booking: BookingIdSchema }), body: body(AnswerRequestSchema) },
      responses: { 201: answers(AnsweredRequestSchema) },
    }),
    async (c) => {
      const answered = take(await answerRequest(c.var.scope, c.req.valid("param").booking, c.req.valid("json")));
      return c.json(AnsweredRequestSchema.parse(answered), 201);
    },
  );
