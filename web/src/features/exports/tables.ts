import type { BookingRowView } from "@yihao/booking/model";
import type { VisitorView } from "@yihao/booking/visitor-model";
import type { ParcelView } from "@yihao/community/parcel-model";
import type { TicketRow } from "@yihao/community/ticket-model";
import type { MemberViewSchema } from "@yihao/identity/model";
import { dayOf } from "@yihao/kernel/days";
import type { AgreementRow } from "@yihao/members/agreement-model";
import type { ImportColumn } from "@yihao/members/import-model";
import { importColumns } from "@yihao/members/import-model";
import type { LeadRowView } from "@yihao/members/lead-model";
import type { CompanyView } from "@yihao/members/model";
import { phaseOn } from "@yihao/members/subscription";
import type { z } from "zod";
import type { Cell } from "../../csv.ts";
import { clock } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { stateWords } from "./words.ts";

/** A column: its heading in both languages and what stands under it. */
type Member = z.infer<typeof MemberViewSchema>;
type Column<Row> = readonly [zh: string, en: string, cell: (row: Row) => Cell | undefined];
const yuan = (minor: number | undefined): Cell | undefined => (minor === undefined ? undefined : minor / 100);

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Cell[][] {
  const at = lang() === "en" ? 1 : 0;
  return [
    columns.map((column) => column[at]),
    ...rows.map((row) => columns.map(([, , cell]): Cell => cell(row) ?? "")),
  ];
}
const word = (code: string | undefined): string => (code === undefined ? "" : (stateWords()[code as never] ?? code));
const lastDay = (until: string | undefined): string => {
  if (!until) return "";
  const at = new Date(`${until}T00:00:00Z`);
  return new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10);
};

/** A heading of the import of companies, so that what is exported can be imported again. */
const imported = (name: ImportColumn, cell: (row: CompanyView) => Cell | undefined): Column<CompanyView> => {
  const known = importColumns[name];
  const en = known.find((text) => /^[a-z]/.test(text)) ?? known[0];
  return [known[0], en.charAt(0).toUpperCase() + en.slice(1), cell];
};

