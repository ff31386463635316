import { type BookingRowView, bookedBy } from "@yihao/booking/model";
import { monthOf, plusMonths } from "@yihao/kernel/days";
import { createMemo, For, Show } from "solid-js";
import { clock, clockRange, dayCell, dayProse, hours, minuteOfDay } from "../../format.ts";
import { TextLink } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Reading } from "../../ui/reading.tsx";
import { DayLane } from "../../ui/shell-portal.tsx";
import { Status } from "../../ui/status.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import type { useAllowances, useBookings } from "./data.ts";
import { isUnseen, Part, Quiet } from "./part.tsx";
import { bookedOn, bookingStatus, bricksOf, lanePieces } from "./view.ts";
import { portalWords } from "./words.ts";

/** The company's own day on one line, with the needle of now. */
export function OurLane(props: {
  rows: readonly BookingRowView[];
  today: string;
  now: string;
  zone: string;
  list: string;
}) {
  const t = portalWords();
  const rows = createMemo(() => bookedOn(props.rows, props.today));
  const pieces = createMemo(() => lanePieces(rows(), props.today, props.now));
  const first = () => Math.min(8 * 60, ...pieces().map(({ from }) => Math.floor(from / 60) * 60));
  const last = () => Math.max(22 * 60, ...pieces().map(({ until }) => Math.ceil(until / 60) * 60));
  const many = (kind: "room" | "desk") => rows().filter((row) => row.kind === kind).length;
  return (
    <DayLane
      title={t.ourDay}
      empty={t.noneToday}
      say={`${dayProse(props.today)} · ${t.daySay(many("room"), many("desk"))}`}
      from={first()}
      until={last()}
      now={minuteOfDay(props.now, props.today, props.zone)}
      items={pieces().map((piece) => ({
        key: piece.key,
        from: piece.from,
        until: piece.until,
        title: piece.names.join(" / "),
        short: piece.codes.join("/"),
        note: piece.live ? t.live(piece.ends) : piece.times,
        live: piece.live,
        href: props.list,
      }))}
    />
  );
}

const shown = 6;

/** What the company has today and tomorrow, and who of it. */
export function OurBookings(props: {
  bookings: ReturnType<typeof useBookings>;
  today: string;
  tomorrow: string;
  now: string;
  list: string;
}) {
  const t = portalWords();
  return (
    <Part title={t.places} actions={<TextLink href={props.list}>{t.seeList}</TextLink>}>
      <Reading asked={props.bookings} failed={t.placesNotRead} rows={4}>
        {(page) => (
          <>
            <BookedDay title={t.today} none={t.noneToday} rows={bookedOn(page().items, props.today)} {...props} />
            <BookedDay
              title={t.tomorrow}
              none={t.noneTomorrow}
              rows={bookedOn(page().items, props.tomorrow)}
              {...props}
            />
          </>
        )}
      </Reading>
    </Part>
  );
}

function BookedDay(props: { title: string; none: string; rows: readonly BookingRowView[]; now: string; list: string }) {
  const t = portalWords();
  const time = (row: BookingRowView) =>
    bookedBy(row) === "day"
      ? t.allDay
      : clock(row.from, row.zone) === clock(row.until, row.zone)
        ? t.allDay
        : clockRange(row.from, row.until, row.zone);
  return (
    <section aria-label={props.title}>
      <h3 class="px-4 pt-3 text-xs text-fg-2">{props.title}</h3>
      <Show when={props.rows.length > 0} fallback={<Quiet>{props.none}</Quiet>}>
        <ul class="pb-2">
          <For each={props.rows.slice(0, shown)}>
            {(row) => (
              <li class="flex min-h-11 items-center gap-3 px-4 py-1">
                <Plate han {...(bookingStatus(row, props.now) === "inUse" ? { tone: "solid" as const } : {})}>
                  {row.code}
                </Plate>
                <span class="min-w-0 flex-1">
                  <span class="block truncate">{row.personName}</span>
                  <span class="block truncate text-xs text-fg-2 tabular-nums">
                    {row.kind === "room" && row.resourceName !== row.code ? `${row.resourceName} · ` : ""}
                    {time(row)}
                  </span>
                </span>
                <span class="text-xs">
                  <Status is={bookingStatus(row, props.now)} />
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.rows.length > shown}>
          <Quiet>
            <TextLink href={props.list}>{t.more(props.rows.length - shown)}</TextLink>
          </Quiet>
        </Show>
      </Show>
    </section>
  );
}

/** The plan's meeting time of this month as bricks, with what is left of it. Not drawn without a plan that has any. */
export function OurAllowance(props: { allowances: ReturnType<typeof useAllowances>; today: string }) {
  const t = portalWords();
  const month = () => monthOf(props.today);
  const current = () => props.allowances.data?.find((one) => one.month === month() && one.granted > 0);
  const drawn = () => current() !== undefined || (props.allowances.isError && !isUnseen(props.allowances));
  return (
    <Show when={drawn()}>
      <Part
        title={t.allowance}
        note={
          <Show when={current()}>
            {t.resets(dayCell(`${plusMonths(month(), 1)}-01`, Number(props.today.slice(0, 4))))}
          </Show>
        }
      >
        <Show
          when={current()}
          fallback={
            <Reading asked={props.allowances} failed={t.allowanceNotRead}>
              {() => undefined}
            </Reading>
          }
        >
          {(one) => {
            const say = () => t.allowanceSay(hours(one().used), hours(one().booked));
            const bricks = () => bricksOf(one());
            return (
              <div class="flex flex-col gap-2 px-4 py-4">
                <p class="text-lg">
                  <b>{t.left(hours(one().left), hours(one().granted))}</b>
                </p>
                <Bricks tall {...bricks()} label={`${t.left(hours(one().left), hours(one().granted))}. ${say()}`} />
                <p class="text-xs text-fg-2">{say()}</p>
              </div>
            );
          }}
        </Show>
      </Part>
    </Show>
  );
}
