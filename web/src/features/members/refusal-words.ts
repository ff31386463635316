import type { MembersRefusal } from "@yihao/members/model";
import type { PricingRefusal } from "@yihao/pricing/model";
import { dictionary } from "../../i18n.ts";
import { registerRefusals } from "../../refusals.ts";

/** Codes that stand in parameters of refusals: kinds of credits, items of an exit list. */
const codes = dictionary({
  zh: {
    kinds: { "room-minutes": "会议室分钟", "desk-days": "工位天", "guest-passes": "访客次", "bin-days": "货位天" },
    items: {
      goods: "库存",
      debts: "欠款",
      deposit: "押金与预收",
      agreements: "协议",
      plan: "套餐",
      keys: "钥匙",
      access: "门禁卡",
      equipment: "借用的设备",
      address: "注册地址",
    },
    separator: "、",
  },
  en: {
    kinds: {
      "room-minutes": "room minutes",
      "desk-days": "desk days",
      "guest-passes": "guest passes",
      "bin-days": "bin days",
    },
    items: {
      goods: "goods",
      debts: "debts",
      deposit: "deposit and credit",
      agreements: "agreements",
      plan: "plan",
      keys: "keys",
      access: "door cards",
      equipment: "equipment",
      address: "registered address",
    },
    separator: ", ",
  },
});
const named = (words: Readonly<Record<string, string>>, code: unknown) => words[String(code)] ?? String(code);
const list = (words: Readonly<Record<string, string>>, all: unknown) =>
  (Array.isArray(all) ? all : []).map((code) => named(words, code)).join(codes().separator);
const megabytes = (bytes: unknown) => Math.round(Number(bytes) / 1024 / 1024);
/** The last day before a day that is the first one without. */
const lastDay = (until: unknown) =>
  typeof until === "string" ? new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10) : "";

const text = (value: unknown) => String(value ?? "");