/** Companies with all that is known of them. The columns of an import come first and read back as they were. */
export const companyTable = (rows: readonly CompanyView[]): Cell[][] =>
  table(
    [
      imported("name", ({ name }) => name),
      imported("code", ({ code }) => code),
      imported("kind", ({ kind }) => word(kind)),
      imported("industry", ({ industry }) => industry),
      imported("contactName", ({ contactName }) => contactName),
      imported("contactPhone", ({ contactPhone }) => contactPhone),
      imported("contactEmail", ({ contactEmail }) => contactEmail),
      imported("address", ({ address }) => address),
      imported("legalPerson", ({ legalPerson }) => legalPerson),
      imported("registeredOn", ({ registeredOn }) => registeredOn),
      imported("since", ({ since }) => since),
      ["状态", "State", ({ state, suspended }) => word(suspended && state === "active" ? "suspended" : state)],
      ["入驻来源", "Came by", ({ entry }) => word(entry?.reason)],
      ["退驻日期", "Left on", ({ exit }) => exit?.on],
      [
        "其他联系人",
        "Other contacts",
        ({ contacts = [] }) =>
          contacts
            .map(({ name, role, phone, email }) => [name, word(role), phone, email].filter(Boolean).join(" "))
            .join("; "),
      ],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

/** The plans that companies have, and those that follow. */
export const subscriptionTable = (rows: readonly CompanyView[]): Cell[][] => {
  const all = rows.flatMap((company) =>
    [company.subscription, company.next].flatMap((plan) => (plan ? [{ company, plan }] : [])),
  );
  const today = dayOf(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  // A plan to come is told as it begins.
  const now = ({ plan }: (typeof all)[number]) => phaseOn(plan, plan.from > today ? plan.from : today).snapshot;
  return table(
    [
      ["企业名称", "Company name", ({ company }) => company.name],
      ["统一社会信用代码", "Credit code", ({ company }) => company.code],
      ["套餐", "Plan", (row) => now(row).name],
      ["月费", "Monthly price", (row) => yuan(now(row).monthlyMinor)],
      ["起始日", "From", ({ plan }) => plan.from],
      ["原起始日", "Began on", ({ plan }) => plan.since],
      ["合约到期日", "Bound until", ({ plan }) => lastDay(plan.termUntil)],
      ["最后一天", "Last day", ({ plan }) => lastDay(plan.until)],
      ["编号", "Id", ({ plan }) => plan.id],
    ],
    all,
  );
};

export const peopleTable = (rows: readonly Member[]): Cell[][] =>
  table(
    [
      ["姓名", "Name", ({ name }) => name],
      ["邮箱", "E-mail", ({ email }) => email],
      ["角色", "Roles", ({ roles }) => roles.map(word).join("; ")],
      ["企业", "Companies", ({ companies }) => companies.map(({ name }) => name).join("; ")],
      ["加入时间", "Joined", ({ joinedAt }) => joinedAt.slice(0, 10)],
      ["编号", "Id", ({ person }) => person],
    ],
    rows,
  );

export const agreementTable = (
  rows: readonly AgreementRow[],
  companies: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, string>,
): Cell[][] =>
  table(
    [
      ["企业名称", "Company name", ({ company }) => companies.get(company) ?? company],
      ["协议编号", "Agreement number", ({ number }) => number],
      ["标题", "Title", ({ title }) => title],
      ["类型", "Kind", ({ kind }) => word(kind)],
      ["房间工位", "Rooms and desks", ({ resources }) => resources.map((id) => places.get(id) ?? id).join("; ")],
      ["起租日", "First day", ({ from }) => from],
      ["到期日", "Last day", ({ until }) => lastDay(until)],
      ["月租金", "Monthly rent", ({ rentMinor }) => yuan(rentMinor)],
      ["状态", "State", ({ state }) => word(state)],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

export const leadTable = (rows: readonly LeadRowView[]): Cell[][] =>
  table(
    [
      ["名称", "Name", ({ name }) => name],
      ["类型", "Kind", ({ kind }) => word(kind)],
      ["阶段", "Stage", ({ stage }) => word(stage)],
      ["来源", "Source", ({ source }) => word(source)],
      ["联系人", "Contact", ({ contactName }) => contactName],
      ["人数", "People", ({ people }) => people],
      ["需要", "Needs", ({ needs = [] }) => needs.map(word).join("; ")],
      ["希望入驻", "Wants from", ({ wantsFrom }) => wantsFrom],
      ["负责人", "Keeper", ({ keeperName }) => keeperName],
      ["来的时间", "Came on", ({ at }) => at.slice(0, 10)],
      ["流失原因", "Lost by", ({ lost }) => word(lost?.reason)],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

export const bookingTable = (rows: readonly BookingRowView[]): Cell[][] =>
  table(
    [
      ["日期", "Day", ({ day }) => day],
      ["开始", "From", ({ from, zone }) => clock(from, zone)],
      ["结束", "Until", ({ until, zone }) => clock(until, zone)],
      ["地址", "Code", ({ code }) => code],
      ["资源", "Resource", ({ resourceName }) => resourceName],
      ["企业名称", "Company name", ({ companyName }) => companyName],
      ["预订人", "Booked by", ({ personName }) => personName],
      ["状态", "State", ({ state }) => word(state)],
      ["签到", "Checked in", ({ checkedInAt, zone }) => (checkedInAt ? clock(checkedInAt, zone) : undefined)],
      ["价格", "Price", ({ totalMinor }) => yuan(totalMinor)],
      ["用额度（分钟）", "Allowance (min)", ({ allowanceMinutes }) => allowanceMinutes],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

export const visitorTable = (rows: readonly VisitorView[]): Cell[][] =>
  table(
    [
      ["日期", "Day", ({ day }) => day],
      ["预计", "Expected", ({ at, zone }) => clock(at, zone)],
      ["访客", "Visitor", ({ guest }) => guest?.name],
      ["单位", "From company", ({ guest }) => guest?.from],
      ["地点", "Place", ({ place }) => place],
      ["访问企业", "Visits", ({ companyName }) => companyName],
      ["接待人", "Host", ({ hostName }) => hostName],
      ["状态", "State", ({ state }) => word(state)],
      ["到", "Arrived", ({ arrivedAt, zone }) => (arrivedAt ? clock(arrivedAt, zone) : undefined)],
      ["离开", "Left", ({ leftAt, zone }) => (leftAt ? clock(leftAt, zone) : undefined)],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

export const ticketTable = (rows: readonly TicketRow[]): Cell[][] =>
  table(
    [
      ["时间", "Opened", ({ at }) => at.slice(0, 16).replace("T", " ")],
      ["企业名称", "Company name", ({ companyName }) => companyName],
      ["类型", "Kind", ({ kind }) => word(kind)],
      ["标题", "Title", ({ title }) => title],
      ["地点", "Place", ({ place }) => place],
      ["紧急程度", "Priority", ({ priority }) => word(priority)],
      ["状态", "State", ({ state }) => word(state)],
      ["处理人", "Assignee", ({ assigneeName }) => assigneeName],
      ["回复数", "Replies", ({ replies }) => replies],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );

export const parcelTable = (rows: readonly ParcelView[]): Cell[][] =>
  table(
    [
      ["到达时间", "Arrived", ({ at }) => at.slice(0, 16).replace("T", " ")],
      ["企业名称", "Company name", ({ companyName }) => companyName],
      ["收件人", "For", ({ personName }) => personName],
      ["类型", "Kind", ({ kind }) => word(kind)],
      ["快递", "Carrier", ({ carrier }) => word(carrier)],
      ["运单号", "Waybill", ({ tracking }) => tracking],
      ["存放处", "Shelf", ({ shelf }) => shelf],
      ["状态", "State", ({ state }) => word(state)],
      ["取走时间", "Ended", ({ endedAt }) => endedAt?.slice(0, 16).replace("T", " ")],
      ["签收人", "Signed by", ({ signedBy }) => signedBy],
      ["编号", "Id", ({ id }) => id],
    ],
    rows,
  );
