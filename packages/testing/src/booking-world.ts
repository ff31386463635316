import type { Hours, Resource, Site } from "@yihao/booking/model";
import { usualRules } from "@yihao/booking/model";
import { addResource, addResources } from "@yihao/booking/resource-actions";
import { addFloor, addSite } from "@yihao/booking/site-actions";
import type { Member } from "@yihao/identity/model";
import { memberKey, memberKind, placeWrite, spaceKey, spaceKind } from "@yihao/identity/store";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { creditBook, roomMinutesUnit } from "@yihao/members/credits";
import type { Company } from "@yihao/members/model";
import { companyKey, companyKind } from "@yihao/members/store";
import { setRateCard } from "@yihao/pricing/actions";
import { defaultTax } from "@yihao/pricing/model";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { insert } from "@yihao/table/write";
import { scopeOf } from "./table.ts";

/** Open 09:00–21:00 every day. */
export const everyDay: Hours = {
  1: [["09:00", "21:00"]],
  2: [["09:00", "21:00"]],
  3: [["09:00", "21:00"]],
  4: [["09:00", "21:00"]],
  5: [["09:00", "21:00"]],
  6: [["09:00", "21:00"]],
  7: [["09:00", "21:00"]],
};

export type BookingWorld = {
  readonly site: Site;
  readonly floor: string;
  readonly rooms: readonly Resource[];
  readonly desks: readonly Resource[];
  readonly companies: readonly CompanyId[];
};
export type WorldWish = {
  readonly zone?: string;
  readonly hours?: Hours;
  readonly rooms?: number;
  readonly desks?: number;
  readonly bufferMinutes?: number;
  readonly companies?: number;
  /** Room minutes in the plan of the first company, granted for November and December 2026. */
  readonly roomMinutes?: number;
};

/** A company that is there at once, with a plan when it has room minutes. */
export async function placeCompany(scope: Scope, id: CompanyId, name: string, roomMinutes = 0): Promise<void> {
  const snapshot = { name: "标准", monthlyMinor: 60_000, roomMinutes };
  const company: Company = {
    id,
    name,
    kind: "company",
    state: "active",
    since: "2026-01-01",
    ...(roomMinutes > 0 ? { subscription: { id: "sub_test", plan: "pln_test", from: "2026-11-01", snapshot } } : {}),
  };
  await commit(scope, [insert(companyKey(scope, id), companyKind, company)], { answer: null });
  for (const month of roomMinutes > 0 ? ["2026-11", "2026-12"] : []) {
    const unit = roomMinutesUnit(month);
    const grant = { book: creditBook(id), unit, from: "plan", to: "company", amount: roomMinutes };
    const plan = planTransfers(scope, [{ do: "move", ...grant }], month);
    await commit({ ...scope, command: { id: `auto:${month}`, print: "" } }, plan.writes, { answer: null });
  }
}

/** A person with a place in the test space. */
export async function placePerson(scope: Scope, person: PersonId, place: Partial<Member>): Promise<void> {
  const blank = {
    person,
    email: `${person}@test.example`,
    name: person,
    roles: [],
    companies: [],
    joinedAt: scope.now,
  };
  const member: Member = { ...blank, ...place };
  const writes = [insert(memberKey(scope, person), memberKind, member), placeWrite(scope, "测试空间", member)];
  await commit(scope, writes, { answer: null });
}

/**
 * A site with rooms R1… (¥60/h, 6 people) and desks A-01… (¥40 a day), companies `cmp_one`, `cmp_two`…, each with a person `per_one`…, and the
 * owner `per_owner`.
 */
export async function bookingWorld(table: Table, wish: WorldWish = {}): Promise<BookingWorld> {
  const scope = () => scopeOf(table);
  const site = take(
    await addSite(scope(), {
      name: "淮北一号",
      city: "淮北",
      zone: wish.zone ?? "Asia/Shanghai",
      hours: wish.hours ?? everyDay,
      closures: [],
    }),
  );
  const floor = take(await addFloor(scope(), { site: site.id, name: "二层", order: 2 }));
  const common = { site: site.id, floor: floor.id, state: "active" as const };
  const rooms: Resource[] = [];
  for (let at = 1; at <= (wish.rooms ?? 3); at += 1) {
    const rules = { ...usualRules.room, bufferMinutes: wish.bufferMinutes ?? 0 };
    const room = { ...common, ...rules, kind: "room" as const, code: `R${at}`, name: `会议室 ${at}`, capacity: 6 };
    rooms.push(take(await addResource(scope(), room)));
  }
  const codes = Array.from({ length: wish.desks ?? 4 }, (_, at) => ({ code: `A-${String(at + 1).padStart(2, "0")}` }));
  const { state: _state, ...place } = common;
  const bulk = { ...place, ...usualRules.desk, kind: "desk" as const, capacity: 1, items: codes };
  const desks = codes.length > 0 ? take(await addResources(scope(), bulk)) : [];
  await setRateCard(
    scope(),
    {
      currency: "CNY",
      taxIncluded: true,
      taxBasis: defaultTax,
      roomHourMinor: 6000,
      deskDayMinor: 4000,
      binDayMinor: 240,
      pickUnitMinor: 150,
    },
    0,
  );
  const space = { id: scope().space, name: "测试空间", language: "zh-CN", currency: "CNY", zone: site.zone } as const;
  await commit(scope(), [insert(spaceKey(scope()), spaceKind, { ...space, createdAt: scope().now })], { answer: null });
  const names = ["one", "two", "three", "four", "five"].slice(0, wish.companies ?? 2);
  const companies = names.map((name): CompanyId => `cmp_${name}`);
  await placePerson(scope(), "per_owner", { roles: ["owner"] });
  for (const [index, name] of names.entries()) {
    const company: CompanyId = `cmp_${name}`;
    await placeCompany(scope(), company, `公司 ${name}`, index === 0 ? wish.roomMinutes : 0);
    await placePerson(scope(), `per_${name}`, { companies: [{ company, name: `公司 ${name}`, role: "member" }] });
  }
  return { site, floor: floor.id, rooms, desks, companies };
}
