import { announce, readAnnouncement } from "@yihao/community/announcement-actions";
import { setCard } from "@yihao/community/card-actions";
import { register } from "@yihao/community/event-actions";
import { handOut, registerParcel } from "@yihao/community/parcel-actions";
import type { NewParcel } from "@yihao/community/parcel-model";
import { moveTicket, noteTicket, openTicket, replyTicket } from "@yihao/community/ticket-actions";
import type { NewTicket } from "@yihao/community/ticket-model";
import { plusDays } from "@yihao/kernel/days";
import type { Actor } from "@yihao/kernel/scope";
import { accountOf } from "./accounts.ts";
import type { DemoCompany } from "./catalogue.ts";
import { at } from "./plan-days.ts";
import { companyId, contactPerson, done, mainSpace, personOf, type Stage, scopeAt, staff } from "./stage.ts";

type Asked = {
  /** Which of the companies asks, and so many days ago at a time. */
  readonly of: number;
  readonly days: number;
  readonly time: string;
  readonly wish: Omit<NewTicket, "text" | "priority"> & Partial<NewTicket>;
  readonly answer?: string;
  readonly note?: string;
  readonly back?: string;
  readonly solved?: boolean;
};

const asked: readonly Asked[] = [
  {
    ...{ of: 0, days: 9, time: "09:20", solved: true, answer: "管道师傅已换接头，地毯明早更换。" },
    wish: { kind: "repair", title: "会议室 1 空调漏水", place: "二层 R1", priority: "urgent", text: "地毯湿了一片。" },
  },
  {
    ...{
      of: 1,
      days: 3,
      time: "14:05",
      answer: "电信说明天上午来，先用备用线路：YIHAO-5G。",
      back: "备用的可以用，谢谢。",
    },
    note: "主线路合同 12 月到期，趁这次谈提速。",
    wish: { kind: "network", title: "下午网络断断续续", place: "A 区" },
  },
  {
    ...{ of: 2, days: 1, time: "10:40" },
    wish: { kind: "access", title: "新同事的门禁卡刷不开", text: "工号 0231，昨天下午办的卡。" },
  },
  { ...{ of: 0, days: 1, time: "16:30" }, wish: { kind: "cleaning", title: "茶水间的垃圾没有清", priority: "low" } },
];

type Arrived = {
  readonly of: number;
  readonly days: number;
  readonly parcel: Omit<NewParcel, "company" | "kind">;
  readonly fetched?: string;
};
const arrived: readonly Arrived[] = [
  { of: 0, days: 8, parcel: { carrier: "sf", tracking: "SF1392250061173", shelf: "A-1" }, fetched: "高文博" },
  { of: 1, days: 5, parcel: { carrier: "zto", tracking: "75312008841920", shelf: "A-2" } },
  { of: 0, days: 1, parcel: { carrier: "jd", tracking: "JDVB01938820146", shelf: "A-1" } },
  { of: 2, days: 1, parcel: { carrier: "ems", tracking: "EZ220391846CN", shelf: "冷柜", note: "需冷藏" } },
];

const cards = [
  { about: "家居香氛，从配方、灌装到礼盒。", offers: ["香氛定制", "礼盒包装"], seeks: ["展会拼展"] },
  { about: "棉麻与陶瓷家居日用，小批量快返。", offers: ["打样", "小批量"], seeks: ["直播团队", "摄影"] },
  { about: "本地生鲜，社区团购与企业餐。", offers: ["团餐", "冷链配送"], seeks: ["包装设计"] },
];

function adminOf(stage: Stage, company: DemoCompany, index: number): Actor {
  const person = index === 0 ? personOf(stage, "admin") : contactPerson(stage, company.key);
  return { kind: "company", person, company: companyId(stage, mainSpace(stage), company.key), role: "admin" };
}

