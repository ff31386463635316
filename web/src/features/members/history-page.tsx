import { useParams } from "@solidjs/router";
import type { TimelineEntry } from "@yihao/members/model";
import { For, Show } from "solid-js";
import { instantCell } from "../../format.ts";
import { LinkButton, TextButton } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { useCompany, useHistory } from "./data.ts";
import { changesOf, happening } from "./happenings.ts";
import { memberWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A company's history (变更记录): who changed what and when, each fact before and after. */
export default function HistoryPage() {
  const t = memberWords();
  const params = useParams<{ space: string; company: string }>();
  const company = useCompany(
    () => params.space,
    () => params.company,
  );
  const history = useHistory(
    () => params.space,
    () => params.company,
  );
  const entries = () => history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title={t.history}
        say={company.data ? `${company.data.name} · ${t.historySay}` : t.historySay}
        actions={
          <LinkButton href={`/s/${params.space}/members/${params.company}`} icon="left">
            {t.backToCompany}
          </LinkButton>
        }
      />
      <Pane label={t.history}>
        <Show
          when={!history.isError}
          fallback={
            <ErrorState title={t.historyNotRead} problem={history.error} onRetry={() => void history.refetch()} />
          }
        >
          <Show when={!history.isPending} fallback={<Loading rows={8} />}>
            <Show when={entries().length > 0} fallback={<EmptyState title={t.historyNone} />}>
              <ol class="max-w-4xl">
                <For each={entries()}>{(entry) => <Change entry={entry} />}</For>
              </ol>
              <Show when={history.hasNextPage}>
                <p class="px-4 py-3">
                  <TextButton onClick={() => void history.fetchNextPage()}>{t.older}</TextButton>
                </p>
              </Show>
            </Show>
          </Show>
        </Show>
      </Pane>
    </>
  );
}

/** One change: when, who and what; below it each fact with what it was and what it became. */
function Change(props: { entry: TimelineEntry }) {
  const t = memberWords();
  const changes = () => changesOf(props.entry);
  return (
    <li class="border-b border-line px-4 py-3">
      <p class="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <time class="text-fg-2" dateTime={props.entry.at}>
          {instantCell(props.entry.at, zone)}
        </time>
        <b class="min-w-0 flex-1">{happening(props.entry)}</b>
        <span class="text-xs text-fg-2">
          {props.entry.byName ?? (props.entry.by === "space" ? t.bySpace : t.system)}
        </span>
      </p>
      <Show when={changes().length > 0}>
        <table class="mt-2 w-full table-fixed text-left text-xs">
          <thead class="text-fg-3">
            <tr>
              <th class="w-28 py-1 pr-3 font-regular">{t.what}</th>
              <th class="py-1 pr-3 font-regular">{t.before}</th>
              <th class="py-1 font-regular">{t.after}</th>
            </tr>
          </thead>
          <tbody>
            <For each={changes()}>
              {({ name, before, after }) => (
                <tr class="border-t border-line align-top">
                  <th class="py-1 pr-3 font-regular text-fg-2">{name}</th>
                  <td class="py-1 pr-3 break-words text-fg-2">{before}</td>
                  <td class="py-1 break-words">{after}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </li>
  );
}
