import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { digest, idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { insert, replace, type Write } from "@yihao/table/write";
import type { MethodId, PayMethod } from "./method-model.ts";
import { methodKey, methodKind, methodsOf, profileKey, profileKind, profileOf } from "./method-store.ts";
import {
  type Agreed,
  cardWrite,
  chosenWrites,
  consentOf,
  customerOf,
  heardOf,
  holderOf,
  methodsMost,
  told,
} from "./methods.ts";
import type { BillingRefusal } from "./model.ts";
import type { CardNews, PaymentProvider } from "./provider.ts";

/**
 * Asks for the provider's own page of what the caller's company has saved (客户门户). What is agreed to is kept first: cards that are added there are collected by under it. Refused as `missing` for anybody but the company's
 * people, `method.consent` and `payment.provider-down`.
 */
export async function askPortal(
  scope: Scope,
  provider: PaymentProvider,
  agreed: Agreed,
  home: string,
): Promise<Outcome<{ readonly url: string }, BillingRefusal | "missing">> {
  const holder = await holderOf(scope);
  if (!holder) return refuse("missing");
  const { company, account } = holder;
  const consent = await consentOf(scope, agreed);
  if (!consent.ok) return consent;
  try {
    const customer = await customerOf(scope, provider, holder);
    await keepConsent(scope, company, consent.value);
    const back = `${home}/s/${scope.space}/${holder.back}`;
    const visit = idFor(scope, "vst");
    const { language } = agreed;
    return accept(await provider.portal({ space: scope.space, account, visit, customer, language, back }));
  } catch (error) {
    if (error instanceof Refused) throw error;
    return refuse("payment.provider-down");
  }
}

async function keepConsent(scope: Scope, company: string, consent: PayMethod["consent"]): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const profile = await profileOf(scope, company);
    if (!profile) throw new Error(`company ${company} has no name at the provider`);
    const { rev, ...before } = profile;
    const write = replace(profileKey(scope, company), profileKind, { ...before, consent }, rev, "profile");
    if ((await commit(stepOf(scope, "agreed"), [write], { answer: null })).done) return;
  }
  throw new Refused("busy");
}

/** The company's profile where the news is of the very customer and account that it has; whoever holds another account writes what they like into their own customers' notes. */
async function profileFor(scope: Scope, { company, customer }: CardNews, account: string | undefined) {
  const profile = await profileOf(scope, company);
  return profile?.customer === customer && profile.account === account ? profile : undefined;
}

/**
 * The writes of a card that the provider keeps of a company now: a saved method under what its admin agreed to before the provider's page was opened. None when it is known, is gone by now, or nobody agreed to anything: then
 * a page of ours saves it, whose news this is not, or nothing is collected by it. Undefined when it is nobody's here.
 */
export async function attachedWrites(
  scope: Scope,
  news: CardNews,
  account: string | undefined,
): Promise<Write[] | undefined> {
  const { company, reference, card } = news;
  const [profile, all, heard, owner] = await Promise.all([
    profileFor(scope, news, account),
    methodsOf(scope, company),
    heardOf(scope, reference),
    companyOf(scope, company as CompanyId),
  ]);
  if (!profile || !owner || owner.merged) return undefined;
  const saved = all.filter(({ state }) => state === "saved").length;
  if (!profile.consent || !card || heard?.gone || heard?.method || saved >= methodsMost) return [];
  if (all.some((one) => one.reference === reference)) return [];
  const id: MethodId = `pmt_${digest(scope.space, reference).slice(0, 16)}`;
  const method: PayMethod = {
    ...{ id, company: owner.id, state: "saved", provider: actorName(scope), consent: profile.consent },
    ...{ reference, card, savedAt: scope.now },
    ...(account ? { account } : {}),
  };
  return [
    insert(methodKey(scope, company, id), methodKind, method, "method"),
    cardWrite(scope, reference, heard, { method: id }),
    ...(profile.usual ? [] : chosenWrites(scope, profile, id)),
    happened(scope, "method.saved", company, told(method)),
  ];
}

/**
 * The writes of a card that the provider keeps no more: nothing is collected by it, and another that is saved takes its place, the latest first. That it is gone is kept, so that older news of it that comes later saves nothing.
 */
export async function detachedWrites(
  scope: Scope,
  news: CardNews,
  account: string | undefined,
): Promise<Write[] | undefined> {
  const { company, reference } = news;
  const [profile, all, heard] = await Promise.all([
    profileFor(scope, news, account),
    methodsOf(scope, company),
    heardOf(scope, reference),
  ]);
  if (!profile) return undefined;
  const note = heard?.gone ? [] : [cardWrite(scope, reference, heard, { ...heard, gone: true })];
  const stored = all.find((one) => one.reference === reference && one.state === "saved");
  if (!stored) return note;
  const { rev, ...before } = stored;
  const after: PayMethod = { ...before, state: "removed", removedAt: scope.now, removedBy: "provider" };
  const [next] = all
    .filter((one) => one.state === "saved" && one.id !== stored.id && one.account === account)
    .sort((a, b) => ((a.savedAt ?? "") < (b.savedAt ?? "") ? 1 : -1));
  return [
    ...note,
    replace(methodKey(scope, company, stored.id), methodKind, after, rev, "method"),
    ...(profile.usual === stored.id ? chosenWrites(scope, profile, next?.id) : []),
    happened(scope, "method.removed", company, told(after)),
  ];
}
