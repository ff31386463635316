import { makeDisplay } from "@yihao/booking/display-actions";
import { type Resource, usualRules } from "@yihao/booking/model";
import { savePlan } from "@yihao/booking/plan-actions";
import { askPlanUpload, finishPlanUpload } from "@yihao/booking/plan-files";
import { addResources, changeResource } from "@yihao/booking/resource-actions";
import { floorIdFor, resourcesOf, siteIdFor } from "@yihao/booking/store";
import { grantTraining } from "@yihao/booking/training-actions";
import { arriveVisitor, inviteVisitor, leaveVisitor } from "@yihao/booking/visitor-actions";
import type { NewVisitor } from "@yihao/booking/visitor-model";
import { plusDays } from "@yihao/kernel/days";
import type { Stored } from "@yihao/table/kind";
import { accountOf } from "./accounts.ts";
import { type Box, drawFloor } from "./drawings.ts";
import { at, earlier } from "./plan-days.ts";
import { companyId, done, mainSpace, personOf, type Stage, scopeAt, staff } from "./stage.ts";
import { firstDay } from "./steps-space.ts";

const siteOf = (stage: Stage) => siteIdFor(firstDay(stage, mainSpace(stage), "main site"));
const floorOf = (stage: Stage) => floorIdFor(firstDay(stage, mainSpace(stage), "main floor"));

async function placesOf(stage: Stage): Promise<readonly Resource[]> {
  const scope = firstDay(stage, mainSpace(stage), "places");
  return resourcesOf(scope, siteOf(stage), { consistent: true });
}

type Expected = {
  /** Days from today and time of the visit, which of the companies is visited, and where. */
  readonly days: number;
  readonly time: string;
  readonly of: number;
  readonly place?: string;
  readonly guest: Pick<NewVisitor, "name" | "from" | "note">;
  readonly state?: "here" | "left";
};
const expected: readonly Expected[] = [
  { days: 0, time: "00:20", of: 0, guest: { name: "赵启明", from: "相山区科技局" }, state: "left" },
  { days: 0, time: "00:30", of: 1, place: "R1", guest: { name: "何婉", from: "顺和供应链" }, state: "here" },
  { days: 0, time: "21:00", of: 2, place: "R2", guest: { name: "韦航", from: "皖北产投", note: "带一份项目书" } },
  { days: 1, time: "10:00", of: 0, place: "R1", guest: { name: "宋朝阳", from: "淮北日报" } },
  { days: -1, time: "15:00", of: 1, guest: { name: "梁一夫" }, state: "left" },
];

/** The last desks of the floor are open to the public by the day (对外日票), as the hall is by the hour. */
export async function openToPublic(stage: Stage): Promise<void> {
  const desks = (await placesOf(stage)).filter(({ code }) => /^A-(3[89]|40)$/.test(code)) as Stored<Resource>[];
  for (const desk of desks) {
    const {
      id,
      rev,
      site: _site,
      kind: _kind,
      calendar: _hours,
      siteRev: _of,
      floorRev: _on,
      area: _area,
      ...facts
    } = desk;
    const scope = firstDay(stage, mainSpace(stage), `open ${desk.code}`, "08:05");
    await done(scope, await changeResource(scope, id, rev, { ...facts, public: { priceMinor: 4_900 } }));
  }
}

/** Offices that are let by agreement, and a machine that needs training first. */
export async function addOffices(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const scope = (name: string) => firstDay(stage, space, name, "08:00");
  const common = { site: siteOf(stage), floor: floorOf(stage) };
  const [offices, machines, learning] = [scope("offices"), scope("machines"), scope("training")];
  const items = [
    { code: "201", name: "独立办公室 201", place: { x: 20, y: 150 } },
    { code: "202", name: "独立办公室 202", place: { x: 80, y: 150 } },
  ];
  const office = { ...usualRules.office, kind: "office", capacity: 6, items } as const;
  await done(offices, await addResources(offices, { ...common, ...office }));
  const laser = [{ code: "LC1", name: "激光切割机", place: { x: 140, y: 150 } }];
  const machine = { ...usualRules.equipment, kind: "equipment", capacity: 1, training: true, items: laser } as const;
  const [made] = await done(machines, await addResources(machines, { ...common, ...machine }));
  if (!made) return;
  const learned = { person: personOf(stage, "admin"), note: "开机、对焦、灭火" };
  await done(learning, await grantTraining(learning, made.id, learned));
}