/** What the companies and the front desk had to do with each other lately: tickets, parcels, announcements, cards. */
export async function fillCommunity(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const { today } = stage.frame;
  const day = (days: number) => plusDays(today, -days);
  const desk = staff(stage, "owner");
  const owner = { name: accountOf("owner").name };
  const company = (index: number) => stage.companies[index];

  for (const [index, one] of asked.entries()) {
    const by = company(one.of);
    if (!by) continue;
    const scope = (name: string, time: string, actor: Actor) =>
      scopeAt(stage, space, `ticket ${index} ${name}`, at(day(one.days), time), actor);
    const admin = adminOf(stage, by, one.of);
    const who = { name: by.contact };
    const opening = scope("open", one.time, admin);
    const { id } = await done(opening, await openTicket(opening, who, { text: "", priority: "normal", ...one.wish }));
    if (one.note) {
      const noting = scope("note", "17:00", desk);
      await done(noting, await noteTicket(noting, owner, id, one.note));
    }
    if (!one.answer) continue;
    const replying = scope("reply", "17:10", desk);
    const replied = await done(replying, await replyTicket(replying, owner, id, { text: one.answer }));
    if (one.back) {
      const back = scope("back", "17:40", admin);
      await done(back, await replyTicket(back, who, id, { text: one.back }));
    }
    if (one.solved) {
      const solving = scope("solve", "18:00", desk);
      await done(solving, await moveTicket(solving, id, "solved", replied.rev));
    }
  }

  for (const [index, one] of arrived.entries()) {
    const of = company(one.of);
    if (!of) continue;
    const scope = (name: string, time: string) =>
      scopeAt(stage, space, `parcel ${index} ${name}`, at(day(one.days), time), desk);
    const arriving = scope("arrive", "11:15");
    const wish = { company: companyId(stage, space, of.key), kind: "parcel", ...one.parcel } as const;
    const { id } = await done(arriving, await registerParcel(arriving, owner, wish));
    if (!one.fetched) continue;
    const handing = scope("hand out", "17:20");
    await done(handing, await handOut(handing, owner, id, { signedBy: one.fetched }));
  }

  const told = [
    {
      title: "年末安全检查",
      text: "本周五下午逐区检查用电与消防通道。\n\n请把通道里的货物收回工位或云仓。",
      pinned: true,
    },
    { title: "二层打印机换新", text: "新机在茶水间旁，刷门禁卡取件，A4 黑白每月 200 张以内免费。", pinned: false },
  ];
  for (const [index, one] of told.entries()) {
    const announcing = scopeAt(stage, space, `announcement ${index}`, at(day(2), "09:00"), desk);
    const wish = { ...one, from: day(2), until: plusDays(today, 12), mail: false };
    const { id } = await done(announcing, await announce(announcing, owner, wish));
    const [first] = stage.companies;
    if (index !== 1 || !first) continue;
    const reading = scopeAt(stage, space, `announcement ${index} read`, at(day(1), "09:30"), adminOf(stage, first, 0));
    await done(reading, await readAnnouncement(reading, id));
  }

  const inviting = scopeAt(stage, space, "event", at(day(1), "09:10"), desk);
  const demoDay = plusDays(today, 5);
  const event = { from: at(demoDay, "14:00"), until: at(demoDay, "16:30"), place: "路演厅 R3", seats: 2 };
  const invited = {
    ...{ title: "冬季路演日", text: "六家企业各讲八分钟，投资人到场。\n\n讲的企业请提前一天交材料。", event },
    ...{ from: day(1), until: plusDays(demoDay, 1), pinned: false, mail: false },
  };
  const { id: open } = await done(inviting, await announce(inviting, owner, invited));
  for (const [index, of] of stage.companies.slice(0, 3).entries()) {
    const coming = scopeAt(stage, space, `event ${of.key}`, at(day(1), `1${index}:20`), adminOf(stage, of, index));
    await done(coming, await register(coming, open, { name: of.contact }));
  }

  for (const [index, { seeks, offers, about }] of cards.entries()) {
    const of = company(index);
    if (!of) continue;
    const publishing = scopeAt(stage, space, `card ${of.key}`, at(day(4), "10:00"), adminOf(stage, of, index));
    const contact = { contactName: of.contact, contactShown: index === 0 };
    const card = { about, industry: of.industry, offers, seeks, ...contact, published: true };
    await done(publishing, await setCard(publishing, companyId(stage, space, of.key), card, 0));
  }
}
