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
import { Refused, take } from "@yihao/kernel/outcome";
import { ownCompany } from "@yihao/kernel/scope";
import { CompanyIdSchema } from "@yihao/members/model";
import { seen } from "@yihao/members/routes";
import { asOthersSee } from "./card.ts";
import { setCard, withdrawCard } from "./card-actions.ts";
import { CardViewSchema, CardWishSchema } from "./card-model.ts";
import { cardOf, cardPage, findCards } from "./card-store.ts";

const tags = ["directory"];
const readers = may({ staff: "any", company: "any" });
const admins = may({ company: ["admin"] });
const params = inSpace({ company: CompanyIdSchema });
const at = "/spaces/{space}/directory";

/** Routes of the directory (企业名录): each company says itself whether it stands in it. */
export const cardRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: at,
      tags,
      summary: "List the companies that published a card, or find them by name, pinyin or a word",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: listQuery.extend({ q: z.string().max(60).optional() }) },
      responses: { 200: answers(pageOf(CardViewSchema)) },
    }),
    async (c) => {
      const { q, ...page } = c.req.valid("query");
      if (q) return c.json({ items: await findCards(c.var.scope, q), next: null }, 200);
      return c.json(await cardPage(c.var.scope, page), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${at}/{company}`,
      tags,
      summary:
        "Read a company's card: one's own in any case, null before there is one, another's while it is published",
      middleware: [readers] as const,
      request: { params },
      responses: { 200: answers(z.object({ card: CardViewSchema.nullable() })) },
    }),
    async (c) => {
      const { company } = c.req.valid("param");
      const card = await cardOf(c.var.scope, company);
      const own = ownCompany(c.var.scope) === company;
      if (!own && !card?.published) throw new Refused("missing");
      etag(c, card?.rev ?? 0);
      return c.json({ card: card ? (own ? card : asOthersSee(card)) : null }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: `${at}/{company}`,
      tags,
      summary: "Say what one's own company does, and whether others find it",
      middleware: [admins] as const,
      request: { params, body: body(CardWishSchema) },
      responses: { 200: answers(CardViewSchema) },
    }),
    async (c) => {
      const { scope } = c.var;
      const company = seen(scope, c.req.valid("param").company);
      const card = take(await setCard(scope, company, c.req.valid("json"), ifMatch(c)));
      etag(c, card.rev);
      return c.json(card, 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: `${at}/{company}`,
      tags,
      summary: "Take one's own company out of the directory at once; what was written stays with the company",
      middleware: [admins] as const,
      request: { params },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      await withdrawCard(c.var.scope, seen(c.var.scope, c.req.valid("param").company));
      return c.json({}, 200);
    },
  );
