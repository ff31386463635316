import { getSpace } from "@yihao/identity/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import { companyOf } from "@yihao/members/store";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { consentText, consentVersion } from "./consent.ts";
import { accountFor } from "./merchant-store.ts";
import type { CardFacts, Consent, MethodId, MethodTold, MethodView, PayMethod, PayProfile } from "./method-model.ts";
import {
  cardKey,
  cardKind,
  methodKey,
  methodKind,
  methodOf,
  methodsOf,
  profileKey,
  profileKind,
  profileOf,
} from "./method-store.ts";
import type { BillingRefusal } from "./model.ts";
import type { PaymentProvider } from "./provider.ts";

/** Words that somebody agreed to, in which language, and who. */
export type Agreed = {
  readonly version: string;
  readonly language: "zh" | "en";
  readonly name: string;
  /** Who charges, when it is not the space. */
  readonly charges?: string | undefined;
};
type Refusals = BillingRefusal | "missing";
/** A company keeps no more than this many ways to pay. */
export const methodsMost = 10;
/** An asked-for page is given again while it works for at least this long. */
const stillGoodMs = 10 * 60_000;
const tries = 20;

/**
 * Whose saved ways to pay, and in which account at the provider: a company's, in the one that the space charges in, or the space's own for the platform (`platformHolder`), in the platform's. `back` is the page that they
 * come back to from the provider's.
 */
export type Holder = {
  readonly company: CompanyId;
  readonly account?: string | undefined;
  readonly back: string;
};

/** A company as a holder, the caller's own when none is named; undefined for anybody else. */
export async function holderOf(scope: Scope, company = ownCompany(scope)): Promise<Holder | undefined> {
  if (!company) return undefined;
  const { account } = await accountFor(scope);
  return { company, account, back: "my/pay-methods" };
}

/** What a holder sees of the saved methods, the usual one first. */
export async function readMethods(scope: Scope, { company, account }: Holder): Promise<MethodView[]> {
  const [profile, all] = await Promise.all([profileOf(scope, company), methodsOf(scope, company)]);
  return all
    .filter((one) => one.account === account)
    .flatMap(({ id, state, card, consent, savedAt }) =>
      state === "saved" && card && savedAt ? [{ id, card, consent, savedAt, isDefault: profile?.usual === id }] : [],
    )
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.savedAt < b.savedAt ? 1 : -1));
}

/** The consent as it is kept: the words of now, refused as `method.consent` when others were shown. */
export async function consentOf(scope: Scope, agreed: Agreed): Promise<Outcome<Consent, BillingRefusal>> {
  if (agreed.version !== consentVersion) return refuse("method.consent");
  const { language, name, charges } = agreed;
  const text = consentText(language, charges ?? (await getSpace(scope))?.name ?? "");
  return accept({ version: consentVersion, language, text, person: actorName(scope), name, at: scope.now });
}

/** Who a holder is to the provider in its account; asked for and kept when it is nobody there yet. Throws when the provider does not answer. */
export async function customerOf(
  scope: Scope,
  provider: PaymentProvider,
  { company, account }: Pick<Holder, "company" | "account">,
): Promise<string> {
  const known = await profileOf(scope, company);
  if (known && known.account === account) return known.customer;
  const name = (await companyOf(scope, company))?.name ?? (await getSpace(scope))?.name ?? company;
  const customer = await provider.customer({ space: scope.space, company, name, account });
  const key = profileKey(scope, company);
  const profile = { company, customer, ...(account ? { account } : {}) };
  const write = known
    ? replace(key, profileKind, profile, known.rev, "profile")
    : insert(key, profileKind, profile, "profile");
  await commit(stepOf(scope, "customer"), [write], { answer: null });
  const kept = await profileOf(scope, company);
  return kept?.account === account ? (kept?.customer ?? customer) : customer;
}

/** A method that a page is asked for, as it is recorded before that. */
export const askedMethod = (
  scope: Scope,
  provider: PaymentProvider,
  { company, consent, account }: Pick<PayMethod, "company" | "consent" | "account">,
) => {
  const method: PayMethod = {
    ...{ id: idFor(scope, "pmt"), company, state: "asked", provider: provider.name, consent },
    ...(account ? { account } : {}),
  };
  return { method, write: insert(methodKey(scope, company, method.id), methodKind, method, "method") };
};

