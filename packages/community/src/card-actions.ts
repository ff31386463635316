import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { filled } from "@yihao/members/company-actions";
import { companyOf } from "@yihao/members/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import type { Card, CardWish } from "./card-model.ts";
import { cardKey, cardOf, saveCard } from "./card-store.ts";
import { companyFor } from "./store.ts";

type Refusal = "missing" | "stale" | "company.left";
/** Withdrawing never fails for somebody's edit. */
const tries = 20;

async function save(
  scope: Scope,
  before: Stored<Card> | undefined,
  after: Card,
): Promise<Outcome<Stored<Card>, "stale">> {
  const moves = before?.published !== true && after.published ? "card.published" : "card.withdrawn";
  const type = (before?.published ?? false) === after.published ? "card.changed" : moves;
  const told = happened(scope, type, after.company, { company: after.company });
  const outcome = await commit(scope, [...saveCard(scope, before, after), told], {
    answer: { ...after, rev: (before?.rev ?? 0) + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Keeps what a company says of itself as it was read at `rev`, 0 for the first time; `published` says whether others find it from now on. */
export async function setCard(
  scope: Scope,
  company: CompanyId,
  wish: CardWish,
  rev: number,
): Promise<Outcome<Stored<Card>, Refusal>> {
  const [found, before] = await Promise.all([companyFor(scope, company), cardOf(scope, company)]);
  if (!found.ok) return found;
  if ((before?.rev ?? 0) !== rev) return refuse("stale", { current: before?.rev ?? 0 });
  const { offers, seeks, ...facts } = wish;
  const since = before?.published && wish.published ? before.since : scope.now;
  return save(scope, before, { ...filled(facts), offers, seeks, company, name: found.value.name, since });
}

/** Changes a card in whatever state it is, without a revision of the caller's. */
async function always(scope: Scope, company: CompanyId, change: (card: Card) => Card | undefined): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await cardOf(scope, company);
    if (!before) return;
    const { rev: _, ...card } = before;
    const after = change(card);
    if (!after || (await save(scope, before, after)).ok) return;
  }
  throw new Error(`the card of ${company} found no quiet moment`);
}

/** Takes a company's card out of the directory (撤下): from this commit on nobody else finds or reads it. */
export function withdrawCard(scope: Scope, company: CompanyId): Promise<void> {
  return always(scope, company, (card) =>
    card.published ? { ...card, published: false, since: scope.now } : undefined,
  );
}

/** Gives a card its company's present name. */
export async function renameCard(scope: Scope, company: CompanyId): Promise<void> {
  const name = (await companyOf(scope, company))?.name;
  await always(scope, company, (card) => (name && card.name !== name ? { ...card, name } : undefined));
}

/** Forgets the card of a company whose data were erased. */
export async function eraseCard(scope: Scope, company: CompanyId): Promise<void> {
  await withdrawCard(stepOf(scope, "withdraw"), company);
  await commit(scope, [{ do: "delete", key: cardKey(scope, company) }], { answer: null });
}
