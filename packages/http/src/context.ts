import type { CompanyId, GrantId, KeyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Outcome } from "@yihao/kernel/outcome";
import type { Permission } from "@yihao/kernel/permissions";
import type { AnyRole, CompanyRole, StaffRole } from "@yihao/kernel/roles";
import type { PlatformScope, Scope, Store } from "@yihao/kernel/scope";
import type { Limits } from "./rate.ts";

/** Who the session cookie says is asking, and in which session. */
export type Caller = {
  readonly person: PersonId;
  readonly email: string;
  readonly name: string;
  readonly session?: string | undefined;
  /** One of the platform's support. */
  readonly support?: boolean | undefined;
};

/** A person's place in one space, as the membership item holds it. */
export type Membership = {
  readonly roles: readonly AnyRole[];
  /** The space's own roles among them, with what they allow. */
  readonly own?: readonly { readonly rights: readonly Permission[] }[] | undefined;
  readonly companies: readonly { readonly company: CompanyId; readonly role: CompanyRole }[];
  /** The person's sessions that ended lately, their ids in one text: a signed copy may outlive its session. */
  readonly ended?: string | undefined;
};

/** A program that asks by an API key: what the key may, and the person who made it. */
export type KeyCaller = {
  readonly id: KeyId;
  readonly name: string;
  readonly roles: readonly AnyRole[];
  /** The space's own roles among them, with what they allow. */
  readonly own?: Membership["own"];
  readonly access: "read" | "write";
  /** The company for which it acts, as a member does; a key without one acts as staff. */
  readonly company?: CompanyId | undefined;
  readonly by: PersonId;
};

/** A request of support as it is written down. */
export type SupportLook = { readonly method: string; readonly path: string; readonly refused: boolean };

/** How the platform's support (支持人员) may look into a space: under a grant of its owner, every request written down. */
export type SupportDoor = {
  readonly is: (caller: Caller) => boolean;
  /** The grant of the scope's space that holds now: one consistent read. */
  readonly grant: (scope: Scope) => Promise<{ readonly id: GrantId; readonly roles: readonly StaffRole[] } | undefined>;
  /** Writes a request down before it is answered. */
  readonly note: (scope: Scope, grant: GrantId, caller: Caller, look: SupportLook) => Promise<void>;
};

/** What the function hands in, so that `http` need not know identity. */
export type Doors = {
  readonly table: Store;
  /** The same store for requests inside one space, where a deployment lets them reach that space alone. */
  readonly inSpace?: (space: SpaceId) => Store;
  readonly now: () => string;
  /** Verifies the session of a request without a table read; `stale` when it must be renewed first. */
  readonly caller: (request: Request) => Promise<Caller | "stale" | undefined>;
  /** One consistent read of the caller's place in the scope's space. */
  readonly membership: (scope: Scope, person: PersonId) => Promise<Membership | undefined>;
  /** The same sessions for routes of no space. */
  readonly ended?: (scope: PlatformScope, person: PersonId) => Promise<string | undefined>;
  /** Who asks by the secret of an API key in the scope's space; a function without it knows no keys. */
  readonly key?: (scope: Scope, secret: string) => Promise<Outcome<KeyCaller>>;
  /** The platform's support, where a deployment names any. */
  readonly support?: SupportDoor;
  /** Counts requests, so that one caller does not take everybody's time; without it nobody is counted. */
  readonly limits?: Limits;
  /** The header in which a front before the gateway writes the caller's address, see `address.ts`. */
  readonly addressHeader?: string | undefined;
  /** Origins that may send writes with a cookie; the request's own host always may. */
  readonly origins?: readonly string[];
  readonly log?: (entry: Record<string, unknown>) => void;
  /** Counts what each space uses; `due` writes it down when it is time. */
  readonly usage?: {
    readonly count: (used: { space: SpaceId; read: number; write: number; ms: number }) => void;
    readonly due: () => Promise<void>;
  };
};

/** What routes of a space find in their context. */
export type SpaceEnv = { Variables: { scope: Scope; caller: Caller; place: Membership } };
/** What routes of no space find: the person, and a scope of the platform. */
export type PersonEnv = { Variables: { scope: PlatformScope; caller: Caller } };
