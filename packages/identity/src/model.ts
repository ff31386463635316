import { isZone } from "@yihao/kernel/days";
import { isId } from "@yihao/kernel/ids";
import { permissionNames } from "@yihao/kernel/permissions";
import { type CompanyRole, companyRoles, type StaffRole, staffRoles } from "@yihao/kernel/roles";
import { z } from "zod";
import { supportRefusals } from "./support-model.ts";

export type { CompanyRole, StaffRole };

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));

export const PersonIdSchema = idSchema("per");
export const SpaceIdSchema = idSchema("spc");
export const CompanyIdSchema = idSchema("cmp");
export const InvitationIdSchema = idSchema("ivt");
export type InvitationId = z.infer<typeof InvitationIdSchema>;
export const KeyIdSchema = idSchema("key");

export const StaffRoleSchema = z.enum(staffRoles);
export const RoleIdSchema = idSchema("rol");
export type RoleId = z.infer<typeof RoleIdSchema>;
/** A built-in role by its name, or one of the space's own by its id. */
export const AnyRoleSchema = z.union([StaffRoleSchema, RoleIdSchema]);
export const PermissionSchema = z.enum(permissionNames);
export const CompanyRoleSchema = z.enum(companyRoles);
export const LanguageSchema = z.enum(["zh-CN", "en"]);
export const EmailSchema = z.string().trim().toLowerCase().max(200).pipe(z.email());
/** A name in one line: what it says may stand in the subject of a letter. */
export const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
const InstantSchema = z.string();

/** How the operator sets a space up. `zone` is an IANA time zone, `currency` an ISO 4217 code. */
export const SpaceSettingsSchema = z.strictObject({
  name: NameSchema,
  language: LanguageSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  zone: z.string().max(60).refine(isZone),
});
export const SpaceSchema = SpaceSettingsSchema.extend({ id: SpaceIdSchema, createdAt: InstantSchema });
export type SpaceSettings = z.infer<typeof SpaceSettingsSchema>;
export type Space = z.infer<typeof SpaceSchema>;

/** What may be changed of a space later; the currency stays, since money has been counted in it. */
export const SpaceChangeSchema = SpaceSettingsSchema.omit({ currency: true }).partial();
export type SpaceChange = z.infer<typeof SpaceChangeSchema>;

/** How many roles of its own a space may have, and how many of them one person. */
export const rolesMost = 20;
export const ownRolesMost = 5;

/** A role of the space's own (自定义角色): what it is called and what it allows. */
export const NewRoleSchema = z.strictObject({ name: NameSchema.max(40), rights: z.array(PermissionSchema).min(1) });
export type NewRole = z.infer<typeof NewRoleSchema>;
export const RoleSchema = z.object({
  id: RoleIdSchema,
  name: z.string(),
  rights: z.array(PermissionSchema),
  rev: z.int(),
  createdAt: InstantSchema,
});
export type Role = z.infer<typeof RoleSchema>;
/** As the list shows it; `used` is how many people have it. */
export const RoleViewSchema = RoleSchema.extend({ used: z.int() });
export type RoleView = z.infer<typeof RoleViewSchema>;
/** What a member keeps of an own role, as of a revision of it. */
export const OwnRoleSchema = z.object({
  role: RoleIdSchema,
  name: z.string(),
  rights: z.array(PermissionSchema),
  rev: z.int(),
});
export type OwnRole = z.infer<typeof OwnRoleSchema>;
const RoleNameSchema = OwnRoleSchema.pick({ role: true, name: true });
export type RoleName = z.infer<typeof RoleNameSchema>;
/** Roles with the names of the space's own among them. */
const Given = { roles: z.array(AnyRoleSchema), own: z.array(RoleNameSchema).optional() };
const fewOwn = (roles: readonly string[]) => roles.filter((role) => isId("rol", role)).length <= ownRolesMost;
const WishedRolesSchema = z
  .array(AnyRoleSchema)
  .max(staffRoles.length + ownRolesMost)
  .refine(fewOwn);

