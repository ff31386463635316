import { holdersOf, type Permission, permissionNames } from "@yihao/kernel/permissions";
import type { StaffRole } from "@yihao/kernel/roles";
import { dictionary, lang } from "./i18n.ts";
import { nameRights } from "./refusals.ts";
import { neededRoles, roleNames } from "./roles.ts";

/** The names of what a role may be allowed. */
export const rightWords = dictionary({
  zh: {
    "space.settings": "空间设置和品牌",
    "space.audit": "看操作记录",
    "people.read": "看人员名单",
    "booking.desk": "预订、签到和培训",
    "booking.approve": "批准预订申请",
    "booking.visitors": "访客接待",
    "booking.sites": "场地、资源和平面图",
    "members.companies": "企业资料和文件",
    "members.leads": "线索跟进",
    "members.apply": "入驻申请表",
    "members.agreements": "协议",
    "members.plans": "套餐和额度包",
    "members.exit": "退租和清除资料",
    "community.tickets": "工单",
    "community.parcels": "快递",
    "community.news": "公告",
    "warehouse.work": "收货、拣货、盘点等作业",
    "warehouse.manage": "仓库设置和盘点审批",
    "billing.read": "看账单和账目",
    "billing.issue": "出账单、发起付款",
    "billing.approve": "审批退款和减免",
    "billing.keep": "收款、减免、开票和催款",
    "billing.tariffs": "用量费率",
    "billing.desk": "前台收日票",
    "pricing.manage": "价格和套餐",
    "insight.figures": "收入和经营数据",
  } satisfies Record<Permission, string>,
  en: {
    "space.settings": "Space settings and brand",
    "space.audit": "See the audit trail",
    "people.read": "See the people",
    "booking.desk": "Bookings, check-in, training",
    "booking.approve": "Approve booking requests",
    "booking.visitors": "Receive visitors",
    "booking.sites": "Sites, resources, floor plans",
    "members.companies": "Company details and files",
    "members.leads": "Leads",
    "members.apply": "Application form",
    "members.agreements": "Agreements",
    "members.plans": "Plans and credit packs",
    "members.exit": "Exits and erasure",
    "community.tickets": "Tickets",
    "community.parcels": "Parcels",
    "community.news": "Announcements",
    "warehouse.work": "Receiving, picking, counting",
    "warehouse.manage": "Warehouse settings, approving counts",
    "billing.read": "See bills and books",
    "billing.issue": "Issue bills, start payments",
    "billing.approve": "Approve refunds and reductions",
    "billing.keep": "Payments, reductions, invoices, dunning",
    "billing.tariffs": "Usage tariffs",
    "billing.desk": "Day passes at the desk",
    "pricing.manage": "Prices and plans",
    "insight.figures": "Revenue and figures",
  } satisfies Record<Permission, string>,
});

/** What somebody needs for something: a permission, or one of the built-in roles where no role of the space's own can be allowed it. Owners always have it. */
export type Needs = Permission | readonly StaffRole[];

/** Says what is needed, and of a permission which built-in roles have it, in the middle of a sentence. */
export function neededText(needs: Permission | readonly string[]): string {
  if (typeof needs !== "string") return neededRoles(needs);
  const holders = roleNames(holdersOf(needs));
  return lang() === "en"
    ? `the permission “${rightWords()[needs]}”, as ${holders.join(" and ")} have`
    : `“${rightWords()[needs]}”权限（${holders.join("、")}有）`;
}

// Pages before a space do without the names; inside one, refusals say them.
nameRights((right) => {
  const known = permissionNames.find((one) => one === right);
  return known && neededText(known);
});
