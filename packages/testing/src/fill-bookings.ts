import type { Booking, BookingId, ResourceId, SiteId } from "@yihao/booking/model";
import { rowOf } from "@yihao/booking/rows";
import { bookingKey, bookingKind, rowKeys, rowKind, sheetKey, writeSheet } from "@yihao/booking/store";
import { type CompanyId, newId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { tableOf } from "@yihao/table/client";
import { type PlainItem, putAll } from "@yihao/table/dump";
import { compile, insert, overwrite } from "@yihao/table/write";

/**
 * So many bookings of an hour each by a company of its own, laid down as booking and its reactions do (sheet, booking and, unless `lists` is false, both rows of lists) but put as they are, a hundred items to a call: for showing
 * what does not depend on how many there are. They fill day after day, resource after resource, from 09:00 in steps of an hour; what stood on those days before is lost.
 */
export async function fillBookings(
  scope: Scope,
  wish: {
    readonly site: string;
    readonly resources: readonly string[];
    readonly days: readonly string[];
    readonly count: number;
    readonly company?: CompanyId;
    readonly lists?: boolean;
  },
): Promise<void> {
  const table = tableOf(scope);
  await putAll(table, itemsOf(scope, table.name, wish));
}

async function* itemsOf(
  scope: Scope,
  table: string,
  { site, resources, days, count, company = "cmp_many", lists = true }: Parameters<typeof fillBookings>[1],
): AsyncGenerator<PlainItem> {
  const perSheet = Math.ceil(count / (days.length * resources.length));
  let left = count;
  for (const { day, resource } of days.flatMap((day) => resources.map((one) => ({ day, resource: one })))) {
    const many = Math.min(left, perSheet);
    if (many === 0) return;
    left -= many;
    const made = Array.from({ length: many }, (_, index) => bookingFor(site, resource, day, index, company));
    const entries = made.map(({ id }, index) => ({ from: 108 + index * 12, until: 120 + index * 12, booking: id }));
    const writes = [
      writeSheet(sheetKey(scope, site, day, resource), entries, 0, "sheet"),
      ...made.flatMap((booking) => [
        insert(bookingKey(scope, booking.id), bookingKind, booking),
        ...(lists ? rowKeys(scope, booking).map((key) => overwrite(key, rowKind, rowOf(booking))) : []),
      ]),
    ];
    for (const write of writes) {
      const item = compile(table, write).Put?.Item;
      if (item) yield item;
    }
  }
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