registerRefusals<MembersRefusal>("members", {
  zh: {
    "company.code-invalid": (p) =>
      p.rule === "length"
        ? `信用代码是 18 位，现在 ${text(p.length)} 位`
        : `信用代码第 ${text(p.position)} 位不对（${text(p.found)}）${p.fix ? `，是不是 ${text(p.fix)}` : ""}`,
    "company.code-missing": () => "团队转为企业要填统一社会信用代码",
    "company.entry-day": (p) => `入驻日不能晚于今天（${text(p.latest)}）`,
    "company.prices-meet": (p) => `“${text(p.name)}”和同类的另一个价格日子重叠，或者结束早于开始`,
    "company.code-taken": (p) => `信用代码 ${text(p.code)} 已经有一家企业在用`,
    "company.name-taken": (p) => `“${text(p.name)}”已经有了，换个名称或打开那一家`,
    "lead.won": () => "这条线索已经转成企业",
    "lead.erased": () => "这条线索的个人信息已经按期删除，只能看",
    "lead.keeper": () => "负责人要是空间的工作人员",
    "lead.tour-missing": () => "先定看场地的时间，再移到“看场地”",
    "lead.tour-past": () => "看场地的时间要在现在之后",
    "application.too-many": (p) => `申请太频繁，${text(p.minutes)} 分钟后再试，或直接打电话`,
    "company.not-left": () => "这家企业还在驻，没有离开",
    "company.erased": () => "这家企业的人员资料已经删除，要入驻就新添一家",
    "subscription.ended": (p) => `这个套餐到 ${text(p.until)} 为止，先续约再改`,
    "subscription.paused": (p) => `和 ${text(p.from)} 起的暂停重叠${p.until ? `（到 ${text(p.until)}）` : ""}`,
    "subscription.not-paused": () => "这个套餐没有暂停",
    "subscription.noticed": (p) => `已经提过退租，到 ${text(p.until)} 为止`,
    "subscription.no-notice": () => "没有可以撤回的退租通知",
    "subscription.notice-day": (p) => `按租期和提前通知，最早 ${text(p.earliest)} 起不再有`,
    "subscription.parts": (p) => `改动太多，最多 ${text(p.most)} 次。结束它，再开一个`,
    "credit.short": (p) => `${named(codes().kinds, p.kind)}只剩 ${text(p.left)}，不够`,
    "agreement.days": () => "到期日要晚于起始日",
    "agreement.number-taken": (p) => `编号 ${text(p.number)} 已经有一份协议在用`,
    "agreement.let": (p) =>
      `有一处房间 ${text(p.from)} 起已经由另一份协议租出${p.until ? `，到 ${lastDay(p.until)}` : ""}`,
    "agreement.signed": () =>
      "已签的协议只能改标题、编号、提醒和备注。要改租金、免租或押金，用“变更”；改期限，续签或终止",
    "agreement.ended": () => "这份协议已经结束",
    "agreement.over": (p) => `这份协议 ${lastDay(p.until)} 就到期了，先改到期日`,
    "agreement.not-draft": () => "只有草稿可以签订或删除",
    "agreement.not-running": () => "只有在履行的协议可以续签或终止",
    "agreement.endless": () => "没有到期日的协议不用续签",
    "agreement.renew-day": (p) => `新的到期日要晚于 ${lastDay(p.earliest)}`,
    "agreement.end-day": (p) =>
      p.latest ? `终止日要在 ${text(p.earliest)} 到 ${lastDay(p.latest)} 之间` : `终止日不能早于 ${text(p.earliest)}`,
    "agreement.amend-day": (p) =>
      p.latest ? `变更从 ${text(p.earliest)} 到 ${text(p.latest)} 之间的一天起` : `变更不能早于 ${text(p.earliest)}`,
    "agreement.rent-missing": () => "先填月租，再填免租期或租金递增",
    "agreement.rent-free": (p) => `免租期 ${text(p.from)} – ${lastDay(p.until)} 要在协议期内，不能和另一段重叠。改日期`,
    "agreement.rent-step": (p) => `租金递增的日期 ${text(p.from)} 要在协议期内，晚于起始日，按先后排列。改日期`,
    "agreement.terms": (p) => `一份协议最多续 ${text(p.most)} 次，另签一份`,
    "document.empty": () => "这个文件是空的",
    "document.too-large": (p) => `文件超过 ${megabytes(p.most)} MB，压缩后再传`,
    "document.type": (p) => `不接受这种文件。可以传 ${list({}, p.types)}`,
    "document.too-many": (p) => `一家企业最多 ${text(p.most)} 个文件，先删掉不用的`,
    "document.not-there": () => "文件没有传完，再传一次",
    "document.mismatch": (p) => `“${text(p.name)}”的内容和它的类型不符，没有收下`,
    "exit.planned": (p) => `已经在办退驻，日期 ${text(p.on)}`,
    "exit.day": (p) => `退驻日要在 ${text(p.earliest)} 到 ${text(p.latest)} 之间`,
    "exit.early": (p) => `退驻日是 ${text(p.on)}，到那天才能办完`,
    "exit.open-items": (p) => `清单还有没结的：${list(codes().items, p.items)}`,
    "exit.reads-itself": (p) => `“${named(codes().items, p.item)}”由系统核对，不能手工勾。确实要放行，写明原因豁免`,
    "exit.why": () => "豁免要写明原因",
    "company.left": () => "这家企业已经离开，先办重新入驻",
    "company.guest": () => "这是一位散客，没有套餐、合同和退驻",
    "company.merged": () => "这家已经并入另一家企业，到那一家办理",
    "subscription.running": (p) =>
      `“${text(p.plan)}”还在用${p.until ? `，到 ${text(p.until)} 为止` : ""}，先结束它再开通`,
    "subscription.none": () => "这家企业没有在用的套餐",
    "subscription.day": (p) => `日期要在 ${text(p.earliest)} 到 ${text(p.latest)} 之间`,
    "pack.taken": (p) => `凭证 ${text(p.number)} 的预付包已经接管过`,
    "pack.over": () => "这个预付包已经到期",
    "import.heading": (p) =>
      p.garbled
        ? "文件的文字读成了乱码。在表格软件里另存为 CSV UTF-8 再试"
        : `没有找到“${text(p.wanted)}”这一列。第一行要是表头，可以下载模板对照`,
    "import.csv": (p) => `第 ${text(p.line)} 行附近的引号不成对，表格读不下去`,
    "import.empty": () => "表头下面没有内容",
    "import.too-many": (p) => `一次最多 ${text(p.most)} 行，这里有 ${text(p.rows)} 行，分几次导入`,
    "import.faults": (p) => `有 ${text(p.rows)} 行要改，一家也没有导入`,
    "import.expired": () => "这次导入放得太久，已经作废，一家也没有导入。重新检查后再导入",
  },
  en: {
    "company.code-invalid": (p) =>
      p.rule === "length"
        ? `The code has 18 characters; this has ${text(p.length)}`
        : `Position ${text(p.position)} of the code is wrong (${text(p.found)})${p.fix ? `. Is it ${text(p.fix)}?` : ""}`,
    "company.code-missing": () => "A team becomes a company under its credit code. Enter it",
    "company.entry-day": (p) => `The entry day cannot be later than today (${text(p.latest)})`,
    "company.prices-meet": (p) => `“${text(p.name)}” meets another price of its kind, or ends before it begins`,
    "company.code-taken": (p) => `Another company already has the code ${text(p.code)}`,
    "company.name-taken": (p) => `“${text(p.name)}” exists already. Use another name or open that one`,
    "lead.won": () => "This lead has become a company",
    "lead.erased": () => "What this lead said of people was erased on time; it can only be read",
    "lead.keeper": () => "Whoever looks after it must be staff of the space",
    "lead.tour-missing": () => "Set the time of the visit first, then move it",
    "lead.tour-past": () => "A visit lies in the future",
    "application.too-many": (p) => `Too many applications. Try again in ${text(p.minutes)} min, or call us`,
    "company.not-left": () => "This company has not left",
    "company.erased": () => "What was known of its people was erased. Add it anew instead",
    "subscription.ended": (p) => `This plan ends on ${text(p.until)}. Renew it first`,
    "subscription.paused": (p) => `It meets the pause from ${text(p.from)}${p.until ? ` until ${text(p.until)}` : ""}`,
    "subscription.not-paused": () => "This plan does not rest",
    "subscription.noticed": (p) => `Notice was given already, until ${text(p.until)}`,
    "subscription.no-notice": () => "There is no notice to take back",
    "subscription.notice-day": (p) => `By term and notice, ${text(p.earliest)} is the first day without it`,
    "subscription.parts": (p) => `Too many changes; at most ${text(p.most)}. End it and start another`,
    "credit.short": (p) => `Only ${text(p.left)} ${named(codes().kinds, p.kind)} left`,
    "agreement.days": () => "It must end after it begins",
    "agreement.number-taken": (p) => `Another agreement has the number ${text(p.number)}`,
    "agreement.let": (p) =>
      `A room is let by another agreement from ${text(p.from)}${p.until ? ` until ${lastDay(p.until)}` : ""}`,
    "agreement.signed": () => "Of a signed agreement only title, number, reminders and note change. Renew or end it",
    "agreement.ended": () => "This agreement is over",
    "agreement.over": (p) => `Its last day would be ${lastDay(p.until)}, which is past. Change it first`,
    "agreement.not-draft": () => "Only a draft can be signed or dropped",
    "agreement.not-running": () => "Only a running agreement can be renewed or ended",
    "agreement.endless": () => "An agreement without an end needs no renewal",
    "agreement.renew-day": (p) => `The new last day must be after ${lastDay(p.earliest)}`,
    "agreement.end-day": (p) =>
      p.latest
        ? `It ends between ${text(p.earliest)} and ${lastDay(p.latest)}`
        : `It cannot end before ${text(p.earliest)}`,
    "agreement.amend-day": (p) =>
      p.latest ? `Choose a day from ${text(p.earliest)} to ${text(p.latest)}` : `Not before ${text(p.earliest)}`,
    "agreement.rent-missing": () => "Enter the rent before days without it or steps",
    "agreement.rent-free": (p) =>
      `Days without rent, ${text(p.from)} – ${lastDay(p.until)}, must lie within the agreement and not meet others. Change the days`,
    "agreement.rent-step": (p) =>
      `The step on ${text(p.from)} must lie within the agreement, after its first day, and in order. Change the day`,
    "agreement.terms": (p) => `At most ${text(p.most)} renewals; make a new agreement`,
    "document.empty": () => "This file is empty",
    "document.too-large": (p) => `The file is over ${megabytes(p.most)} MB. Compress it first`,
    "document.type": (p) => `This kind of file is not accepted. Accepted: ${list({}, p.types)}`,
    "document.too-many": (p) => `At most ${text(p.most)} files for a company. Remove some first`,
    "document.not-there": () => "The file did not arrive whole. Upload it again",
    "document.mismatch": (p) => `What “${text(p.name)}” holds is not what its name says, so it was not taken`,
    "exit.planned": (p) => `It is leaving already, on ${text(p.on)}`,
    "exit.day": (p) => `The day must lie between ${text(p.earliest)} and ${text(p.latest)}`,
    "exit.early": (p) => `It leaves on ${text(p.on)}; finish it then`,
    "exit.open-items": (p) => `Still open: ${list(codes().items, p.items)}`,
    "exit.reads-itself": (p) =>
      `The system checks ${named(codes().items, p.item)} itself. To let it pass, waive it with a reason`,
    "exit.why": () => "Say why it is waived",
    "company.guest": () => "This is a guest, who has no plan, agreement or exit",
    "company.merged": () => "This company was merged into another. Continue there",
    "company.left": () => "This company has left. Take it in again first",
    "subscription.running": (p) =>
      `“${text(p.plan)}” still runs${p.until ? ` until ${text(p.until)}` : ""}. End it first`,
    "subscription.none": () => "This company has no running plan",
    "subscription.day": (p) => `The day must lie between ${text(p.earliest)} and ${text(p.latest)}`,
    "pack.taken": (p) => `The pack of receipt ${text(p.number)} was taken over before`,
    "pack.over": () => "This pack is over",
    "import.heading": (p) =>
      p.garbled
        ? "The file’s text is garbled. Save it as CSV UTF-8 and try again"
        : `No column “${text(p.wanted)}” or “name”. The first row must be headings; compare with the template`,
    "import.csv": (p) => `Quotes do not match near line ${text(p.line)}, so the table cannot be read`,
    "import.empty": () => "There is nothing under the headings",
    "import.too-many": (p) => `${text(p.rows)} rows; at most ${text(p.most)} at once. Import in parts`,
    "import.faults": (p) => `${text(p.rows)} rows need fixing; nothing was imported`,
    "import.expired": () => "This import was left too long and dropped; nothing was imported. Check it again",
  },
});

