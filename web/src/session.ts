import type { CompanyPlace, Me, Place } from "@yihao/identity/model";
import type { Permission } from "@yihao/kernel/permissions";
import type { StaffRole } from "@yihao/kernel/roles";
import { createSignal } from "solid-js";
import { apiFetch, ok, onLost, setActingCompany } from "./api.ts";
import { api } from "./client.ts";
import { dictionary, lang } from "./i18n.ts";
import { account, noteAccount } from "./offline/account.ts";
import { queuesOf } from "./offline/disk.ts";
import { pending } from "./offline/queue.ts";
import { Problem } from "./problem.ts";
import { createQuery, queryClient } from "./query.ts";
import { explain } from "./refusals.ts";
import type { Needs } from "./rights.ts";
import { rolesText, roleWords } from "./roles.ts";
import type { MenuItem } from "./ui/menu.tsx";
import { toast } from "./ui/toast.tsx";

const words = dictionary({
  zh: {
    signOut: "退出登录",
    account: "登录与安全",
    add: "新建空间",
    support: "支持，只读",
  },
  en: {
    signOut: "Sign out",
    account: "Sign-in and security",
    add: "New space",
    support: "Support, read only",
  },
});

export { roleWords };

const meKey = ["me"] as const;

/** Who is signed in and their spaces; `null` when nobody is. */
async function readMe(): Promise<Me | null> {
  try {
    const me = await ok(api.me.$get());
    noteAccount(me.person);
    return me;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    noteAccount(null);
    return null;
  }
}

/** The query of who is here, shared by every page. */
export const useMe = () => createQuery(() => ({ queryKey: meKey, queryFn: readMe, staleTime: 30_000 }));

/** A role that is taken away is felt at the next thing that is refused, not when the answer of who is here has aged. */
const restMs = 2_000;
onLost(() => {
  const readAt = queryClient.getQueryState(meKey)?.dataUpdatedAt ?? 0;
  if (Date.now() - readAt > restMs) void queryClient.invalidateQueries({ queryKey: meKey });
});

/** What the person is allowed in a space: `may("booking.desk")`. */
export function useMay(space: () => string): (right: Permission) => boolean {
  const me = useMe();
  return (right) => me.data?.spaces.find((one) => one.space === space())?.rights.includes(right) ?? false;
}

/** Whether the person has one of some built-in roles, for what no tailored role allows; owners always. */
export function useHas(space: () => string): (...wanted: StaffRole[]) => boolean {
  const me = useMe();
  const roles = () => me.data?.spaces.find((one) => one.space === space())?.roles ?? [];
  return (...wanted) => roles().some((role) => role === "owner" || wanted.some((one) => one === role));
}

/** Whether the person has what something of a space needs. */
export function useMeets(space: () => string): (needs: Needs | undefined) => boolean {
  const [may, has] = [useMay(space), useHas(space)];
  return (needs) => needs === undefined || (typeof needs === "string" ? may(needs) : has(...needs));
}

/** Forgets what was read for another person, space or company; what is on screen is read again. */
function readAnew(): void {
  const other = (key: readonly unknown[]) => key[0] !== meKey[0];
  queryClient.removeQueries({ predicate: (query) => other(query.queryKey) && !query.isActive() });
  void queryClient.invalidateQueries({ predicate: (query) => other(query.queryKey) });
}

/** Asks again who is here, after signing in, joining or founding a space, and gives the answer. */
export async function renewMe(): Promise<Me | null> {
  await queryClient.cancelQueries({ queryKey: meKey });
  const me = await readMe();
  queryClient.setQueryData(meKey, me);
  readAnew();
  return me;
}

