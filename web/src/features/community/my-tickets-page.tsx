import { useNavigate, useParams } from "@solidjs/router";
import { createMemo, createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Pane, Panes } from "../../ui/panes.tsx";
import { DataTable } from "../../ui/table.tsx";
import { useZone } from "./data.ts";
import { MyCommunityHead } from "./heads.tsx";
import { useMyTickets, useTicket } from "./ticket-data.ts";
import { TicketDetail } from "./ticket-detail.tsx";
import { TicketDrawer } from "./ticket-form.tsx";
import { atText, TicketStatus } from "./ticket-view.tsx";
import { ticketWords } from "./ticket-words.ts";

/** A company's own tickets: what it asked for, how far it is, and asking anew. */
export default function MyTicketsPage() {
  const t = ticketWords();
  const params = useParams<{ space: string; ticket?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const [adding, setAdding] = createSignal(false);
  const tickets = useMyTickets(space);
  const one = useTicket(space, () => params.ticket);
  const rows = createMemo(() => tickets.data?.pages.flatMap(({ items }) => items) ?? []);
  const open = (id: string | undefined) =>
    navigate(`/s/${params.space}/my/tickets${id ? `/${id}` : ""}`, { scroll: false });
  return (
    <>
      <MyCommunityHead
        space={params.space}
        actions={
          <Button kind="primary" size="lg" icon="plus" onClick={() => setAdding(true)}>
            {t.openShort}
          </Button>
        }
      />
      <Panes
        detailOpen={params.ticket !== undefined}
        detailTitle={one.data?.ticket.title ?? t.tickets}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.tickets}>
            <DataTable
              label={t.tickets}
              rows={rows()}
              rowKey={(row) => row.id}
              rowHeight={48}
              current={params.ticket}
              onOpen={(row) => open(row.id)}
              state={tickets.isPending ? "loading" : tickets.isError ? "error" : "ready"}
              problem={tickets.error}
              errorTitle={t.notRead}
              onRetry={() => void tickets.refetch()}
              {...(tickets.hasNextPage ? { onMore: () => void tickets.fetchNextPage() } : {})}
              columns={[
                { key: "title", head: t.title, cell: (row) => <b>{row.title}</b> },
                { key: "place", head: t.place, width: "120px", from: "tablet", cell: (row) => row.place ?? "—" },
                {
                  key: "replies",
                  head: t.reply,
                  width: "72px",
                  align: "end",
                  from: "tablet",
                  cell: (row) => row.replies,
                },
                {
                  key: "at",
                  head: t.age,
                  width: "112px",
                  align: "end",
                  from: "tablet",
                  cell: (row) => atText(row.at, zone()),
                },
                { key: "state", head: t.state, width: "96px", cell: (row) => <TicketStatus state={row.state} /> },
              ]}
              empty={
                <EmptyState
                  title={t.noMine}
                  actions={
                    <Button icon="plus" size="lg" onClick={() => setAdding(true)}>
                      {t.openShort}
                    </Button>
                  }
                >
                  {t.noMineSay}
                </EmptyState>
              }
            />
          </Pane>
        }
        detail={
          <Show
            when={one.data}
            fallback={
              <Show when={one.isError} fallback={<Loading rows={6} />}>
                <ErrorState title={t.oneNotRead} problem={one.error} onRetry={() => void one.refetch()} />
              </Show>
            }
          >
            {(found) => (
              <TicketDetail space={params.space} side="company" ticket={found().ticket} entries={found().entries} />
            )}
          </Show>
        }
      />
      <TicketDrawer
        space={params.space}
        side="company"
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