/**
 * Asks for a page on which a holder saves a way to pay, for collection on due days. What was agreed to is recorded before the provider is asked. Refused as `missing` for anybody but a company's people,
 * `method.consent`, `method.too-many` and `payment.provider-down`.
 */
export async function askSavePage(
  scope: Scope,
  provider: PaymentProvider,
  agreed: Agreed,
  { home, holder }: { readonly home: string; readonly holder: Holder | undefined },
): Promise<Outcome<{ readonly method: MethodId; readonly url: string }, Refusals>> {
  if (!holder) return refuse("missing");
  const { company, account } = holder;
  const consent = await consentOf(scope, agreed);
  if (!consent.ok) return consent;
  const all = await methodsOf(scope, company);
  if (all.filter(({ state }) => state === "saved").length >= methodsMost)
    return refuse("method.too-many", { most: methodsMost });
  const { method, write } = askedMethod(scope, provider, { company, consent: consent.value, account });
  await commit(stepOf(scope, "asked"), [write], { answer: null });
  const known = await methodOf(scope, company, method.id);
  if (known?.url && millis(known.expiresAt ?? "") > millis(scope.now) + stillGoodMs)
    return accept({ method: method.id, url: known.url });
  const back = `${home}/s/${scope.space}/${holder.back}`;
  try {
    const page = await provider.savePage({
      ...{ space: scope.space, account, company, method: method.id },
      customer: await customerOf(scope, provider, holder),
      ...{ language: agreed.language, successUrl: `${back}?saved=${method.id}`, cancelUrl: back },
    });
    const update: Write = {
      ...{ do: "update", key: methodKey(scope, company, method.id), set: { url: page.url, expiresAt: page.expiresAt } },
      ...{ add: { rev: 1 }, when: [["state", "=", "asked"]], tag: "method" },
    };
    await commit(stepOf(scope, "page"), [update], { answer: null });
    return accept({ method: method.id, url: page.url });
  } catch {
    return refuse("payment.provider-down");
  }
}

/** What a method's event says of it. */
export const told = (method: PayMethod): MethodTold => {
  const { brand = "", last4 = "" } = method.card ?? {};
  return { method: method.id, company: method.company, brand, last4 };
};

/** The writes of a method that the provider has saved; the first one is what bills are collected by. None when it was saved or removed before. */
export async function savedWrites(
  scope: Scope,
  company: string,
  id: string,
  saved: { readonly reference: string; readonly card: CardFacts; readonly account?: string | undefined },
): Promise<Write[]> {
  const [stored, profile] = await Promise.all([methodOf(scope, company, id), profileOf(scope, company)]);
  if (stored?.state !== "asked" || stored.account !== saved.account) return [];
  const { rev, url: _url, expiresAt: _expires, ...before } = stored;
  const { reference, card } = saved;
  const heard = await heardOf(scope, reference);
  const kept: PayMethod = { ...before, reference, card, state: "saved", savedAt: scope.now };
  const note = cardWrite(scope, reference, heard, { ...heard, method: id as MethodId });
  const write = (after: PayMethod) => replace(methodKey(scope, company, id), methodKind, after, rev, "method");
  // It was taken away at the provider by now, or came from the provider's own page as a method before.
  if (heard?.gone) return [write({ ...kept, state: "removed", removedAt: scope.now, removedBy: "provider" }), note];
  // The same news heard at the same moment may have saved it since it was read: then it is no twin, and this is lost for it.
  const twin = heard?.method && heard.method !== id ? await methodOf(scope, company, heard.method) : undefined;
  const { rev: was = 0, ...other } = twin ?? {};
  const gone = { ...(other as PayMethod), state: "removed" as const, removedAt: scope.now, removedBy: "provider" };
  const sameAccount = profile && profile.account === saved.account ? profile : undefined;
  const chosen =
    sameAccount && (!sameAccount.usual || sameAccount.usual === twin?.id)
      ? chosenWrites(scope, sameAccount, kept.id)
      : [];
  return [
    write(kept),
    note,
    ...chosen,
    ...(twin?.state === "saved" ? [replace(methodKey(scope, company, twin.id), methodKind, gone, was, "twin")] : []),
    ...(twin ? [] : [happened(scope, "method.saved", company, told(kept))]),
  ];
}

/** What the provider has told of a card before. One consistent read unit. */
export const heardOf = (scope: Scope, reference: string) => get(scope, cardKind, cardKey(scope, reference));