registerRefusals<PricingRefusal>("pricing", {
  zh: {
    "rate-card.missing": () => "还没有价目，先到设置里填好价格",
    "rate-card.days": () => "这份价格的结束日要晚于生效日",
    "rate-card.overlap": (p) => `${text(p.from)} 起的价格和另一份的日子重叠，先改其中一份的日子`,
    "rate-card.begun": () => "新价格最早从明天起生效；已经生效的只能改到哪天为止，而且要在今天以后",
    "plan.retired": (p) => `“${text(p.name)}”已经停售，选别的套餐`,
    "pack.retired": (p) => `“${text(p.name)}”已经停售`,
    "pack.name-taken": (p) => `已经有叫“${text(p.name)}”的预付包`,
    "plan.name-taken": (p) => `已经有叫“${text(p.name)}”的套餐`,
    "tariff.overlap": (p) => `这些月份已有价目“${text(p.name)}”，先结束它或改月份`,
    "tariff.begun": () => "价目只能从下个月起生效或结束，已经开始的月份不能改价",
  },
  en: {
    "rate-card.missing": () => "No prices yet. Set the rate card first",
    "rate-card.days": () => "These prices must end after the day on which they begin",
    "rate-card.overlap": (p) => `Prices from ${text(p.from)} meet the days of others. Change the days of one of them`,
    "rate-card.begun": () =>
      "New prices begin tomorrow at the earliest. Of those that hold already only the end may change, to a day after today",
    "plan.retired": (p) => `“${text(p.name)}” is no longer offered. Choose another plan`,
    "pack.retired": (p) => `“${text(p.name)}” is no longer sold`,
    "pack.name-taken": (p) => `There is already a pack called “${text(p.name)}”`,
    "plan.name-taken": (p) => `There is already a plan called “${text(p.name)}”`,
    "tariff.overlap": (p) => `“${text(p.name)}” holds in these months already. End it first or choose other months`,
    "tariff.begun": () => "A tariff begins or ends from next month on; months that have begun keep their prices",
  },
});
