import { useNavigate } from "@solidjs/router";
import type { Today } from "@yihao/insight/model";
import { createMemo, For, Show } from "solid-js";
import { clockRange, minuteOfDay } from "../../format.ts";
import { LinkButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { presenceAt, type Row, type Site, statusOf } from "./view.ts";
import { insightWords } from "./words.ts";

/** The day's rooms as a timeline and its desks as a list. */
export function DayPane(props: { today: Today; now: string; space: string; live: boolean; looking: boolean }) {
  const t = insightWords();
  const navigate = useNavigate();
  const tablet = media("(min-width: 768px)");
  const open = (id: string) =>
    navigate(`/s/${props.space}/bookings?${props.live ? "" : `day=${props.today.day}&`}booking=${id}`);
  const rowsOf = (site: Site) =>
    site.resources
      .filter((one) => one.kind === "room" && one.active)
      .map((room) => ({
        key: room.id,
        name: room.name,
        note: t.seats(room.capacity),
        blocks: site.bookings
          .filter((row) => row.resource === room.id && row.state === "booked")
          .map((row) => ({
            key: row.id,
            from: Math.max(0, minuteOfDay(row.from, site.day, site.zone)),
            until: Math.min(1440, minuteOfDay(row.until, site.day, site.zone)),
            label: row.companyName,
            is: statusOf(row, props.now),
          })),
      }));
  const rooms = createMemo(() => props.today.sites.map((site) => ({ site, rows: rowsOf(site) })));
  const any = () => rooms().some(({ rows }) => rows.length > 0);
  const all = () => props.today.sites.flatMap((site) => site.bookings).filter((row) => row.state === "booked");
  const taken = () => props.today.sites.reduce((sum, site) => sum + presenceAt(site, props.now).room.taken, 0);
  const legend = () => {
    const seen = new Set(rooms().flatMap(({ rows }) => rows.flatMap(({ blocks }) => blocks.map(({ is }) => is))));
    return (["inUse", "booked", "due", "noShow"] as const).filter((is) => seen.has(is));
  };
  const hours = (site: Site) => {
    const booked = site.bookings.filter((row) => row.kind === "room" && row.state === "booked");
    const first = Math.min(480, ...booked.map((row) => minuteOfDay(row.from, site.day, site.zone)));
    const last = Math.max(1260, ...booked.map((row) => minuteOfDay(row.until, site.day, site.zone)));
    return { from: Math.max(0, Math.floor(first / 60) * 60), until: Math.min(1440, Math.ceil(last / 60) * 60) };
  };
  const desks = () =>
    all()
      .filter((row) => row.kind === "desk" || row.kind === "pool")
      .sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
  const columns = (): Column<Row>[] => [
    { key: "desk", head: t.place, width: "88px", cell: (row) => <Plate>{row.code}</Plate> },
    { key: "company", head: t.company, cell: (row) => row.companyName },
    { key: "person", head: t.person, width: "96px", from: "tablet", cell: (row) => row.personName },
    { key: "time", head: t.time, width: "112px", cell: (row) => clockRange(row.from, row.until, row.zone) },
    { key: "state", head: t.state, width: "96px", cell: (row) => <Status is={statusOf(row, props.now)} /> },
  ];
  return (
    <Pane
      title={t.rooms}
      note={t.roomsNote(taken(), all().filter((row) => row.kind === "room").length)}
      label={t.rooms}
      actions={
        <span class="hidden gap-3 tablet:flex">
          <For each={legend()}>{(is) => <Status is={is} />}</For>
        </span>
      }
    >
      <Show
        when={any()}
        fallback={
          <EmptyState
            title={t.noRooms}
            actions={<LinkButton href={`/s/${props.space}/settings/places`}>{t.places}</LinkButton>}
          >
            {t.noRoomsSay}
          </EmptyState>
        }
      >
        <For each={rooms().filter(({ rows }) => rows.length > 0)}>
          {({ site, rows }) => (
            <>
              <Show when={rooms().length > 1}>
                <h3 class="border-b border-line bg-sunken px-4 py-1 text-xs text-fg-2">{site.name}</h3>
              </Show>
              <Show when={tablet()} fallback={<RoomList site={site} now={props.now} onOpen={open} />}>
                <Timeline
                  label={`${t.rooms} ${site.name}`}
                  rows={rows}
                  {...hours(site)}
                  now={props.live || props.looking ? minuteOfDay(props.now, site.day, site.zone) : undefined}
                  onOpen={(_row, block) => open(block.key)}
                />
              </Show>
            </>
          )}
        </For>
      </Show>
      <header class="y-pane-head border-t border-line">
        <h2>{t.desks}</h2>
        <span class="min-w-0 flex-1 text-xs text-fg-3">{t.desksNote(desks().length)}</span>
      </header>
      <Show when={desks().length > 0} fallback={<p class="px-4 py-3 text-fg-2">{t.noDesks}</p>}>
        <div class="flex max-h-96 flex-col">
          <DataTable
            label={t.desks}
            rows={desks()}
            columns={columns()}
            rowKey={(row) => row.id}
            onOpen={(row) => open(row.id)}
          />
        </div>
      </Show>
    </Pane>
  );
}

/** The day's rooms one after the other, where a timeline has no room for names. */
function RoomList(props: { site: Site; now: string; onOpen: (id: string) => void }) {
  const t = insightWords();
  const rows = () =>
    props.site.bookings
      .filter((row) => row.kind === "room" && row.state === "booked")
      .sort((a, b) => (a.from < b.from ? -1 : 1));
  const columns = (): Column<Row>[] => [
    { key: "time", head: t.time, width: "112px", cell: (row) => clockRange(row.from, row.until, row.zone) },
    {
      key: "company",
      head: t.company,
      cell: (row) => (
        <span class="block leading-5">
          <span class="block truncate text-fg">{row.companyName}</span>
          <span class="block truncate text-xs text-fg-3">{row.resourceName}</span>
        </span>
      ),
    },
    { key: "state", head: t.state, width: "104px", cell: (row) => <Status is={statusOf(row, props.now)} /> },
  ];
  return (
    <DataTable
      label={t.rooms}
      rows={rows()}
      columns={columns()}
      rowKey={(row) => row.id}
      rowHeight={52}
      onOpen={(row) => props.onOpen(row.id)}
      empty={<p class="px-4 py-3 text-fg-2">{t.noBookings}</p>}
    />
  );
}