/** A company (在孵企业) that a person belongs to, and as what. */
export const CompanyPlaceSchema = z.object({ company: CompanyIdSchema, name: NameSchema, role: CompanyRoleSchema });
export type CompanyPlace = z.infer<typeof CompanyPlaceSchema>;

/** A person's place in a space. */
export const MemberSchema = z.object({
  person: PersonIdSchema,
  email: z.string(),
  name: z.string(),
  roles: z.array(AnyRoleSchema),
  /** The space's own roles among them. */
  own: z.array(OwnRoleSchema).optional(),
  companies: z.array(CompanyPlaceSchema),
  joinedAt: InstantSchema,
});
export type Member = z.infer<typeof MemberSchema>;
/** As lists and edits show it, with the revision that an edit names in `If-Match`. */
export const MemberViewSchema = MemberSchema.extend({ rev: z.int() });

/** An account that was merged into another of the same person inside a space: who it was, where it went, and once all is moved, when. */
export const MergedPersonSchema = z.object({
  person: PersonIdSchema,
  name: z.string(),
  email: z.string(),
  into: PersonIdSchema,
  at: InstantSchema,
  ...Given,
  companies: z.array(CompanyIdSchema),
  doneAt: InstantSchema.optional(),
});
export type MergedPerson = z.infer<typeof MergedPersonSchema>;

/** A space as a person sees it among theirs. */
export const PlaceSchema = z.object({
  space: SpaceIdSchema,
  name: z.string(),
  ...Given,
  /** All that the roles allow. */
  rights: z.array(PermissionSchema),
  companies: z.array(CompanyPlaceSchema),
  /** Until when one of the platform's support may look in; absent for whoever has a place. */
  support: InstantSchema.optional(),
});
export type Place = z.infer<typeof PlaceSchema>;

export const MeSchema = z.object({
  person: PersonIdSchema,
  email: z.string(),
  name: z.string(),
  spaces: z.array(PlaceSchema),
});
export type Me = z.infer<typeof MeSchema>;

/** New staff roles of a person. */
export const RolesSchema = z.strictObject({ roles: WishedRolesSchema });

export const invitationStates = ["open", "accepted", "revoked"] as const;
export const InvitationSchema = z.object({
  id: InvitationIdSchema,
  email: z.string(),
  ...Given,
  company: CompanyPlaceSchema.nullable(),
  by: PersonIdSchema,
  byName: z.string(),
  state: z.enum(invitationStates),
  sentAt: InstantSchema,
  expiresAt: InstantSchema,
});
export type Invitation = z.infer<typeof InvitationSchema>;

/** Invites for staff roles, or for one company's people. A company's own admin need not name it: the name on record is taken. */
export const NewInvitationSchema = z.union([
  z.strictObject({ email: EmailSchema, roles: WishedRolesSchema.min(1) }),
  z.strictObject({
    email: EmailSchema,
    company: CompanyIdSchema,
    companyName: NameSchema,
    companyRole: CompanyRoleSchema,
  }),
]);
export type NewInvitation = z.infer<typeof NewInvitationSchema>;

/** What the holder of an invitation's link sees before signing in. */
export const OpenInvitationSchema = z.object({
  space: z.object({ id: SpaceIdSchema, name: z.string() }),
  email: z.string(),
  ...Given,
  company: CompanyPlaceSchema.nullable(),
  byName: z.string(),
  expiresAt: InstantSchema,
});
export type OpenInvitation = z.infer<typeof OpenInvitationSchema>;

/** A passkey (通行密钥) as its owner sees it. */
export const PasskeySchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: InstantSchema.nullable(),
  lastUsedAt: InstantSchema.nullable(),
});
export type Passkey = z.infer<typeof PasskeySchema>;

/** A device that is signed in. `seenAt` is by the day. */
export const DeviceSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: InstantSchema,
  seenAt: InstantSchema,
  agent: z.string(),
  address: z.string(),
});
export type Device = z.infer<typeof DeviceSchema>;

