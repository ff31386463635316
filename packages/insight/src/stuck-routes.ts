import { answers, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { Refused } from "@yihao/kernel/outcome";
import { tableOf } from "@yihao/table/client";
import { type Hearing, replayDeadLetter } from "@yihao/table/stream";
import { DeadLetterSchema } from "./model.ts";
import { readDeadLetters } from "./reads.ts";

const tags = ["insight"];
const managers = may({ staff: ["manager"] });

/** Routes for work that failed for good. `hearing` gives every room's reactions, with which it is tried again; it is asked per request. */
export const stuckRoutes = (hearing: () => Pick<Hearing, "reactions">) =>
  router()
    .openapi(
      createRoute({
        method: "get",
        path: "/spaces/{space}/dead-letters",
        tags,
        summary: "List work that failed for good",
        middleware: [managers] as const,
        request: { params: inSpace({}), query: listQuery.pick({ cursor: true }) },
        responses: { 200: answers(pageOf(DeadLetterSchema)) },
      }),
      async (c) => c.json(await readDeadLetters(c.var.scope, c.req.valid("query").cursor), 200),
    )
    .openapi(
      createRoute({
        method: "post",
        path: "/spaces/{space}/dead-letters/{letter}/replay",
        tags,
        summary: "Try stuck work again; it leaves the list when every reaction takes it",
        middleware: [managers] as const,
        request: { params: inSpace({ letter: z.string().max(200) }) },
        responses: { 201: answers(z.object({ id: z.string() })) },
      }),
      async (c) => {
        const { letter } = c.req.valid("param");
        const { scope } = c.var;
        const { reactions } = hearing();
        const now = () => scope.now;
        let done: boolean;
        try {
          done = await replayDeadLetter({ table: tableOf(scope), reactions, now }, scope, letter);
        } catch (error) {
          throw new Refused("dead-letter.failed", { error: error instanceof Error ? error.message.slice(0, 200) : "" });
        }
        if (!done) throw new Refused("missing");
        return c.json({ id: letter }, 201);
      },
    );
