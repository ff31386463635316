import { useNavigate, useParams } from "@solidjs/router";
import type { TicketRow } from "@yihao/community/ticket-model";
import { createMemo, createSignal, Show } from "solid-js";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Pane, Panes } from "../../ui/panes.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useZone } from "./data.ts";
import { CommunityHead } from "./heads.tsx";
import { type Shelf, useFigures, useTicket, useTickets } from "./ticket-data.ts";
import { TicketDetail } from "./ticket-detail.tsx";
import { TicketDrawer } from "./ticket-form.tsx";
import { atText, durationText, PriorityMark, TicketStatus } from "./ticket-view.tsx";
import { ticketWords } from "./ticket-words.ts";
import { communityWords } from "./words.ts";

/** The operator's tickets (求助): what is to do with the pressing ones first, what is done, one of them beside the list. */
export default function TicketsPage() {
  const t = ticketWords();
  const params = useParams<{ space: string; ticket?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const may = useMay(space);
  const keeps = () => may("community.tickets");
  const [shelf, setShelf] = createSignal<Shelf>("active");
  const [adding, setAdding] = createSignal(false);
  const tickets = useTickets(space, shelf);
  const active = useTickets(space, () => "active");
  const figures = useFigures(space);
  const one = useTicket(space, () => params.ticket);
  const rows = createMemo(() => tickets.data?.pages.flatMap(({ items }) => items) ?? []);
  const number = () => active.data?.pages[0]?.items.length ?? 0;
  const average = () => {
    const month = figures.data?.at(-1);
    return month && month.responded > 0 ? durationText(month.responseMinutes / month.responded) : undefined;
  };
  const open = (id: string | undefined) =>
    navigate(`/s/${params.space}/community/tickets${id ? `/${id}` : ""}`, { scroll: false });
  const step = (by: number) => {
    const next = rows()[rows().findIndex(({ id }) => id === params.ticket) + by];
    if (next) open(next.id);
  };
  useKeys([
    { keys: "n", label: t.open, run: () => keeps() && setAdding(true) },
    { keys: "[", label: t.previous, run: () => step(-1) },
    { keys: "]", label: t.next, run: () => step(1) },
  ]);
  const columns = (): Column<TicketRow>[] => [
    {
      key: "title",
      head: t.title,
      cell: (row) => (
        <>
          <Show when={row.priority === "urgent"}>
            <span class="mr-1.5 inline-block align-middle">
              <StatusMark shape="octagon" tone="bad" />
              <span class="y-hidden">{t.priorities.urgent}</span>
            </span>
          </Show>
          <b>{row.title}</b>
        </>
      ),
    },
    { key: "kind", head: t.kind, width: "88px", from: "desk", cell: (row) => t.kinds[row.kind] },
    { key: "company", head: communityWords().company, width: "24%", cell: (row) => row.companyName },
    {
      key: "priority",
      head: t.priority,
      width: "88px",
      from: "tablet",
      cell: (row) => <PriorityMark priority={row.priority} />,
    },
    { key: "assignee", head: t.assignee, width: "88px", from: "desk", cell: (row) => row.assigneeName ?? "—" },
    { key: "at", head: t.age, width: "104px", align: "end", from: "tablet", cell: (row) => atText(row.at, zone()) },
    { key: "state", head: t.state, width: "116px", cell: (row) => <TicketStatus state={row.state} /> },
  ];
  return (
    <>
      <CommunityHead
        space={params.space}
        say={active.data ? t.say(number(), average()) : undefined}
        actions={
          <Show when={keeps()}>
            <Button kind="primary" icon="plus" keys={["N"]} onClick={() => setAdding(true)}>
              {t.open}
            </Button>
          </Show>
        }
      />
      <Panes
        detailOpen={params.ticket !== undefined}
        detailTitle={one.data?.ticket.title ?? t.tickets}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.tickets}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="border-b border-line px-4 py-2">
                <Tabs
                  label={t.state}
                  items={[
                    { key: "active", label: t.active, ...(active.data ? { count: number() } : {}) },
                    { key: "solved", label: t.states.solved },
                    { key: "closed", label: t.states.closed },
                  ]}
                  value={shelf()}
                  onChange={setShelf}
                />
              </div>
              <DataTable
                label={t.tickets}
                rows={rows()}
                columns={columns()}
                rowKey={(row) => row.id}
                current={params.ticket}
                onOpen={(row) => open(row.id)}
                state={tickets.isPending ? "loading" : tickets.isError ? "error" : "ready"}
                problem={tickets.error}
                errorTitle={t.notRead}
                onRetry={() => void tickets.refetch()}
                {...(tickets.hasNextPage ? { onMore: () => void tickets.fetchNextPage() } : {})}
                empty={
                  <EmptyState title={shelf() === "active" ? t.none : t.noneDone}>
                    {shelf() === "active" ? t.noneSay : undefined}
                  </EmptyState>
                }
              />
            </div>
          </Pane>
        }
        detail={
          <Show
            when={one.data}
            fallback={
              <Show
                when={one.isError}
                fallback={
                  <Show when={params.ticket} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
                    <Loading rows={6} />
                  </Show>
                }
              >
                <ErrorState title={t.oneNotRead} problem={one.error} onRetry={() => void one.refetch()} />
              </Show>
            }
          >
            {(found) => (
              <TicketDetail space={params.space} side="staff" ticket={found().ticket} entries={found().entries} />
            )}
          </Show>
        }
      />
      <TicketDrawer
        space={params.space}
        side="staff"
        open={adding()}
        onClose={() => setAdding(false)}
        onOpened={(id) => {
          setAdding(false);
          open(id);
        }}
      />
    </>
  );
}
