import type { CompanyId, GrantId, KeyId, PersonId, SpaceId } from "./ids.ts";
import type { Permission } from "./permissions.ts";
import type { AnyRole, CompanyRole } from "./roles.ts";

export type Actor =
  /**
   * With `key` it is a program that asks by an API key: the key acts, within its own roles or as a member of its company; the person made it and answers for it. With `support` it is one of the platform's support, who reads under
   * an owner's grant.
   */
  | {
      readonly kind: "staff";
      readonly person: PersonId;
      readonly roles: readonly AnyRole[];
      /** What the space's own roles among them allow. */
      readonly rights?: readonly Permission[] | undefined;
      readonly key?: KeyId | undefined;
      readonly support?: GrantId | undefined;
    }
  | {
      readonly kind: "company";
      readonly person: PersonId;
      readonly company: CompanyId;
      readonly role: CompanyRole;
      readonly key?: KeyId | undefined;
    }
  | { readonly kind: "person"; readonly person: PersonId }
  | { readonly kind: "system"; readonly name: string };

/** One wish of one caller. The same id always gets the first answer again; `print` is the hash of what was asked under it. */
export type Command = { readonly id: string; readonly print: string };

/** Counts capacity units as DynamoDB reports them, over one request. `wrote`, where one is kept, gathers the ids of the events it wrote: by them what follows is found in the logs. */
export type Meter = { read: number; write: number; readonly wrote?: string[] };

/** The store behind a scope, opaque to all rooms but `table`. */
export interface Store {
  readonly name: string;
}

type Common = {
  readonly actor: Actor;
  /** The instant of this request, ISO 8601 UTC with milliseconds. Rules get time from here only. */
  readonly now: string;
  readonly command: Command;
  readonly meter: Meter;
  readonly table: Store;
};

/** Who asks, in which space: the first argument of every action and store call. Keys are built from it alone. */
export type Scope = Common & { readonly space: SpaceId };

/** What belongs to no space: people, the list of spaces, open invitations by their secret. */
export type PlatformScope = Common & { readonly space: "platform" };

export type AnyScope = Scope | PlatformScope;

/** The same request acting for itself inside one space, e.g. a reaction or a sweep. */
export function asSystem(scope: AnyScope, space: SpaceId, name: string, command = scope.command): Scope {
  return { ...scope, space, actor: { kind: "system", name }, command };
}

/** Names the actor for records: a person's id, a key's, or `system:<name>`. */
export function actorName({ actor }: AnyScope): string {
  if (actor.kind === "system") return `system:${actor.name}`;
  return actor.kind !== "person" && actor.key !== undefined ? actor.key : actor.person;
}

/** The company that the actor acts for, if any. */
export function ownCompany(scope: AnyScope): CompanyId | undefined {
  return scope.actor.kind === "company" ? scope.actor.company : undefined;
}