/** The id of an office of the demo by its code. */
export async function officeOf(stage: Stage, code: string): Promise<string> {
  const found = (await placesOf(stage)).find((one) => one.code === code);
  if (!found) throw new Error(`the demo has no ${code}`);
  return found.id;
}

/** What people meet at the doors: displays of the rooms, and visitors of yesterday, today and tomorrow. */
export async function openDoors(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const { now, today } = stage.frame;
  const owner = staff(stage, "owner");
  const host = { person: personOf(stage, "owner"), name: accountOf("owner").name };
  const places = await placesOf(stage);
  const idOf = (code: string | undefined) => places.find((one) => one.code === code)?.id;
  for (const code of ["R1", "R2"]) {
    const resource = idOf(code);
    const hanging = scopeAt(stage, space, `display ${code}`, at(stage.frame.first, "09:00"), owner);
    if (resource) await done(hanging, await makeDisplay(hanging, resource));
  }
  for (const [index, { days, time, of, place, guest, state }] of expected.entries()) {
    const company = stage.companies[of];
    const when = at(plusDays(today, days), time);
    const asked = earlier(at(plusDays(today, Math.min(0, days) - 1), "16:00"), now);
    const inviting = scopeAt(stage, space, `visitor ${index}`, asked, owner);
    const resource = idOf(place);
    const wish: NewVisitor = {
      ...guest,
      site: siteOf(stage),
      at: when,
      ...(resource ? { resource } : {}),
      ...(company ? { company: companyId(stage, space, company.key) } : {}),
    };
    const { id } = await done(inviting, await inviteVisitor(inviting, host, wish));
    for (const act of state === "left"
      ? (["arrive", "leave"] as const)
      : state === "here"
        ? (["arrive"] as const)
        : []) {
      const minutes = act === "arrive" ? 5 : 50;
      const later = new Date(Date.parse(when) + minutes * 60_000).toISOString();
      const moving = scopeAt(stage, space, `visitor ${index} ${act}`, earlier(later, now), owner);
      await done(moving, await (act === "arrive" ? arriveVisitor : leaveVisitor)(moving, id));
    }
  }
}

const [width, height] = [1600, 900];
/** A place of the demo, in tenths of a metre, as it lies on the drawing. */
const onPlan = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x * 6 - 20, y: y * 6 - 120 });

/** The floor's plan (平面图): a drawing made here, and every desk and room on it where it stands. */
export async function drawPlan(stage: Stage): Promise<void> {
  const floor = floorOf(stage);
  const scope = (name: string) => firstDay(stage, mainSpace(stage), `plan ${name}`, "09:30");
  const places = (await placesOf(stage)).filter((one) => one.floor === floor && one.place);
  const rooms = places.flatMap(({ kind, place }): Box[] => {
    if (kind === "desk" || kind === "equipment" || !place) return [];
    const { x, y } = onPlan(place);
    return [{ x: x - 90, y: y - 90, width: 300, height: 190 }];
  });
  const bytes = drawFloor(width, height, rooms);
  const [asking, finishing, saving] = [scope("image"), scope("image there"), scope("spots")];
  const link = await done(
    asking,
    await askPlanUpload(asking, stage.files, floor, { type: "image/png", bytes: bytes.length }),
  );
  await stage.send(link, bytes);
  const plan = await done(
    finishing,
    await finishPlanUpload(finishing, stage.files, floor, link.image, { width, height }),
  );
  const spots = places.map(({ id, place }) => {
    const { x, y } = onPlan(place ?? { x: 0, y: 0 });
    const share = (part: number, whole: number) => Math.min(985, Math.max(15, Math.round((part / whole) * 1000)));
    return { resource: id, x: share(x, width), y: share(y, height) };
  });
  await done(saving, await savePlan(saving, floor, { spots, image: true }, plan.rev));
}
