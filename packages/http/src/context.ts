import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { CompanyRole, StaffRole } from "@yihao/kernel/roles";
import type { PlatformScope, Scope, Store } from "@yihao/kernel/scope";

/** Who the session cookie says is asking. */
export type Caller = { readonly person: PersonId; readonly email: string; readonly name: string };

/** A person's place in one space, as the membership item holds it. */
export type Membership = {
  readonly roles: readonly StaffRole[];
  readonly companies: readonly { readonly company: CompanyId; readonly role: CompanyRole }[];
};

/** What the function hands in, so that `http` need not know identity. */
export type Doors = {
  readonly table: Store;
  readonly now: () => string;
  /** Verifies the session of a request without a table read; `stale` when it must be renewed first. */
  readonly caller: (request: Request) => Promise<Caller | "stale" | undefined>;
  /** One consistent read of the caller's place in the scope's space. */
  readonly membership: (scope: Scope, person: PersonId) => Promise<Membership | undefined>;
  /** Origins that may send writes with a cookie; the request's own host always may. */
  readonly origins?: readonly string[];
  readonly log?: (entry: Record<string, unknown>) => void;
};

/** What routes of a space find in their context. */
export type SpaceEnv = { Variables: { scope: Scope; caller: Caller; place: Membership } };
/** What routes of no space find: the person, and a scope of the platform. */
export type PersonEnv = { Variables: { scope: PlatformScope; caller: Caller } };
