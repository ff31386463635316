import { useNavigate, useParams } from "@solidjs/router";
import { isShown } from "@yihao/community/announcement";
import { createMemo, createSignal, Show } from "solid-js";
import { dayOf } from "../../format.ts";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { useZone } from "./data.ts";
import { CommunityHead } from "./heads.tsx";
import { announce, type Notice, useNotice, useNotices } from "./notice-data.ts";
import { NoticeDetail, NoticeStatus, spanText } from "./notice-detail.tsx";
import { checkNotice, NoticeFields, type NoticeValues, noticeOf, noticeValues } from "./notice-form.tsx";
import { noticeWords } from "./notice-words.ts";

/** The operator's announcements (公告): what stands, what is over, who read it; writing, changing and taking down. */
export default function NoticesPage() {
  const t = noticeWords();
  const params = useParams<{ space: string; announcement?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const may = useMay(space);
  const keeps = () => may("community.news");
  const today = () => dayOf(new Date().toISOString(), zone());
  const [shelf, setShelf] = createSignal<"standing" | "ended">("standing");
  const [adding, setAdding] = createSignal(false);
  const notices = useNotices(space, shelf);
  const standing = useNotices(space, () => "standing");
  const one = useNotice(space, () => params.announcement);
  const rows = createMemo(() => notices.data?.pages.flatMap(({ items }) => items) ?? []);
  const shown = () => standing.data?.pages[0]?.items.filter((notice) => isShown(notice, today())).length ?? 0;
  const open = (id: string | undefined) =>
    navigate(`/s/${params.space}/community/notices${id ? `/${id}` : ""}`, { scroll: false });
  useKeys([{ keys: "n", label: t.add, run: () => keeps() && setAdding(true) }]);
  const columns = (): Column<Notice>[] => [
    { key: "title", head: t.title, cell: (row) => <b>{row.title}</b> },
    {
      key: "whom",
      head: t.audience,
      width: "120px",
      from: "tablet",
      cell: (row) => (row.companies ? t.companies(row.companies.length) : t.everybody),
    },
    { key: "days", head: t.days, width: "136px", from: "tablet", cell: spanText },
    { key: "reads", head: t.reads, width: "72px", align: "end", from: "tablet", cell: (row) => row.counts?.reads ?? 0 },
    { key: "pinned", head: t.isPinned, width: "72px", from: "desk", cell: (row) => (row.pinned ? t.isPinned : "—") },
    { key: "state", head: t.state, width: "96px", cell: (row) => <NoticeStatus notice={row} today={today()} /> },
  ];
  return (
    <>
      <CommunityHead
        space={params.space}
        say={standing.data ? t.say(shown()) : undefined}
        actions={
          <Show when={keeps()}>
            <Button kind="primary" icon="plus" keys={["N"]} onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          </Show>
        }
      />
      <Panes
        detailOpen={params.announcement !== undefined}
        detailTitle={one.data?.title ?? t.notices}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.notices}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="border-b border-line px-4 py-2">
                <Tabs
                  label={t.state}
                  items={[
                    { key: "standing", label: t.standing },
                    { key: "ended", label: t.over },
                  ]}
                  value={shelf()}
                  onChange={setShelf}
                />
              </div>
              <DataTable
                label={t.notices}
                rows={rows()}
                columns={columns()}
                rowKey={(row) => row.id}
                current={params.announcement}
                onOpen={(row) => open(row.id)}
                state={notices.isPending ? "loading" : notices.isError ? "error" : "ready"}
                problem={notices.error}
                errorTitle={t.notRead}
                onRetry={() => void notices.refetch()}
                {...(notices.hasNextPage ? { onMore: () => void notices.fetchNextPage() } : {})}
                empty={
                  <EmptyState title={shelf() === "standing" ? t.none : t.noneOver}>
                    {shelf() === "standing" ? t.noneSay : undefined}
                  </EmptyState>
                }
              />
            </div>
          </Pane>
        }
        detail={
          <Show
            when={one.data?.id === params.announcement ? one.data : undefined}
            fallback={
              <Show
                when={one.isError}
                fallback={
                  <Show when={params.announcement} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
                    <Loading rows={6} />
                  </Show>
                }
              >
                <ErrorState title={t.oneNotRead} problem={one.error} onRetry={() => void one.refetch()} />
              </Show>
            }
          >
            {(found) => <NoticeDetail space={params.space} notice={found()} mayChange={keeps()} today={today()} />}
          </Show>
        }
      />
      <Show when={adding()}>
        <AddNotice
          space={params.space}
          zone={zone()}
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            open(id);
          }}
        />
      </Show>
    </>
  );
}

function AddNotice(props: { space: string; zone: string; onClose: () => void; onAdded: (id: string) => void }) {
  const t = noticeWords();
  const form = createForm<NoticeValues>({
    name: "notice",
    initial: noticeValues(props.zone),
    draftKey: `notice.${props.space}`,
    check: (values) => checkNotice(values, props.zone),
    submit: async (values, intent) => {
      const made = await announce(props.space, { ...noticeOf(values, props.zone), mail: values.mail }, intent);
      toast({ text: t.published });
      props.onAdded(made.id);
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.add} form={form} act={t.publish}>
      <NoticeFields space={props.space} form={form} fresh />
    </FormDrawer>
  );
}
