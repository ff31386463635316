import type { CardView } from "@yihao/community/card-model";
import { createMemo, Show } from "solid-js";
import { createAsked } from "../../ui/asked.ts";
import { EmptyState, NoMatch } from "../../ui/feedback.tsx";
import { DataTable } from "../../ui/table.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { useCards } from "./card-data.ts";
import { cardWords } from "./card-words.ts";

/** The directory as a list that is searched by name, pinyin or a word. */
export function CardList(props: {
  space: string;
  current: string | undefined;
  onOpen: (card: CardView) => void;
  rowHeight: number;
}) {
  const t = cardWords();
  const { typed, asked, type } = createAsked();
  const cards = useCards(() => props.space, asked);
  const rows = createMemo(() => cards.data?.pages.flatMap(({ items }) => items) ?? []);
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="border-b border-line px-4 py-2">
        <div class="w-full tablet:w-96">
          <SearchBox value={typed()} onInput={type} label={t.search} clear={t.clear} />
        </div>
      </div>
      <DataTable
        label={t.directory}
        rows={rows()}
        rowKey={(row) => row.company}
        rowHeight={props.rowHeight}
        current={props.current}
        onOpen={props.onOpen}
        state={cards.isPending ? "loading" : cards.isError ? "error" : "ready"}
        problem={cards.error}
        errorTitle={t.notRead}
        onRetry={() => void cards.refetch()}
        {...(cards.hasNextPage ? { onMore: () => void cards.fetchNextPage() } : {})}
        columns={[
          { key: "name", head: t.name, width: "26%", cell: (row) => <b>{row.name}</b> },
          { key: "about", head: t.about, from: "desk", cell: (row) => row.about },
          { key: "offers", head: t.offers, cell: (row) => row.offers.join(t.separator) || "—" },
          { key: "seeks", head: t.seeks, from: "tablet", cell: (row) => row.seeks.join(t.separator) || "—" },
        ]}
        empty={
          <Show when={asked() !== ""} fallback={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}>
            <NoMatch text={t.noneFound(asked())} clear={t.clear} onClear={() => type("")} />
          </Show>
        }
      />
    </div>
  );
}
