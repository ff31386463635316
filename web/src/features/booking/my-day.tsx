import { daySpan } from "@yihao/kernel/days";
import { clock, clockRange, dayOf, dayProse, minuteOfDay } from "../../format.ts";
import { DayLane } from "../../ui/shell-portal.tsx";
import { useNow, useOwnBookings, usePlaces } from "./data.ts";
import { bookingWords } from "./words.ts";

/** The lane of the company's own day: what it has booked today, with the needle of now. For the portal's home. */
export function MyDay(props: { space: string }) {
  const t = bookingWords();
  const now = useNow();
  const places = usePlaces(() => props.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(now(), zone());
  const own = useOwnBookings(
    () => props.space,
    () => ({ from: daySpan(today(), zone()).from }),
  );
  const rows = () => (own.data?.items ?? []).filter((row) => row.day === today() && row.state === "booked");
  return (
    <DayLane
      title={t.myDay}
      say={t.myDaySay(dayProse(today()), rows().length)}
      now={minuteOfDay(now(), today(), zone())}
      items={rows().map((row) => {
        const live = row.from <= now() && now() < row.until;
        return {
          key: row.id,
          from: minuteOfDay(row.from, today(), zone()),
          until: minuteOfDay(row.until, today(), zone()),
          title: row.kind === "desk" ? row.code : row.resourceName,
          note: live
            ? t.inUseUntil(clock(row.until, zone()))
            : row.kind === "desk"
              ? t.wholeDay
              : clockRange(row.from, row.until, zone()),
          live,
          href: `/s/${props.space}/my/bookings/list`,
        };
      })}
    />
  );
}