/** What guards a person's account. `recoveryLeft` is null while no authenticator app is on; `fresh` says whether the last sign-in is recent enough for changes. */
export const SecuritySchema = z.object({
  email: z.string(),
  name: z.string(),
  password: z.boolean(),
  fresh: z.boolean(),
  factor: z.boolean(),
  recoveryLeft: z.int().nullable(),
  passkeys: z.array(PasskeySchema),
  devices: z.array(DeviceSchema),
});
export type Security = z.infer<typeof SecuritySchema>;

/** For how long after signing in the guards of an account may be changed without signing in again, in minutes. */
export const freshMinutes = 15;

/** The secret of an invitation's link. */
export const InvitationTokenSchema = z.string().regex(/^[0-9a-z]{32}$/);

/** How long an invitation's link works. */
export const invitationDays = 7;

/** Built-in roles that an API key may have: all but the owner's, so that no key makes keys, names owners or ends the space. */
export const keyRoles = staffRoles.filter((role) => role !== "owner");
/** One of those, or one of the space's own. */
const KeyRoleSchema = z.union([z.enum(keyRoles), RoleIdSchema]);
export const keyAccess = ["read", "write"] as const;
/** For how many days a key may be made at most. */
export const keyDaysMost = 730;
/** For how many hours at most the former secret works beside a new one. */
export const keyGraceHoursMost = 72;

/** How many keys a company may have at one time that work. */
export const companyKeysMost = 10;

/**
 * An API key (API 密钥) of a space as its owners see it; `prefix` is how the secret begins, `usedOn` a day in UTC. With `company` it is that company's own (企业密钥): it has no roles, acts for the company as one of its
 * members, and is made and ended by the company's admins.
 */
export const ApiKeySchema = z.object({
  id: KeyIdSchema,
  name: z.string(),
  prefix: z.string(),
  roles: z.array(KeyRoleSchema),
  /** The space's own roles among them, as they are now. */
  own: z.array(OwnRoleSchema).optional(),
  company: CompanyPlaceSchema.pick({ company: true, name: true }).optional(),
  access: z.enum(keyAccess),
  by: PersonIdSchema,
  byName: z.string(),
  createdAt: InstantSchema,
  expiresAt: InstantSchema,
  usedOn: z.string().nullable(),
  rotatedAt: InstantSchema.nullable(),
  formerUntil: InstantSchema.nullable(),
  revokedAt: InstantSchema.nullable(),
});
export type ApiKey = z.infer<typeof ApiKeySchema>;

/** A key to make; staff say its roles, and a company's admins none. */
export const NewApiKeySchema = z.strictObject({
  name: NameSchema,
  roles: z
    .array(KeyRoleSchema)
    .min(1)
    .max(keyRoles.length + ownRolesMost)
    .refine(fewOwn)
    .optional(),
  access: z.enum(keyAccess),
  days: z.int().min(1).max(keyDaysMost),
});
export type NewApiKey = z.infer<typeof NewApiKeySchema>;

/** A new secret; for `graceHours` the former one works beside it. */
export const RotationSchema = z.strictObject({ graceHours: z.int().min(0).max(keyGraceHoursMost) });

/** A key with its secret, told once: a replay of the command finds `secret` null, since it is kept nowhere. */
export const ShownKeySchema = z.object({ key: ApiKeySchema, secret: z.string().nullable() });
export type ShownKey = z.infer<typeof ShownKeySchema>;

