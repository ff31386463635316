import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import type { PublicEnv } from "@yihao/identity/me-routes";
import { take } from "@yihao/kernel/outcome";
import { listFeeds, makeFeed, readFeed, revokeFeed } from "./feed-actions.ts";
import { FeedSchema, FeedSubjectSchema, NewFeedSchema, ShownFeedSchema } from "./feed-model.ts";

const tags = ["feeds"];
const anyone = may({ staff: "any", company: "any" });
const at = "/doors/spaces/{space}/feeds";

/** Routes of calendar feeds (日历订阅) for those who make them. */
export const feedRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "One's own calendar feeds",
      middleware: [anyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(FeedSchema) })) },
    }),
    async (c) => c.json({ items: await listFeeds(c.var.scope) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: at,
      tags,
      summary: "Make a calendar feed, or give it a new address",
      middleware: [anyone] as const,
      request: { params: inSpace({}), body: body(NewFeedSchema) },
      responses: { 201: answers(ShownFeedSchema) },
    }),
    async (c) => c.json(take(await makeFeed(c.var.scope, c.req.valid("json").subject)), 201),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: `${at}/{subject}`,
      tags,
      summary: "End a calendar feed",
      middleware: [anyone] as const,
      request: { params: inSpace({ subject: FeedSubjectSchema }) },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      take(await revokeFeed(c.var.scope, c.req.valid("param").subject));
      return c.json({}, 200);
    },
  );

/** Whether `If-None-Match` names a tag, with or without the mark of a weak one. */
const knows = (header: string | undefined, tag: string) =>
  header?.split(",").some((one) => one.trim().replace(/^W\//, "") === tag) ?? false;

/** The address that calendars subscribe to: nobody is asked who they are. */
export const publicFeedRoutes = router<PublicEnv>().openapi(
  createRoute({
    method: "get",
    path: "/doors/feeds/{file}",
    tags,
    summary: "A calendar feed as iCalendar",
    request: { params: z.object({ file: z.string().max(80) }) },
    responses: {
      200: { description: "iCalendar", content: { "text/calendar": { schema: z.string() } } },
      304: { description: "As it was" },
    },
  }),
  async (c) => {
    const { text, tag } = take(await readFeed(c.var.scope, c.req.valid("param").file.replace(/\.ics$/, "")));
    const headers = { etag: tag, "cache-control": "private, no-cache" };
    if (knows(c.req.header("if-none-match"), tag)) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, "content-type": "text/calendar; charset=utf-8" });
  },
);
