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
import { BrandChangeSchema, BrandSchema } from "./brand.ts";
import { brandOf, changeBrand } from "./brand-actions.ts";
import { invite, listOpenInvitations, resendInvitation, revokeInvitation } from "./invitation-actions.ts";
import { listApiKeys, makeKey, revokeKey, rotateKey } from "./key-actions.ts";
import {
  ApiKeySchema,
  AuditEntrySchema,
  CompanyIdSchema,
  InvitationIdSchema,
  InvitationSchema,
  KeyIdSchema,
  MemberViewSchema,
  NewApiKeySchema,
  NewInvitationSchema,
  NewRoleSchema,
  PersonIdSchema,
  RoleIdSchema,
  RoleSchema,
  RolesSchema,
  RoleViewSchema,
  RotationSchema,
  ShownKeySchema,
  SpaceChangeSchema,
  SpaceSchema,
} from "./model.ts";
import { changeRoles, listPeople, removeFromCompany, removePerson } from "./people-actions.ts";
import { changeRole, listRoles, makeRole, removeRole } from "./role-actions.ts";
import { changeSpace, readAudit, readSpace } from "./space-actions.ts";

const tags = ["identity"];
const anyone = may({ staff: "any", company: "any" });
const owners = may({ staff: ["owner"] });
const keyMakers = may({ staff: ["owner"], company: ["admin"] });
const managers = may({ staff: ["manager"] });
const inviters = may({ staff: ["manager", "frontdesk"], company: ["admin"] });
const readers = may({ right: "people.read", company: ["admin"] });
const settings = may({ right: "space.settings" });
const removed = answers(z.object({ person: PersonIdSchema }));

