import { changeSettings } from "@yihao/billing/settings-actions";
import { type Hours, usualRules } from "@yihao/booking/model";
import { addResources } from "@yihao/booking/resource-actions";
import type { OpenToPublic } from "@yihao/booking/rules-model";
import { addFloor, addSite } from "@yihao/booking/site-actions";
import { floorIdFor, siteIdFor } from "@yihao/booking/store";
import { changeBrand } from "@yihao/identity/brand-actions";
import { makeRole } from "@yihao/identity/role-actions";
import { createSpace } from "@yihao/identity/space-actions";
import { monthOf, plusMonths } from "@yihao/kernel/days";
import type { SpaceId } from "@yihao/kernel/ids";
import { addCompany, setPrices } from "@yihao/members/company-actions";
import { companyOf } from "@yihao/members/store";
import { startSubscription } from "@yihao/members/subscription-actions";
import { addPlan, setRateCard } from "@yihao/pricing/actions";
import { defaultTax, type RateCard } from "@yihao/pricing/model";
import { createWarehouse, generateBins } from "@yihao/warehouse/warehouse-actions";
import { accountOf, contactJoins } from "./accounts.ts";
import { type DemoCompany, studentTeams } from "./catalogue.ts";
import { creditCode } from "./codes.ts";
import { at, demoZone } from "./plan-days.ts";
import {
  companyId,
  done,
  madeBy,
  mainSpace,
  type Part,
  personOf,
  platformAt,
  type Stage,
  schoolSpace,
  scopeAt,
  staff,
} from "./stage.ts";

export const rateCard: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6_000,
  deskDayMinor: 4_000,
  binDayMinor: 240,
  pickUnitMinor: 150,
};
const plan = { name: "成长套餐", monthlyMinor: 60_000, allowances: { roomMinutes: 240 } };
const week = (every: [string, string][]): Hours => ({
  1: every,
  2: every,
  3: every,
  4: every,
  5: every,
  6: every,
  7: [],
});

type Item = {
  readonly code: string;
  readonly name?: string;
  readonly place: { readonly x: number; readonly y: number };
};
const two = (n: number) => String(n).padStart(2, "0");

/** Desks of the main floor, A-01 to A-40: four double rows of ten, 1.6 m by 2.4 m each, in tenths of a metre. */
export const mainDesks: readonly Item[] = Array.from({ length: 40 }, (_, index) => ({
  code: `A-${two(index + 1)}`,
  place: { x: 20 + (index % 10) * 16, y: 40 + Math.floor(index / 10) * 24 },
}));
type Room = Item & { readonly capacity: number; readonly public?: OpenToPublic };
export const mainRooms: readonly Room[] = [
  { code: "R1", name: "会议室 1", capacity: 10, place: { x: 200, y: 40 } },
  { code: "R2", name: "洽谈室 1", capacity: 4, place: { x: 200, y: 80 } },
  { code: "R3", name: "路演厅", capacity: 60, place: { x: 200, y: 120 }, public: { priceMinor: 28_000 } },
];
export const schoolDesks: readonly Item[] = Array.from({ length: 8 }, (_, index) => ({
  code: `H-${two(index + 1)}`,
  place: { x: 20 + (index % 4) * 16, y: 30 + Math.floor(index / 4) * 24 },
}));
export const schoolRooms: readonly (Item & { readonly capacity: number })[] = [
  { code: "M1", name: "研讨室", capacity: 12, place: { x: 110, y: 30 } },
];

/** A scope of a space's owner on the demo's first day. */
export const firstDay = (stage: Stage, space: SpaceId, name: string, time = "07:30") =>
  scopeAt(
    stage,
    space,
    name,
    at(stage.frame.first, time),
    staff(stage, space === mainSpace(stage) ? "owner" : "teacher"),
  );

async function openSpace(stage: Stage, name: "space main" | "space school", part: Part, called: string) {
  const { email, name: person } = accountOf(part);
  const platform = platformAt(stage, name, at(stage.frame.first, "07:00"));
  const who = { person: personOf(stage, part), email, name: person };
  const settings = { name: called, language: "zh-CN", currency: "CNY", zone: demoZone } as const;
  await done(platform, await createSpace(platform, who, settings));
}

type Premises = {
  readonly prefix: string;
  readonly site: { readonly name: string; readonly city: string };
  readonly floor: string;
  readonly desks: readonly Item[];
  readonly rooms: readonly Room[];
};

async function furnish(stage: Stage, space: SpaceId, { prefix, site: called, floor, desks, rooms }: Premises) {
  const scope = (name: string) => firstDay(stage, space, `${prefix} ${name}`);
  const [sites, floors, prices] = [scope("site"), scope("floor"), scope("rate card")];
  const calendar = { zone: demoZone, hours: week([["08:30", "21:00"]]), closures: [] };
  // Dearer rooms are announced for a month that nobody books yet.
  const later = `${plusMonths(monthOf(stage.frame.today), 2)}-01`;
  const dearer = { from: later, roomHourMinor: 6_800, deskDayMinor: rateCard.deskDayMinor };
  await done(prices, await setRateCard(prices, { ...rateCard, periods: [dearer] }, 0));
  await done(sites, await addSite(sites, { ...called, ...calendar }));
  const site = siteIdFor(sites);
  await done(floors, await addFloor(floors, { site, name: floor, order: 2 }));
  const common = { site, floor: floorIdFor(floors) };
  const desk = scope("desks");
  const rules = { ...usualRules.desk, kind: "desk", capacity: 1 } as const;
  await done(desk, await addResources(desk, { ...common, ...rules, items: [...desks] }));
  for (const { capacity, public: open, ...room } of rooms) {
    const one = scope(`room ${room.code}`);
    const facts = { ...common, ...usualRules.room, kind: "room", capacity, ...(open ? { public: open } : {}) } as const;
    await done(one, await addResources(one, { ...facts, items: [room] }));
  }
}

