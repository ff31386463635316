import { searchTexts } from "@yihao/members/names";
import type { Card, CardView } from "./card-model.ts";

/** The words by which a card is found, by noun of the index: its company's name, what it offers with its industry, what it looks for. */
export const cardNouns = ["card", "card-offer", "card-seek"] as const;
export type CardNoun = (typeof cardNouns)[number];

/** What of a card stands in the index under a noun; nothing of one that is not published. */
export function wordsOf(card: Card | undefined, noun: CardNoun): readonly string[] {
  if (!card?.published) return [];
  if (noun === "card") return searchTexts({ name: card.name });
  return noun === "card-offer" ? [...card.offers, ...(card.industry ? [card.industry] : [])] : card.seeks;
}

/** A card as others see it: without the contact unless the company shows it. */
export function asOthersSee<One extends Card | CardView>(card: One): One {
  if (card.contactShown) return card;
  const { contactName: _, contactPhone: _phone, contactEmail: _email, ...shown } = card;
  return shown as One;
}
