import type { CardView } from "@yihao/community/card-model";
import { Facts } from "../../ui/panes.tsx";
import { cardWords } from "./card-words.ts";

/** What a company says of itself. */
export function CardFacts(props: { card: CardView }) {
  const t = cardWords();
  const contact = () =>
    [props.card.contactName, props.card.contactPhone, props.card.contactEmail].filter(Boolean).join(" · ");
  const items = () => [
    { label: t.about, value: <span class="whitespace-pre-wrap break-words">{props.card.about}</span> },
    { label: t.industry, value: props.card.industry ?? "—" },
    { label: t.offers, value: props.card.offers.join(t.separator) || "—" },
    { label: t.seeks, value: props.card.seeks.join(t.separator) || "—" },
    {
      label: t.website,
      value: props.card.website ? (
        <a class="y-link break-all" href={props.card.website} target="_blank" rel="noopener noreferrer nofollow">
          {props.card.website}
        </a>
      ) : (
        "—"
      ),
    },
    { label: t.contact, value: contact() || t.contactHidden },
  ];
  return <Facts items={items()} />;
}
