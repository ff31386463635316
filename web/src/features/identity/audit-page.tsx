import { useParams } from "@solidjs/router";
import { For, Match, Show, Switch } from "solid-js";
import { instantCell } from "../../format.ts";
import { usePeople } from "../../people.ts";
import { LinkButton, TextButton } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { auditSaid, auditWords } from "./audit-words.ts";
import { useAudit } from "./data.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who did what to the space, its people, invitations and keys (操作记录), newest first, for its owners and managers. */
export default function AuditPage() {
  const t = auditWords();
  const params = useParams<{ space: string }>();
  const trail = useAudit(() => params.space);
  const people = usePeople(() => params.space);
  const entries = () => trail.data?.pages.flatMap((page) => page.items) ?? [];
  const whoOf = (by: string): string => {
    if (!by.startsWith("per_")) return by === "support" ? t.support : t.system;
    return people.data?.items.find(({ person }) => person === by)?.name ?? t.gone;
  };
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <LinkButton href={`/s/${params.space}/people`} icon="left">
            {t.back}
          </LinkButton>
        }
      />
      <Switch>
        <Match when={trail.isError}>
          <ErrorState title={t.notRead} problem={trail.error} onRetry={() => void trail.refetch()} />
        </Match>
        <Match when={trail.isPending}>
          <Loading rows={8} />
        </Match>
        <Match when={true}>
          <Pane label={t.title}>
            <Show when={entries().length > 0} fallback={<EmptyState title={t.none} />}>
              <ol class="max-w-4xl">
                <For each={entries()}>
                  {(entry) => (
                    <li class="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line px-4 py-3">
                      <time class="text-fg-2" dateTime={entry.at}>
                        {instantCell(entry.at, zone)}
                      </time>
                      <b class="min-w-0 flex-1 break-words">{auditSaid(entry)}</b>
                      <span class="text-xs text-fg-2">{whoOf(entry.by)}</span>
                    </li>
                  )}
                </For>
              </ol>
              <Show when={trail.hasNextPage}>
                <p class="px-4 py-3">
                  <TextButton onClick={() => void trail.fetchNextPage()}>{t.older}</TextButton>
                </p>
              </Show>
            </Show>
          </Pane>
        </Match>
      </Switch>
    </>
  );
}
