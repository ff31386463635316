import { useNavigate, useParams } from "@solidjs/router";
import type { AgreementRow } from "@yihao/members/agreement-model";
import { createMemo, createSignal, Show } from "solid-js";
import { dayCell, dayOf, money } from "../../format.ts";
import { EmptyState, NoMatch } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useAgreementRows } from "./agreement-data.ts";
import { agreementStatus, isSoon, lastDayOf } from "./agreement-view.ts";
import { agreementWords } from "./agreement-words.ts";
import { useCompanies } from "./data.ts";
import { useZone } from "./lead-data.ts";
import { MemberTabs } from "./member-tabs.tsx";

type Shelf = "soon" | "open" | "done";

/** The agreements of a space (协议): those that end soon first, all that run, those that are over. Each opens on its company's page. */
export default function AgreementsPage() {
  const t = agreementWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const today = () => dayOf(new Date().toISOString(), zone());
  const [shelf, setShelf] = createSignal<Shelf>("soon");
  const open = useAgreementRows(space, () => "open");
  const done = useAgreementRows(space, () => "done");
  const companies = useCompanies(space, () => "");
  const names = createMemo(() => new Map((companies.data ?? []).map(({ id, name }) => [id as string, name])));
  const all = () => open.data?.pages.flatMap((page) => page.items) ?? [];
  const soon = () => all().filter((row) => isSoon(row, today()));
  const asked = () => (shelf() === "done" ? done : open);
  const rows = () => (shelf() === "soon" ? soon() : (asked().data?.pages.flatMap((page) => page.items) ?? []));
  const year = () => Number(today().slice(0, 4));
  const columns = (): Column<AgreementRow>[] => [
    { key: "company", head: t.company, cell: (row) => <b>{names().get(row.company) ?? "…"}</b> },
    { key: "title", head: t.name, from: "tablet", cell: (row) => row.title },
    {
      key: "number",
      head: t.number,
      width: "120px",
      from: "desk",
      cell: (row) => <span class="font-mono text-xs">{row.number ?? "—"}</span>,
    },
    { key: "kind", head: t.kind, width: "88px", from: "tablet", cell: (row) => t.kinds[row.kind] },
    {
      key: "rent",
      head: t.rent,
      width: "112px",
      align: "end",
      from: "desk",
      cell: (row) => (row.rentMinor === undefined ? "—" : money(row.rentMinor)),
    },
    {
      key: "until",
      head: t.until,
      width: "104px",
      align: "end",
      cell: (row) => (row.until ? dayCell(lastDayOf(row.until), year()) : t.endless),
    },
    {
      key: "state",
      head: t.state,
      width: "136px",
      cell: (row) => {
        const status = agreementStatus(row, today());
        return <Status is={status.is} text={status.text} {...(status.tone ? { tone: status.tone } : {})} />;
      },
    },
  ];
  const running = () => all().filter(({ state }) => state === "running").length;
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<MemberTabs space={space()} />}
        say={open.data ? t.say(soon().length, running()) : undefined}
      />
      <Pane label={t.title}>
        <div class="border-b border-line px-4">
          <Tabs
            label={t.shelf}
            items={[
              { key: "soon" as const, label: t.soon, ...(open.data ? { count: soon().length } : {}) },
              { key: "open" as const, label: t.open, ...(open.data ? { count: all().length } : {}) },
              { key: "done" as const, label: t.done },
            ]}
            value={shelf()}
            onChange={setShelf}
          />
        </div>
        <DataTable
          label={t.title}
          rows={rows()}
          columns={columns()}
          rowKey={(row) => row.id}
          onOpen={(row) => navigate(`/s/${space()}/members/${row.company}?tab=agreements`)}
          state={asked().isPending ? "loading" : asked().isError ? "error" : "ready"}
          problem={asked().error}
          errorTitle={t.notRead}
          onRetry={() => void asked().refetch()}
          empty={
            <Show
              when={shelf() === "soon" && all().length > 0}
              fallback={<EmptyState title={shelf() === "done" ? t.noneDone : t.noneAll} />}
            >
              <NoMatch text={t.noneSoon} clear={t.open} onClear={() => setShelf("open")} />
            </Show>
          }
          {...(asked().hasNextPage ? { onMore: () => void asked().fetchNextPage() } : {})}
        />
      </Pane>
    </>
  );
}
