import {
  answers,
  body,
  createRoute,
  etag,
  ifMatch,
  inSpace,
  listQuery,
  may,
  pageOf,
  router,
  z,
} from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { JournalLineSchema, SubjectsSchema, SubjectsViewSchema } from "./journal.ts";
import { listJournal, setSubjects, subjectsOf } from "./journal-store.ts";
import { MonthSchema } from "./model.ts";
import { closedThrough } from "./period.ts";

const tags = ["billing"];
const finance = may({ right: "billing.read" });

/** Routes of the journal (记账凭证): every posting of a month, and the subjects that the space's books give the accounts. */
export const journalRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/journal/{month}",
      tags,
      summary: "The postings of a month: from is debited, to is credited; `closed` when none will follow",
      middleware: [finance] as const,
      request: { params: inSpace({ month: MonthSchema }), query: listQuery },
      responses: { 200: answers(pageOf(JournalLineSchema).extend({ closed: z.boolean() })) },
    }),
    async (c) => {
      const { scope } = c.var;
      const { month } = c.req.valid("param");
      const [page, through] = await Promise.all([
        listJournal(scope, month, c.req.valid("query")),
        closedThrough(scope),
      ]);
      const items = page.items.map(({ rev: _rev, ...line }) => line);
      return c.json({ items, next: page.next, closed: through !== undefined && month <= through }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/journal-subjects",
      tags,
      summary: "Which subject each account is in the space's books",
      middleware: [finance] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SubjectsViewSchema) },
    }),
    async (c) => {
      const found = await subjectsOf(c.var.scope);
      etag(c, found.rev);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/journal-subjects",
      tags,
      summary: "Set which subject each account is in the space's books",
      middleware: [may({ right: "billing.issue" })] as const,
      request: { params: inSpace({}), body: body(z.strictObject({ subjects: SubjectsSchema })) },
      responses: { 200: answers(SubjectsViewSchema) },
    }),
    async (c) => {
      const set = take(await setSubjects(c.var.scope, c.req.valid("json").subjects, ifMatch(c)));
      etag(c, set.rev);
      return c.json(set, 200);
    },
  );
