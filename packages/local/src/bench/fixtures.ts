import { plusDays } from "@yihao/kernel/days";
import type { World } from "./world.ts";

const allDay: [string, string][] = [["00:00", "24:00"]];
const hours = { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay };
const rules = { bufferMinutes: 0, granularityMinutes: 5, leastMinutes: 5, mostMinutes: 1440, horizonDays: 400 };

export type Place = { readonly site: string; readonly resources: string[]; readonly company: string };
type Made = { readonly id: string };

/** A day some days from now, in the bench's zone. */
export function dayAhead(days: number): string {
  return plusDays(new Date().toISOString().slice(0, 10), days);
}

/** An instant of a day at so many minutes after midnight in Shanghai. */
export function at(day: string, minutes: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000).toISOString();
}

/** Prices, a company without a plan, and a site with so many rooms that is open all day. */
export async function place(world: Pick<World, "operator" | "base">, rooms: number): Promise<Place> {
  const { operator, base } = world;
  const card = {
    currency: "CNY",
    taxIncluded: true,
    taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 },
    roomHourMinor: 6000,
    deskDayMinor: 4000,
    binDayMinor: 240,
    pickUnitMinor: 150,
  };
  await operator.json("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
  const company = await operator.command<Made>(`${base}/companies`, { name: "测量科技", kind: "company" });
  const site = await operator.command<Made>(`${base}/sites`, {
    name: "淮海路",
    city: "淮北",
    zone: "Asia/Shanghai",
    hours,
    closures: [],
  });
  const floor = await operator.command<Made>(`${base}/floors`, { site: site.id, name: "二层", order: 2 });
  const resources: string[] = [];
  for (let start = 0; start < rooms; start += 40) {
    const items = Array.from({ length: Math.min(40, rooms - start) }, (_, index) => ({
      code: `R${start + index + 1}`,
    }));
    const wish = { ...rules, site: site.id, floor: floor.id, kind: "room", capacity: 8, items };
    const made = await operator.command<{ items: Made[] }>(`${base}/resources/bulk`, wish);
    resources.push(...made.items.map((one) => one.id));
  }
  return { site: site.id, resources, company: company.id };
}

/** A booking of a room for some minutes, with the price that `place`'s rate card gives it. */
export function wish(place: Place, resource: string, day: string, from: number, minutes: number) {
  return {
    resource,
    company: place.company,
    from: at(day, from),
    until: at(day, from + minutes),
    expectMinor: minutes * 100,
  };
}
