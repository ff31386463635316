import type { PersonEnv } from "@yihao/http/context";
import type { Files } from "@yihao/http/files";
import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { SpaceIdSchema } from "@yihao/identity/model";
import { Refused, take } from "@yihao/kernel/outcome";
import { asSystem, type PlatformScope } from "@yihao/kernel/scope";
import { FapiaoStepSchema, FapiaoTitleSchema, FapiaoTitleViewSchema } from "./fapiao-model.ts";
import { MonthSchema } from "./model.ts";
import {
  askPlatformFapiao,
  askPlatformFile,
  changePlatformTitle,
  keepPlatformFile,
  platformFileLink,
  readPlatformTitle,
  stepPlatformFapiao,
  withdrawPlatformFapiao,
} from "./platform-fapiao.ts";
import { AskedFapiaosSchema, PlatformFapiaoSchema, PlatformFileSchema } from "./platform-model.ts";
import { askedRows } from "./platform-store.ts";

const tags = ["billing"];
const owners = may({ staff: ["owner"] });
const ofMonth = inSpace({ month: MonthSchema });

/** Routes by which a space's owner asks the platform for fapiao (发票) of what the space pays for it. */
export const platformFapiaoRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/accounts/spaces/{space}/platform-fapiao-title",
      tags,
      summary: "What fapiao of the platform's bills are made out to",
      middleware: [owners] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(FapiaoTitleViewSchema) },
    }),
    async (c) => {
      const title = await readPlatformTitle(c.var.scope);
      etag(c, title.rev);
      return c.json(title, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/accounts/spaces/{space}/platform-fapiao-title",
      tags,
      summary: "Say what fapiao of the platform's bills are made out to",
      middleware: [owners] as const,
      request: { params: inSpace({}), body: body(FapiaoTitleSchema) },
      responses: { 200: answers(FapiaoTitleViewSchema) },
    }),
    async (c) => {
      const title = take(await changePlatformTitle(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, title.rev);
      return c.json(title, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/platform-bills/{month}/fapiao",
      tags,
      summary: "Ask the platform for the fapiao of its bill of a month",
      middleware: [owners] as const,
      request: { params: ofMonth, body: body(z.strictObject({})) },
      responses: { 201: answers(PlatformFapiaoSchema) },
    }),
    async (c) => c.json(take(await askPlatformFapiao(c.var.scope, c.req.valid("param").month)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/accounts/spaces/{space}/platform-bills/{month}/fapiao/withdraw",
      tags,
      summary: "Withdraw what was asked for",
      middleware: [owners] as const,
      request: { params: ofMonth, body: body(z.strictObject({})) },
      responses: { 201: answers(PlatformFapiaoSchema) },
    }),
    async (c) => c.json(take(await withdrawPlatformFapiao(c.var.scope, c.req.valid("param").month)), 201),
  );

const at = "/platform/fapiao/{space}/{month}";
const named = z.object({ space: SpaceIdSchema, month: MonthSchema });

/** The scope of a space in which the platform's owner records something: as the system, for they have no place in it. */
const inside = (scope: PlatformScope, space: string) => asSystem(scope, SpaceIdSchema.parse(space), "platform-fapiao");

function owning(email: string, all: readonly string[]): void {
  if (!all.includes(email.toLowerCase())) throw new Refused("missing");
}

/** Routes by which the platform's owner records what became of spaces' fapiao; to everybody else they are missing. */
export const platformFapiaoDesk = (all: () => readonly string[]) =>
  router<PersonEnv>()
    .openapi(
      createRoute({
        method: "get",
        path: "/platform/fapiao",
        tags: ["platform"],
        summary: "The platform's bills whose fapiao wait to be issued, the oldest first",
        responses: { 200: answers(AskedFapiaosSchema) },
      }),
      async (c) => {
        owning(c.var.caller.email, all());
        return c.json({ items: await askedRows(c.var.scope) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: "post",
        path: `${at}/step`,
        tags: ["platform"],
        summary: "Record that the fapiao of a space's bill was issued, declined or red-inked",
        request: { params: named, body: body(FapiaoStepSchema) },
        responses: { 201: answers(PlatformFapiaoSchema) },
      }),
      async (c) => {
        owning(c.var.caller.email, all());
        const { space, month } = c.req.valid("param");
        return c.json(take(await stepPlatformFapiao(inside(c.var.scope, space), month, c.req.valid("json"))), 201);
      },
    );

/** Routes of the files of such fapiao: the platform's owner puts one, the space's fetches it. */
export const platformFapiaoFileRoutes = (files: Files, all: () => readonly string[]) =>
  router()
    .route(
      "/",
      router<PersonEnv>()
        .openapi(
          createRoute({
            method: "post",
            path: `/files${at}`,
            tags: ["platform"],
            summary: "Ask for a link to put the file of an issued fapiao under",
            request: { params: named, body: body(PlatformFileSchema) },
            responses: { 201: answers(z.object({ url: z.string(), headers: z.record(z.string(), z.string()) })) },
          }),
          async (c) => {
            owning(c.var.caller.email, all());
            const { space, month } = c.req.valid("param");
            const link = take(await askPlatformFile(inside(c.var.scope, space), files, month, c.req.valid("json")));
            return c.json({ url: link.url, headers: { ...link.headers } }, 201);
          },
        )
        .openapi(
          createRoute({
            method: "post",
            path: `/files${at}/done`,
            tags: ["platform"],
            summary: "Take the file of an issued fapiao once its bytes have come",
            request: { params: named, body: body(PlatformFileSchema) },
            responses: { 201: answers(PlatformFapiaoSchema) },
          }),
          async (c) => {
            owning(c.var.caller.email, all());
            const { space, month } = c.req.valid("param");
            const kept = await keepPlatformFile(inside(c.var.scope, space), files, month, c.req.valid("json"));
            return c.json(take(kept), 201);
          },
        ),
    )
    .openapi(
      createRoute({
        method: "get",
        path: "/files/spaces/{space}/platform-bills/{month}/fapiao",
        tags,
        summary: "Ask for a link to fetch the file of the platform's fapiao under",
        middleware: [owners] as const,
        request: { params: ofMonth },
        responses: { 200: answers(z.object({ url: z.string() })) },
      }),
      async (c) => c.json(take(await platformFileLink(c.var.scope, files, c.req.valid("param").month)), 200),
    );