/** Keeps what was heard of a card, as it was read: lost when somebody heard more of it meanwhile. */
export function cardWrite(
  scope: Scope,
  reference: string,
  before: Awaited<ReturnType<typeof heardOf>>,
  { method, gone }: { readonly method?: MethodId | undefined; readonly gone?: boolean | undefined },
): Write {
  const data = { ...(method ? { method } : {}), ...(gone ? { gone } : {}) };
  const key = cardKey(scope, reference);
  return before ? replace(key, cardKind, data, before.rev, "card") : insert(key, cardKind, data, "card");
}

/** The writes that make a method, or none, the one that bills are collected by. */
export function chosenWrites(
  scope: Scope,
  { rev, ...profile }: Stored<PayProfile>,
  usual: MethodId | undefined,
): Write[] {
  const { usual: _usual, ...rest } = profile;
  const after = { ...rest, ...(usual ? { usual } : {}) };
  return [replace(profileKey(scope, profile.company), profileKind, after, rev, "profile")];
}

/** Makes a saved method of a holder the one that bills are collected by. Refused as `missing`. */
export async function chooseMethod(
  scope: Scope,
  id: MethodId,
  holder: Holder | undefined,
): Promise<Outcome<MethodView[], Refusals>> {
  if (!holder) return refuse("missing");
  const { company } = holder;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [method, profile] = await Promise.all([methodOf(scope, company, id), profileOf(scope, company)]);
    if (method?.state !== "saved" || !profile || profile.account !== method.account) return refuse("missing");
    if (profile.usual === id) return accept(await readMethods(scope, holder));
    const writes = [
      { do: "check", key: methodKey(scope, company, id), when: [["rev", "=", method.rev]], tag: "method" } as const,
      ...chosenWrites(scope, profile, id),
      happened(scope, "method.chosen", company, told(method)),
    ];
    if ((await commit(scope, writes, { answer: null })).done) return accept(await readMethods(scope, holder));
  }
  throw new Refused("busy");
}

/**
 * Takes a saved method of a holder away: nothing is collected by it from then on, and the provider is told to forget it until it has. Another that is saved takes its place, the latest first. Refused as
 * `missing`.
 */
export async function removeMethod(
  scope: Scope,
  id: MethodId,
  holder: Holder | undefined,
): Promise<Outcome<MethodView[], Refusals>> {
  if (!holder) return refuse("missing");
  const { company } = holder;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [stored, profile, left] = await Promise.all([
      methodOf(scope, company, id),
      profileOf(scope, company),
      readMethods(scope, holder),
    ]);
    if (stored?.state === "removed") return accept(left);
    if (stored?.state !== "saved" || !profile) return refuse("missing");
    const { rev, ...before } = stored;
    const after: PayMethod = { ...before, state: "removed", removedAt: scope.now, removedBy: actorName(scope) };
    const next = left.find((one) => one.id !== id)?.id;
    const writes = [
      replace(methodKey(scope, company, id), methodKind, after, rev, "method"),
      ...(profile.usual === id ? chosenWrites(scope, profile, next) : []),
      dueAt(scope, scope.now, "billing.forget-method", id, { company }),
      happened(scope, "method.removed", company, told(after)),
    ];
    if ((await commit(scope, writes, { answer: null })).done) return accept(await readMethods(scope, holder));
  }
  throw new Refused("busy");
}

/**
 * Takes every saved method of a company away that turned out to be another: what its people agreed to was of its own bills. The other company saves anew. Safe to run again.
 */
export async function forgetMethods(scope: Scope, company: string): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [profile, all] = await Promise.all([profileOf(scope, company), methodsOf(scope, company)]);
    const saved = all.find(({ state }) => state === "saved");
    if (!saved) return;
    const { rev, ...before } = saved;
    const after: PayMethod = { ...before, state: "removed", removedAt: scope.now, removedBy: actorName(scope) };
    const writes = [
      replace(methodKey(scope, company, saved.id), methodKind, after, rev, "method"),
      ...(profile?.usual === saved.id ? chosenWrites(scope, profile, undefined) : []),
      dueAt(scope, scope.now, "billing.forget-method", saved.id, { company }),
      happened(scope, "method.removed", company, told(after), { seed: saved.id }),
    ];
    await commit(unsigned, writes, { answer: null });
  }
}