/** A call to the auth function: in our language, problems as the API tells them. */
export async function authCall<Answer = unknown>(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await apiFetch(`/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-language": lang(), ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

/** Reads from the auth function. */
export async function authRead<Answer>(path: string): Promise<Answer> {
  const response = await apiFetch(`/api/auth${path}`);
  return (await response.json()) as Answer;
}

const [leaving, setLeaving] = createSignal<number | undefined>();

/** How many steps done on this device the server does not know, while somebody who wants to sign out is asked about them. */
export { leaving, setLeaving };

/** How many of the signed-in person's steps are only on this device. */
async function unsent(): Promise<number> {
  const person = account();
  if (person === undefined || typeof indexedDB === "undefined") return 0;
  return (await queuesOf(person).catch(() => [])).reduce((sum, queue) => sum + pending(queue).length, 0);
}

/**
 * Leaves this computer's session and everything it had read, and goes to the sign-in page. Steps that the server does not know stay on this device for when the same person
 * comes back: unless it is `sure`, they are asked first.
 */
export async function signOut(sure = false): Promise<void> {
  const steps = sure ? 0 : await unsent();
  if (steps > 0) return void setLeaving(steps);
  try {
    await authCall("/sign-out", {});
  } catch (error) {
    toast({ text: explain(error), tone: "bad" });
    return;
  }
  setActingCompany(undefined);
  noteAccount(null);
  queryClient.clear();
  location.assign("/sign-in");
}

/** Where a place is entered: staff see the space, a company's people their portal. */
export function homeOf(place: Pick<Place, "space" | "roles">): string {
  return place.roles.length > 0 ? `/s/${place.space}/today` : `/s/${place.space}/my`;
}

/** Where somebody goes after signing in: their last space of this computer, else their first; set-up when they have none. */
export function landing(me: Me): string {
  const last = entered()[0]?.space;
  const place = me.spaces.find((one) => one.space === last) ?? me.spaces[0];
  return place ? homeOf(place) : "/setup";
}

/** The roles of a place in words: staff roles, else what one is in the company. */
export function placeRole(place: Pick<Place, "roles" | "own" | "companies" | "support">, company?: string): string {
  if (place.support !== undefined) return words().support;
  const own: CompanyPlace | undefined = place.companies.find((one) => one.company === company) ?? place.companies[0];
  if (place.roles.length > 0 && company === undefined) return rolesText(place.roles, place.own);
  return own ? `${own.name} · ${roleWords()[own.role]}` : "";
}

const storageKey = "yihao.entered";
/** A space that was entered on this computer, newest first. */
export type Entered = { readonly space: string; readonly name: string; readonly role: string; readonly at: string };

/** The spaces entered on this computer, newest first, three at most; for the sign-in page. */
export function entered(): Entered[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter((one): one is Entered => typeof one?.space === "string" && typeof one.name === "string");
  } catch {
    return [];
  }
}

/** Remembers on this computer that a space was entered; call it where a space's frame is drawn. */
export function remember(place: Place): void {
  const fresh: Entered = { space: place.space, name: place.name, role: placeRole(place), at: new Date().toISOString() };
  try {
    const rest = entered().filter((one) => one.space !== place.space);
    localStorage.setItem(storageKey, JSON.stringify([fresh, ...rest].slice(0, 3)));
  } catch {
    // A closed store: nothing is remembered, nothing else depends on it.
  }
}

type Go = (path: string) => void;

/** Items of the account menu: what guards the account, and signing out. */
export function accountItems(go: Go): MenuItem[] {
  return [
    { key: "account", label: words().account, icon: "shield", run: () => go("/account") },
    { key: "sign-out", label: words().signOut, icon: "exit", run: () => void signOut() },
  ];
}

/** Items of the space menu: the person's other spaces and companies, and a new space. Switching reads everything anew. */
export function spaceItems(
  me: Me | null | undefined,
  current: { space: string; company?: string | undefined },
  go: Go,
): MenuItem[] {
  const items: MenuItem[] = [];
  for (const place of me?.spaces ?? []) {
    const enter = (company: string | undefined, path: string) => () => {
      setActingCompany(company);
      readAnew();
      go(path);
    };
    if (place.roles.length > 0)
      items.push({
        key: place.space,
        label: place.name,
        note: placeRole(place),
        current: place.space === current.space && current.company === undefined,
        run: enter(undefined, `/s/${place.space}/today`),
      });
    for (const company of place.companies)
      items.push({
        key: `${place.space} ${company.company}`,
        label: company.name,
        note: place.name,
        current: place.space === current.space && company.company === current.company,
        run: enter(company.company, `/s/${place.space}/my`),
      });
  }
  items.push({ key: "new", label: words().add, icon: "plus", run: () => go("/setup") });
  return items;
}
