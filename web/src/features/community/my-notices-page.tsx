import { useNavigate, useParams } from "@solidjs/router";
import { createEffect, createMemo, on, Show } from "solid-js";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { useZone } from "./data.ts";
import { MyEvent } from "./event-mine.tsx";
import { MyCommunityHead } from "./heads.tsx";
import { readNotice, useNotice, useNotices } from "./notice-data.ts";
import { Paragraphs, spanText } from "./notice-detail.tsx";
import { noticeWords } from "./notice-words.ts";

/** What the space announces to a company's people, unread ones marked; opening one marks it as read. */
export default function MyNoticesPage() {
  const t = noticeWords();
  const params = useParams<{ space: string; announcement?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const notices = useNotices(space, () => "standing");
  const one = useNotice(space, () => params.announcement);
  const rows = createMemo(() => notices.data?.pages.flatMap(({ items }) => items) ?? []);
  const open = (id: string | undefined) =>
    navigate(`/s/${params.space}/my/notices${id ? `/${id}` : ""}`, { scroll: false });
  const shown = createMemo(() => (one.data?.read === false ? one.data.id : undefined));
  createEffect(
    on(shown, (id) => {
      // A mark that was not kept is made the next time it is opened; reading goes on.
      if (id) void readNotice(params.space, id).catch(() => undefined);
    }),
  );
  return (
    <>
      <MyCommunityHead space={params.space} />
      <Panes
        detailOpen={params.announcement !== undefined}
        detailTitle={one.data?.title ?? t.notices}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.notices}>
            <DataTable
              label={t.notices}
              rows={rows()}
              rowKey={(row) => row.id}
              rowHeight={48}
              current={params.announcement}
              onOpen={(row) => open(row.id)}
              state={notices.isPending ? "loading" : notices.isError ? "error" : "ready"}
              problem={notices.error}
              errorTitle={t.notRead}
              onRetry={() => void notices.refetch()}
              columns={[
                {
                  key: "title",
                  head: t.title,
                  cell: (row) => (
                    <Show when={row.read} fallback={<b>{row.title}</b>}>
                      {row.title}
                    </Show>
                  ),
                },
                {
                  key: "pinned",
                  head: t.isPinned,
                  width: "72px",
                  from: "tablet",
                  cell: (row) => (row.pinned ? t.isPinned : ""),
                },
                { key: "days", head: t.days, width: "144px", from: "tablet", cell: spanText },
                {
                  key: "state",
                  head: t.state,
                  width: "88px",
                  cell: (row) => (
                    <Show when={row.read} fallback={<Status is="live" text={t.unread} />}>
                      <Status is="done" text={t.read} />
                    </Show>
                  ),
                },
              ]}
              empty={<EmptyState title={t.noneMine} />}
            />
          </Pane>
        }
        detail={
          <Show
            when={one.data?.id === params.announcement ? one.data : undefined}
            fallback={
              <Show when={one.isError} fallback={<Loading rows={6} />}>
                <ErrorState title={t.oneNotRead} problem={one.error} onRetry={() => void one.refetch()} />
              </Show>
            }
          >
            {(found) => (
              <Pane title={found().title} label={found().title} note={spanText(found())}>
                <section class="p-4">
                  <Paragraphs text={found().text ?? ""} />
                </section>
                <Show when={found().event}>
                  {(event) => <MyEvent space={params.space} notice={found().id} event={event()} zone={zone()} />}
                </Show>
              </Pane>
            )}
          </Show>
        }
      />
    </>
  );
}