/** The first space (众创空间) with its floor, prices and plan. */
export async function makeMainSpace(stage: Stage): Promise<void> {
  await openSpace(stage, "space main", "owner", "淮海壹号众创空间");
  const space = mainSpace(stage);
  const premises = { prefix: "main", floor: "二层", desks: mainDesks, rooms: mainRooms };
  await furnish(stage, space, { ...premises, site: { name: "相山区一号楼", city: "淮北 · 相山区" } });
  const plans = firstDay(stage, space, "main plan");
  await done(plans, await addPlan(plans, plan));
  const roles = firstDay(stage, space, "main own role");
  const rights = ["people.read", "community.tickets", "community.parcels", "community.news"] as const;
  await done(roles, await makeRole(roles, { name: "社区运营", rights: [...rights] }));
  const settings = firstDay(stage, space, "main billing settings");
  const bank = { bankHolder: "淮北淮海壹号众创空间运营有限公司", bankName: "濉溪农村商业银行相山支行" };
  await done(
    settings,
    await changeSettings(settings, { termsDays: 10, ...bank, bankAccount: "2001 0034 5108 6620" }, 0),
  );
}

/** Racks, columns and levels of the warehouse: 60 bins. */
export const racks = { racks: 2, columns: 6, levels: 5 } as const;

/** The warehouse (云仓) with its pick zone. */
export async function makeWarehouse(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const opening = firstDay(stage, space, "warehouse");
  const { id } = await done(opening, await createWarehouse(opening, { name: "壹号云仓", zone: demoZone }));
  const bins = firstDay(stage, space, "bins");
  const zone = { code: "A", name: "快拣区", kind: "pick" } as const;
  const { columns, levels } = racks;
  const pattern = { zone, racks: { from: 1, to: racks.racks }, columns, levels, capacity: 720 };
  await done(bins, await generateBins(bins, id, pattern));
  const high = firstDay(stage, space, "high bins");
  await done(high, await generateBins(high, id, highRacks));
}

/** Reserve in racks 01–04, bays A–F, levels 1–5, that bear 150 kg and are a metre wide inside. */
const highRacks = {
  zone: { code: "B", name: "高架存储", kind: "reserve" },
  ...{ racks: { from: 1, to: 4 }, columns: 6, levels: 5, loadGrams: 150_000 },
  names: { racks: "01", columns: "A", levels: "1" },
  size: { lengthMm: 1_000, widthMm: 600, heightMm: 450 },
} as const;

/** The id of the warehouse. */
export const warehouseId = (stage: Stage) => madeBy(stage, mainSpace(stage), "warehouse", "whs");

/** The company that pays a price of its own for its plan, for some months yet (协议价). */
const agreedPlanOf = "hupan";

/** A company of the first space with its contact and, for most, its plan from the first day. */
export async function addDemoCompany(stage: Stage, company: DemoCompany, index: number): Promise<void> {
  const space = mainSpace(stage);
  const { key, name, kind, industry, contact } = company;
  const email = `${key}@yihao.example`;
  const adding = firstDay(stage, space, `company ${key}`);
  const facts = { name, kind, industry, contactName: contact, contactEmail: email, address: "淮北市相山区一号楼二层" };
  const phone = `138${String(5610_2000 + index * 137)}`;
  const code = company.coded ? { code: creditCode(index) } : {};
  await done(adding, await addCompany(adding, { ...facts, contactPhone: phone, ...code }));
  if (company.plan) {
    const starting = firstDay(stage, space, `subscription ${key}`, "07:45");
    const until = `${plusMonths(monthOf(stage.frame.today), 3)}-01`;
    const agreed = key === agreedPlanOf ? { agreed: { name: "入园协议价", monthlyMinor: 48_000, until } } : {};
    const wish = { plan: madeBy(stage, space, "main plan", "pln"), from: stage.frame.first, ...agreed };
    await done(starting, await startSubscription(starting, companyId(stage, space, key), wish));
  }
  if (index === 0) {
    const agreeing = firstDay(stage, space, `prices ${key}`, "07:46");
    const from = `${plusMonths(monthOf(stage.frame.today), 1)}-01`;
    const agreed = { name: "协议价", kind: "room", price: { percent: 85 }, from } as const;
    const kept = await companyOf(agreeing, companyId(stage, space, key));
    await done(agreeing, await setPrices(agreeing, companyId(stage, space, key), [agreed], kept?.rev ?? 0));
    return;
  }
  const invitation = { email, company: companyId(stage, space, key), companyName: name, companyRole: "admin" } as const;
  await contactJoins(stage, { key, now: at(stage.frame.first, "07:50"), invitation, name: contact });
}

/** The second space, of a university, which nobody of the first can see. */
export async function makeSchoolSpace(stage: Stage): Promise<void> {
  await openSpace(stage, "space school", "teacher", "绘梦空间");
  const space = schoolSpace(stage);
  const dressing = firstDay(stage, space, "school brand");
  await done(dressing, await changeBrand(dressing, { colour: "#7a1f4b", logo: null }, 0));
  const premises = { prefix: "school", floor: "一层", desks: schoolDesks, rooms: schoolRooms };
  await furnish(stage, space, { ...premises, site: { name: "淮北师范大学 大学生创业园", city: "淮北 · 相山区" } });
  for (const { key, name, contact } of studentTeams) {
    const adding = firstDay(stage, space, `company ${key}`);
    const facts = { name, kind: "team", industry: "学生创业", contactName: contact } as const;
    await done(adding, await addCompany(adding, facts));
  }
}