/** One line of the audit trail (审计记录). */
export const AuditEntrySchema = z.object({
  id: z.string(),
  type: z.string(),
  at: InstantSchema,
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export type AuditEntry = z.infer<typeof AuditEntrySchema>;

const Who = { person: PersonIdSchema, email: z.string() };
const WhatFor = { ...Given, company: CompanyPlaceSchema.nullable() };

const Allowing = { name: z.string(), rights: z.array(PermissionSchema) };

/** The events of this room. Subject is the space, but for `company.*`, which stand on the company's timeline. */
export const identityEvents = {
  "space.created": SpaceSchema,
  "space.changed": SpaceChangeSchema,
  "brand.changed": z.object({ colour: z.string().nullable(), logo: z.boolean() }),
  "person.invited": z.object({ invitation: InvitationIdSchema, email: z.string(), ...WhatFor }),
  "invitation.resent": z.object({ invitation: InvitationIdSchema, email: z.string() }),
  "invitation.revoked": z.object({ invitation: InvitationIdSchema, email: z.string() }),
  "person.joined": z.object({ ...Who, ...WhatFor, name: z.string() }),
  "person.roles-changed": z.object({
    ...Who,
    before: z.array(AnyRoleSchema),
    after: z.array(AnyRoleSchema),
    own: Given.own,
  }),
  "person.changed": z.object({
    person: PersonIdSchema,
    before: z.object({ name: z.string(), email: z.string() }),
    after: z.object({ name: z.string(), email: z.string() }),
  }),
  "person.removed": z.object({ ...Who, roles: z.array(AnyRoleSchema), companies: z.array(CompanyIdSchema) }),
  "person.merge-asked": MergedPersonSchema,
  "person.merged": MergedPersonSchema,
  "role.made": z.object({ role: RoleIdSchema, ...Allowing }),
  "role.changed": z.object({ role: RoleIdSchema, before: z.object(Allowing), after: z.object(Allowing) }),
  "role.removed": z.object({ role: RoleIdSchema, ...Allowing }),
  "key.made": z.object({
    key: KeyIdSchema,
    name: z.string(),
    roles: z.array(KeyRoleSchema),
    own: z.array(RoleNameSchema).optional(),
    company: CompanyIdSchema.optional(),
    access: z.enum(keyAccess),
    expiresAt: InstantSchema,
  }),
  "key.rotated": z.object({ key: KeyIdSchema, name: z.string(), formerUntil: InstantSchema.nullable() }),
  "key.revoked": z.object({ key: KeyIdSchema, name: z.string() }),
  "company.person-joined": z.object({ ...Who, name: z.string(), role: CompanyRoleSchema }),
  "company.person-removed": z.object({ ...Who }),
} as const;
export type IdentityEvents = { [Type in keyof typeof identityEvents]: z.infer<(typeof identityEvents)[Type]> };

/** Refusals of this room and of the auth function, with their status. */
export const identityRefusals = {
  "brand.pale": 400,
  "brand.picture": 400,
  "auth.locked": 429,
  "auth.wrong": 401,
  "auth.password": 400,
  "auth.password-set": 409,
  "auth.code-wrong": 400,
  "auth.code-expired": 400,
  "auth.code-used-up": 403,
  "auth.account-exists": 409,
  "auth.factor-locked": 429,
  "auth.factor-wrong": 401,
  "auth.factor-again": 401,
  "auth.factor-on": 409,
  "auth.factor-off": 409,
  "auth.recovery-wrong": 401,
  "auth.not-fresh": 403,
  "auth.passkey-again": 400,
  "auth.passkey-unknown": 401,
  "auth.passkey-unverified": 403,
  "auth.passkey-failed": 400,
  "auth.passkeys-full": 409,
  "auth.refused": 400,
  "key.wrong": 401,
  "key.ended": 401,
  "key.read-only": 403,
  "key.revoked": 409,
  "key.roles": 400,
  "key.many": 409,
  "invitation.too-many": 429,
  "invitation.missing": 404,
  "invitation.used": 410,
  "invitation.revoked": 410,
  "invitation.expired": 410,
  "invitation.replaced": 410,
  "invitation.other-person": 403,
  "person.last-owner": 409,
  "person.rank": 403,
  "person.no-roles": 409,
  "role.name-taken": 409,
  "role.too-many": 409,
  "role.in-use": 409,
  "role.gone": 409,
  "person.merge-itself": 422,
  "auth.merge-factor": 409,
  ...supportRefusals,
} as const;
export type IdentityRefusalCode = keyof typeof identityRefusals;
