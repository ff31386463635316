import type { Booking, BookingId, ResourceId, SiteId } from "@yihao/booking/model";
import { rowOf } from "@yihao/booking/rows";
import { bookingKey, bookingKind, rowKeys, rowKind, sheetKey, writeSheet } from "@yihao/booking/store";
import { type CompanyId, newId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { commit } from "@yihao/table/commit";
import { insert, overwrite, type Write } from "@yihao/table/write";

const bookingsPerCommit = 20;

/**
 * So many bookings of an hour each by a company of its own, laid down as booking and its reactions do (sheet, booking, both rows) but many to a commit: for showing what does not
 * depend on how many there are. They fill day after day, resource after resource, from 09:00 in steps of an hour.
 */
export async function fillBookings(
  scope: Scope,
  wish: {
    readonly site: string;
    readonly resources: readonly string[];
    readonly days: readonly string[];
    readonly count: number;
    readonly company?: CompanyId;
  },
): Promise<void> {
  const { site, resources, days, count, company = "cmp_many" } = wish;
  const perSheet = Math.ceil(count / (days.length * resources.length));
  const sheets = days.flatMap((day) => resources.map((resource) => ({ day, resource })));
  let left = count;
  let writes: Write[] = [];
  const flush = async () => {
    const quiet = { ...scope, command: { id: "auto:fill", print: "" } };
    if (writes.length > 0) await commit(quiet, writes, { answer: null });
    writes = [];
  };
  for (const { day, resource } of sheets) {
    const many = Math.min(left, perSheet);
    if (many === 0) break;
    left -= many;
    const made = Array.from({ length: many }, (_, index) => bookingFor(site, resource, day, index, company));
    if (writes.length + 1 + made.length * 3 > bookingsPerCommit * 4) await flush();
    const entries = made.map(({ id }, index) => ({ from: 108 + index * 12, until: 120 + index * 12, booking: id }));
    writes.push(
      writeSheet(sheetKey(scope, site, day, resource), entries, 0, "sheet"),
      ...made.flatMap((booking) => [
        insert(bookingKey(scope, booking.id), bookingKind, booking),
        ...rowKeys(scope, booking).map((key) => overwrite(key, rowKind, rowOf(booking))),
      ]),
    );
  }
  await flush();
}

function bookingFor(site: string, resource: string, day: string, index: number, company: CompanyId): Booking {
  const from = new Date(Date.parse(`${day}T01:00:00Z`) + index * 3_600_000).toISOString();
  const text = { code: "R1", resourceName: "会议室 1", companyName: "很多预订的公司", personName: "何雨桐" };
  return {
    ...{ id: newId("bok").slice(0, 18) as BookingId, resource: resource as ResourceId, site: site as SiteId },
    ...{ kind: "room", zone: "Asia/Shanghai", day, from, until: plusMinutes(from, 60), bufferMinutes: 0, ...text },
    ...{ company, person: "per_many", state: "booked", at: from },
    price: { lines: [], totalMinor: 6000, taxMinor: 340, allowanceMinutes: 0 },
  };
}
