import { type Hours, type ResourceView, usualRules } from "@yihao/booking/model";
import { ask, type Person, type Running, type Someone } from "./running-product.ts";

const late: [string, string][] = [["09:00", "24:00"]];
const hours: Hours = { 1: late, 2: late, 3: late, 4: late, 5: late, 6: late, 7: late };

export type MadeSpace = {
  readonly id: string;
  /** The space's part of the API. */
  readonly api: string;
  readonly site: string;
  readonly plan: string;
  /** A resource by its code. */
  readonly resource: (code: string) => string;
};

/**
 * A furnished space, made through the API as set-up makes it: open 09:00 to midnight every day, desks A-01… (¥40 a day), rooms R1… for 6
 * (¥60/h), a plan of ¥600 with 4 room hours, bins at ¥2.40 and picks at ¥1.50.
 */
export async function makeSpace(
  running: Running,
  owner: Someone,
  wish: { desks?: number; rooms?: number; bufferMinutes?: number } = {},
): Promise<MadeSpace> {
  const { zone } = running;
  const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone };
  const { id } = await ask(owner, "POST", "/api/v1/me/spaces", settings);
  const api = `/api/v1/spaces/${id}`;
  const card = {
    currency: "CNY",
    taxIncluded: true,
    taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 },
    roomHourMinor: 6_000,
    deskDayMinor: 4_000,
    binDayMinor: 240,
    pickUnitMinor: 150,
  };
  await ask(owner, "PUT", `${api}/rate-card`, card, { "if-match": '"0"' });
  const grown = { name: "成长套餐", monthlyMinor: 60_000, allowances: { roomMinutes: 240 } };
  const plan = await ask(owner, "POST", `${api}/plans`, grown);
  const place = { name: "淮北一号", city: "淮北", zone, hours, closures: [] };
  const site = await ask(owner, "POST", `${api}/sites`, place);
  const floor = await ask(owner, "POST", `${api}/floors`, { site: site.id, name: "二层", order: 2 });
  const two = (n: number) => String(n).padStart(2, "0");
  const resources: ResourceView[] = [];
  const add = async (facts: object, codes: { code: string; name?: string }[]) => {
    const common = { site: site.id, floor: floor.id, ...facts };
    const bulk = { ...common, items: codes };
    if (codes.length === 0) return;
    resources.push(...(await ask<{ items: ResourceView[] }>(owner, "POST", `${api}/resources/bulk`, bulk)).items);
  };
  const desks = Array.from({ length: wish.desks ?? 0 }, (_, at) => ({ code: `A-${two(at + 1)}` }));
  await add({ ...usualRules.desk, kind: "desk", capacity: 1 }, desks);
  const rooms = Array.from({ length: wish.rooms ?? 0 }, (_, at) => ({ code: `R${at + 1}`, name: `会议室 ${at + 1}` }));
  const rules = { ...usualRules.room, bufferMinutes: wish.bufferMinutes ?? 0 };
  await add({ ...rules, kind: "room", capacity: 6 }, rooms);
  return {
    id,
    api,
    site: site.id,
    plan: plan.id,
    resource: (code) => {
      const found = resources.find((one) => one.code === code);
      if (!found) throw new Error(`the space has no ${code}`);
      return found.id;
    },
  };
}

/** A company of a space, with the plan for all of this month when wished, so that its price is the same on every day of the month. */
export async function makeCompany(
  running: Running,
  owner: Someone,
  space: MadeSpace,
  name: string,
  wish: { plan?: boolean } = {},
): Promise<string> {
  const { id } = await ask(owner, "POST", `${space.api}/companies`, { name, kind: "company" });
  const subscription = { plan: space.plan, from: `${running.day().slice(0, 7)}-01` };
  if (wish.plan) await ask(owner, "POST", `${space.api}/companies/${id}/subscription`, subscription);
  return id;
}

type Place = { readonly roles: readonly string[] } | { readonly company: string; readonly role?: "admin" | "member" };

/** Invites somebody as staff or into a company and lets them accept: an account, and the link of the mail. */
export async function joins(
  running: Running,
  owner: Someone,
  space: MadeSpace,
  name: string,
  place: Place,
): Promise<Person> {
  const email = running.email(crypto.randomUUID().slice(0, 8));
  if ("roles" in place) await ask(owner, "POST", `${space.api}/invitations`, { email, roles: place.roles });
  else {
    const { name: companyName } = await ask<{ name: string }>(owner, "GET", `${space.api}/companies/${place.company}`);
    const invitation = { email, company: place.company, companyName, companyRole: place.role ?? "member" };
    await ask(owner, "POST", `${space.api}/invitations`, invitation);
  }
  const person = await running.signIn(email, name);
  const token = (await running.linkTo(email)).split("/").at(-1);
  await ask(person, "POST", "/api/v1/me/places", { token });
  return person;
}

/** Goods with right check digits, as companies announce them. */
export const goods = [
  { name: "无火香薰 乌木 120 ml", code: "SKU-1", gtin: "6970001284560" },
  { name: "石磨面粉 5 kg", code: "SKU-2", gtin: "6901234567892" },
] as const;

/** A warehouse of 60 bins: racks 1 and 2, ten columns, three levels, 200 units a bin. */
export async function makeWarehouse(running: Running, owner: Someone, space: MadeSpace): Promise<string> {
  const { id } = await ask(owner, "POST", `${space.api}/warehouses`, { name: "壹号云仓", zone: running.zone });
  const zone = { code: "A", name: "快拣", kind: "pick" };
  const pattern = { zone, racks: { from: 1, to: 2 }, columns: 10, levels: 3, capacity: 200 };
  await ask(owner, "POST", `${space.api}/warehouses/${id}/bins`, pattern);
  return id;
}

/** The goods as products of a person's company. */
export async function makeProducts(person: Someone, space: MadeSpace): Promise<void> {
  for (const one of goods) await ask(person, "POST", `${space.api}/products`, one);
}
