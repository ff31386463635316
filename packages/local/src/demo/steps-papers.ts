import { plusDays } from "@yihao/kernel/days";
import { draftAgreement, signAgreement } from "@yihao/members/agreement-actions";
import type { AgreementFacts } from "@yihao/members/agreement-model";
import { planExit } from "@yihao/members/exit-actions";
import {
  addLead,
  changeApplySettings,
  moveLead,
  noteLead,
  setOffer,
  setTour,
  winLead,
} from "@yihao/members/lead-actions";
import type { Lead, LeadFacts, LeadMove, LeadSource } from "@yihao/members/lead-model";
import { sellPack } from "@yihao/members/pack-actions";
import { addPack } from "@yihao/pricing/actions";
import type { Stored } from "@yihao/table/kind";
import { at, earlier } from "./plan-days.ts";
import { companyId, done, madeBy, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { officeOf } from "./steps-doors.ts";

type DemoLead = {
  readonly facts: LeadFacts;
  readonly source: LeadSource;
  /** Days ago on which it came. */
  readonly ago: number;
  /** Days from today and time of its visit. */
  readonly tour?: readonly [days: number, time: string];
  readonly move?: LeadMove;
  readonly offer?: string;
  readonly note?: string;
  /** It became a company. */
  readonly won?: boolean;
};

const lead = (name: string, contactName: string, rest: Omit<LeadFacts, "name" | "contactName">): LeadFacts => ({
  ...{ name, contactName },
  ...rest,
});
const leads: readonly DemoLead[] = [
  {
    facts: lead("相城预制菜", "郑可", {
      kind: "company",
      needs: ["warehouse"],
      people: 6,
      about: "三款预制菜，想用云仓发货",
    }),
    ...{ source: "form", ago: 0 },
  },
  {
    facts: lead("濉溪数字农场", "汪洋", { kind: "team", needs: ["desk", "incubation"], people: 4 }),
    ...{ source: "form", ago: 3 },
  },
  {
    facts: lead("云上青团", "柳一川", { kind: "company", needs: ["desk"], contactPhone: "13956110021" }),
    ...{ source: "phone", ago: 5, move: { stage: "contacted" }, note: "下周定人数再约" },
  },
  {
    facts: lead("墨白设计", "顾墨", { kind: "team", needs: ["office"], people: 8, contactPhone: "13956110032" }),
    ...{ source: "referral", ago: 6, tour: [1, "14:00"] },
  },
  {
    facts: lead("临涣茶铺", "葛平", { kind: "company", needs: ["warehouse", "room"], contactPhone: "13956110043" }),
    ...{ source: "event", ago: 12, tour: [0, "23:30"], offer: "成长套餐，货位按实际天数，先签半年" },
  },
  {
    facts: lead("星港跨境", "陶然", { kind: "company", needs: ["office"], people: 15 }),
    ...{ source: "visit", ago: 20, move: { stage: "lost", reason: "size", note: "要两百平的独立办公室" } },
  },
  {
    facts: lead("石上清泉", "袁野", { kind: "team", needs: ["desk"], people: 3, contactPhone: "13956110054" }),
    ...{ source: "bureau", ago: 15, move: { stage: "contacted" }, won: true },
  },
];

/** Leads (线索) on the board, and the form by which they come. */
export async function addLeads(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const { now, today } = stage.frame;
  const scope = (name: string, when: string) => scopeAt(stage, space, name, earlier(when, now), staff(stage, "owner"));
  const form = scope("apply form", now);
  const intro = "面向淮北的电商、数字服务和文创团队。工位、会议室、云仓都在一处，两个工作日内答复。";
  await done(form, await changeApplySettings(form, { open: true, intro }, 0));
  for (const [index, { facts, source, ago, tour, move, offer, note, won }] of leads.entries()) {
    const came = at(plusDays(today, -ago), "10:20");
    const step = (name: string) => scope(`lead ${index} ${name}`, plusHour(came));
    const adding = scope(`lead ${index}`, came);
    let made: Stored<Lead> = await done(adding, await addLead(adding, facts, source));
    if (move) {
      const moving = step("move");
      made = await done(moving, await moveLead(moving, made.id, move, made.rev));
    }
    if (tour) {
      const touring = step("tour");
      const wish = { at: at(plusDays(today, tour[0]), tour[1]), minutes: 40 };
      made = await done(touring, await setTour(touring, made.id, wish, made.rev));
    }
    if (offer) {
      const offering = step("offer");
      made = await done(offering, await setOffer(offering, made.id, { text: offer, monthlyMinor: 60_000 }, made.rev));
    }
    if (note) {
      const noting = step("note");
      await done(noting, await noteLead(noting, made.id, note));
    }
    if (won) {
      const winning = step("won");
      await done(winning, await winLead(winning, made.id, {}));
    }
  }
}
const plusHour = (instant: string) => new Date(Date.parse(instant) + 3_600_000).toISOString();

/** Agreements (协议), one of which ends soon; a pack (预付包) that was sold; a company that is to leave. */
export async function addPapers(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const { now, today } = stage.frame;
  const scope = (name: string) => scopeAt(stage, space, name, now, staff(stage, "owner"));
  const papers: readonly [at: number, facts: AgreementFacts][] = [
    [
      0,
      {
        ...lease("201 办公室租约", "HT-2026-007"),
        ...{ from: plusDays(today, -50), until: plusDays(today, 75), resources: [await officeOf(stage, "201")] },
      },
    ],
    [1, { ...lease("二层工位租约", "HT-2025-031"), from: plusDays(today, -345), until: plusDays(today, 20) }],
    [
      2,
      {
        ...lease("孵化协议", "FH-2026-004"),
        kind: "incubation",
        from: plusDays(today, -40),
        until: plusDays(today, 690),
      },
    ],
  ];
  for (const [index, facts] of papers) {
    const company = companyId(stage, space, stage.companies[index]?.key ?? "");
    const [drafting, signing] = [scope(`agreement ${index}`), scope(`agreement ${index} signed`)];
    const { id } = await done(drafting, await draftAgreement(drafting, company, facts));
    await done(signing, await signAgreement(signing, company, id, facts.from));
  }
  const offering = scope("pack offer");
  const pack = { name: "会议室十小时", kind: "room-minutes", units: 600, priceMinor: 50_000, validDays: 180 } as const;
  await done(offering, await addPack(offering, pack));
  const selling = scope("pack sold");
  const buyer = companyId(stage, space, stage.companies[2]?.key ?? "");
  await done(selling, await sellPack(selling, buyer, { pack: madeBy(stage, space, "pack offer", "pck") }));
  const leaving = scope("exit");
  const gone = companyId(stage, space, stage.companies.at(-1)?.key ?? "");
  const exit = { on: plusDays(today, 12), reason: "outgrown", note: "搬到高新区" } as const;
  await done(leaving, await planExit(leaving, gone, exit));
}

const lease = (title: string, number: string) => ({
  ...{ kind: "lease" as const, title, number },
  ...{ resources: [], rentMinor: 180_000, depositMinor: 360_000, remindDays: [90, 30, 7] },
});
