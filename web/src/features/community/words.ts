import type { CommunityRefusal } from "@yihao/community/model";
import { dictionary } from "../../i18n.ts";
import { type LooseParams, registerRefusals } from "../../refusals.ts";
import { ticketWords } from "./ticket-words.ts";

/** Words that all of community's pages share. */
export const communityWords = dictionary({
  zh: {
    title: "社区",
    tickets: "求助",
    parcels: "快递",
    notices: "公告",
    directory: "名录",
    company: "企业",
    more: "再读一页",
    cancel: "放弃",
    save: "保存",
    loadLatest: "读最新的",
  },
  en: {
    title: "Hub",
    tickets: "Tickets",
    parcels: "Parcels",
    notices: "Notices",
    directory: "Directory",
    company: "Company",
    more: "Load more",
    cancel: "Discard",
    save: "Save",
    loadLatest: "Load the latest",
  },
});

const stateWord = (value: unknown) => {
  const states: Readonly<Record<string, string>> = { ...ticketWords().states };
  return states[String(value)] ?? String(value);
};

/** What became of a parcel that somebody else was quicker to. */
const goneWord = ({ state, signedBy }: LooseParams) => {
  if (state === "returned") return { zh: "这一件刚才已经移出待领", en: "This parcel was just taken off the list" };
  return signedBy
    ? { zh: `这一件刚才已由 ${String(signedBy)} 签收`, en: `${String(signedBy)} just signed for this parcel` }
    : { zh: "这一件刚才已凭取件码领走", en: "This parcel was just collected by its code" };
};

registerRefusals<CommunityRefusal>("community", {
  zh: {
    "ticket.move": (p) => `这件求助现在是“${stateWord(p.from)}”，不能改成“${stateWord(p.to)}”`,
    "ticket.closed": () => "这件求助已经关闭。要接着处理，先重新打开",
    "ticket.reopen-late": (p) => `关闭超过 ${String(p.days)} 天了，另开一件新的`,
    "ticket.assignee": () => "只能交给空间的工作人员",
    "parcel.known": (p) => `运单号 ${String(p.tracking)} 已经登记过，还没领走`,
    "parcel.person": () => "收件人不是这家企业的人",
    "parcel.photo": () => "照片没有传完，重新传一次",
    "parcel.gone": (p) => goneWord(p).zh,
    "parcel.code": () => "取件码不对，没有交出。请对方再报一次，或改为签收",
    "announcement.days": () => "这些日期里没有一天会显示：开始要早于结束，结束不能已经过去",
    "event.times": () => "活动结束要晚于开始",
    "event.begun": () => "活动已经开始，报名截止了",
    "announcement.audience": () => "选的企业里有一家不在这个空间，重新选",
  },
  en: {
    "ticket.move": (p) => `This ticket is “${stateWord(p.from)}” now and cannot become “${stateWord(p.to)}”`,
    "ticket.closed": () => "This ticket is closed. Reopen it to go on",
    "ticket.reopen-late": (p) => `It was closed more than ${String(p.days)} days ago. Open a new one`,
    "ticket.assignee": () => "Only staff of the space can take a ticket",
    "parcel.known": (p) => `Waybill ${String(p.tracking)} is registered and still waits`,
    "parcel.person": () => "This person does not belong to the company",
    "parcel.photo": () => "The picture did not come through. Upload it again",
    "parcel.gone": (p) => goneWord(p).en,
    "parcel.code": () => "Wrong code, nothing was handed out. Ask again, or let them sign",
    "announcement.days": () => "It would never be shown: it must start before it ends, and end after today",
    "event.times": () => "The event must end after it begins",
    "event.begun": () => "The event has begun: registration is closed",
    "announcement.audience": () => "One of these companies is not in this space. Choose again",
  },
});