/** Routes of a space: its settings, its people, its invitations and its audit trail. */
export const identityRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}",
      tags,
      summary: "Read the space",
      middleware: [anyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(SpaceSchema) },
    }),
    async (c) => {
      const { rev, ...space } = take(await readSpace(c.var.scope));
      etag(c, rev);
      return c.json(space, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/brand",
      tags,
      summary: "Colour and logo under which those outside the staff see the space",
      middleware: [anyone] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(BrandSchema) },
    }),
    async (c) => {
      const { rev, ...brand } = await brandOf(c.var.scope);
      etag(c, rev);
      return c.json(brand, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/brand",
      tags,
      summary: "Set the space's colour and logo",
      middleware: [settings] as const,
      request: { params: inSpace({}), body: body(BrandChangeSchema) },
      responses: { 200: answers(BrandSchema) },
    }),
    async (c) => {
      const { rev, ...brand } = take(await changeBrand(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, rev);
      return c.json(brand, 200);
    },
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/spaces/{space}",
      tags,
      summary: "Change the space's settings",
      middleware: [settings] as const,
      request: { params: inSpace({}), body: body(SpaceChangeSchema) },
      responses: { 200: answers(SpaceSchema) },
    }),
    async (c) => {
      const { rev, ...space } = take(await changeSpace(c.var.scope, c.req.valid("json"), ifMatch(c)));
      etag(c, rev);
      return c.json(space, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/people",
      tags,
      summary: "List people and their roles",
      middleware: [readers] as const,
      request: { params: inSpace({}), query: listQuery.extend({ company: CompanyIdSchema.optional() }) },
      responses: { 200: answers(pageOf(MemberViewSchema)) },
    }),
    async (c) => c.json(await listPeople(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/people/{person}/roles",
      tags,
      summary: "Give a member of staff other roles",
      middleware: [managers] as const,
      request: { params: inSpace({ person: PersonIdSchema }), body: body(RolesSchema) },
      responses: { 200: answers(MemberViewSchema) },
    }),
    async (c) => {
      const { person } = c.req.valid("param");
      const member = take(await changeRoles(c.var.scope, person, c.req.valid("json").roles, ifMatch(c)));
      etag(c, member.rev);
      return c.json(member, 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/people/{person}",
      tags,
      summary: "Take a person out of the space",
      middleware: [managers] as const,
      request: { params: inSpace({ person: PersonIdSchema }) },
      responses: { 200: removed },
    }),
    async (c) => c.json(take(await removePerson(c.var.scope, c.req.valid("param").person)), 200),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/companies/{company}/people/{person}",
      tags,
      summary: "Take a person out of a company",
      middleware: [inviters] as const,
      request: { params: inSpace({ company: CompanyIdSchema, person: PersonIdSchema }) },
      responses: { 200: removed },
    }),
    async (c) => {
      const { company, person } = c.req.valid("param");
      return c.json(take(await removeFromCompany(c.var.scope, company, person)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/invitations",
      tags,
      summary: "List open invitations",
      middleware: [inviters] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(InvitationSchema)) },
    }),
    async (c) => c.json(await listOpenInvitations(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/invitations",
      tags,
      summary: "Invite somebody by mail",
      middleware: [inviters] as const,
      request: { params: inSpace({}), body: body(NewInvitationSchema) },
      responses: { 201: answers(InvitationSchema) },
    }),
    async (c) => c.json(take(await invite(c.var.scope, c.req.valid("json"), c.var.caller.name)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/invitations/{invitation}/resend",
      tags,
      summary: "Send an invitation again with a new link",
      middleware: [inviters] as const,
      request: { params: inSpace({ invitation: InvitationIdSchema }) },
      responses: { 201: answers(InvitationSchema) },
    }),
    async (c) => c.json(take(await resendInvitation(c.var.scope, c.req.valid("param").invitation)), 201),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/invitations/{invitation}",
      tags,
      summary: "Withdraw an invitation",
      middleware: [inviters] as const,
      request: { params: inSpace({ invitation: InvitationIdSchema }) },
      responses: { 200: answers(InvitationSchema) },
    }),
    async (c) => c.json(take(await revokeInvitation(c.var.scope, c.req.valid("param").invitation)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/audit",
      tags,
      summary: "Read the audit trail, newest first",
      middleware: [may({ right: "space.audit" })] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(AuditEntrySchema)) },
    }),
    async (c) => c.json(await readAudit(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/roles",
      tags,
      summary: "List the space's own roles, what they allow and how many have them",
      middleware: [may({ right: "people.read" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(z.object({ items: z.array(RoleViewSchema) })) },
    }),
    async (c) => c.json(await listRoles(c.var.scope), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/roles",
      tags,
      summary: "Make a role of the space's own",
      middleware: [owners] as const,
      request: { params: inSpace({}), body: body(NewRoleSchema) },
      responses: { 201: answers(RoleSchema) },
    }),
    async (c) => c.json(take(await makeRole(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/roles/{role}",
      tags,
      summary: "Change a role; it holds at the next request of everybody who has it",
      description: "Up to twenty people are written before the answer, more within moments.",
      middleware: [owners] as const,
      request: { params: inSpace({ role: RoleIdSchema }), body: body(NewRoleSchema) },
      responses: { 200: answers(RoleSchema) },
    }),
    async (c) => {
      const { role: id } = c.req.valid("param");
      const role = take(await changeRole(c.var.scope, id, c.req.valid("json"), ifMatch(c)));
      etag(c, role.rev);
      return c.json(role, 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/roles/{role}",
      tags,
      summary: "Remove a role that nobody has",
      middleware: [owners] as const,
      request: { params: inSpace({ role: RoleIdSchema }) },
      responses: { 200: answers(z.object({ role: RoleIdSchema })) },
    }),
    async (c) => c.json(take(await removeRole(c.var.scope, c.req.valid("param").role)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/keys",
      tags,
      summary: "List API keys, without their secrets; a company's admins list their company's",
      middleware: [keyMakers] as const,
      request: { params: inSpace({}), query: listQuery },
      responses: { 200: answers(pageOf(ApiKeySchema)) },
    }),
    async (c) => c.json(await listApiKeys(c.var.scope, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/keys",
      tags,
      summary: "Make an API key of the space, or of one's own company; its secret is told this once",
      description: "A replay of the command answers the same key with `secret` null: the secret is kept nowhere.",
      middleware: [keyMakers] as const,
      request: { params: inSpace({}), body: body(NewApiKeySchema) },
      responses: { 201: answers(ShownKeySchema) },
    }),
    async (c) =>
      c.json(take(await makeKey(c.var.scope, c.var.caller.name || c.var.caller.email, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/keys/{key}/rotate",
      tags,
      summary: "Give an API key a new secret",
      description: "The former secret works for `graceHours` more; 0 ends it at once.",
      middleware: [keyMakers] as const,
      request: { params: inSpace({ key: KeyIdSchema }), body: body(RotationSchema) },
      responses: { 201: answers(ShownKeySchema) },
    }),
    async (c) => {
      const { graceHours } = c.req.valid("json");
      return c.json(take(await rotateKey(c.var.scope, c.req.valid("param").key, graceHours)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/keys/{key}",
      tags,
      summary: "Revoke an API key; it holds at its next request",
      middleware: [keyMakers] as const,
      request: { params: inSpace({ key: KeyIdSchema }) },
      responses: { 200: answers(ApiKeySchema) },
    }),
    async (c) => c.json(take(await revokeKey(c.var.scope, c.req.valid("param").key)), 200),
  );
