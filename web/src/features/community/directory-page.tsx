import { useParams } from "@solidjs/router";
import type { CardView } from "@yihao/community/card-model";
import { createSignal, Show } from "solid-js";
import { TextLink } from "../../ui/button.tsx";
import { Pane, Panes } from "../../ui/panes.tsx";
import { CardFacts } from "./card-facts.tsx";
import { CardList } from "./card-list.tsx";
import { cardWords } from "./card-words.ts";
import { CommunityHead } from "./heads.tsx";

/** The directory as staff see it (名录): which companies published a card, and what it says. */
export default function DirectoryPage() {
  const t = cardWords();
  const params = useParams<{ space: string }>();
  const [open, setOpen] = createSignal<CardView>();
  return (
    <>
      <CommunityHead space={params.space} />
      <Panes
        detailOpen={open() !== undefined}
        detailTitle={open()?.name ?? t.directory}
        onCloseDetail={() => setOpen(undefined)}
        work={
          <Pane label={t.directory}>
            <CardList space={params.space} current={open()?.company} onOpen={setOpen} rowHeight={32} />
          </Pane>
        }
        detail={
          <Show when={open()} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
            {(card) => (
              <Pane title={card().name} label={card().name}>
                <section class="p-4">
                  <CardFacts card={card()} />
                  <p class="mt-3">
                    <TextLink href={`/s/${params.space}/members/${card().company}`}>{t.openCompany}</TextLink>
                  </p>
                </section>
              </Pane>
            )}
          </Show>
        }
      />
    </>
  );
}
