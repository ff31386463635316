import type { AuditEntry, RoleName } from "@yihao/identity/model";
import type { Permission } from "@yihao/kernel/permissions";
import { dayCell, dayOf } from "../../format.ts";
import { dictionary, lang } from "../../i18n.ts";
import { roleNames } from "../../roles.ts";
import { rightsText } from "./roles-words.ts";

type Data = Readonly<Record<string, unknown>>;
type Said = readonly [zh: string, en: string];

/** Words of the page that shows who did what to the space, its people and its keys (操作记录). */
export const auditWords = dictionary({
  zh: {
    title: "操作记录",
    say: "谁在什么时候改了空间、人员、邀请和密钥",
    open: "操作记录",
    back: "回到人员",
    notRead: "操作记录没有读到",
    none: "还没有记录",
    older: "更早的记录",
    system: "系统",
    support: "平台支持",
    gone: "已经不在的人",
  },
  en: {
    title: "Audit trail",
    say: "Who changed the space, its people, invitations and keys, and when",
    open: "Audit trail",
    back: "Back to people",
    notRead: "The audit trail did not load",
    none: "Nothing yet",
    older: "Older entries",
    system: "System",
    support: "Platform support",
    gone: "Somebody who has left",
  },
});

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const names = (values: readonly string[]) => values.join(lang() === "en" ? ", " : "、");
/** Roles by their names; `—` where there are none. */
function rolesOf(value: unknown, own?: unknown): string {
  const roles = Array.isArray(value) ? roleNames(value, Array.isArray(own) ? (own as RoleName[]) : []) : [];
  return roles.length > 0 ? names(roles) : "—";
}
const part = (value: unknown): Data => (typeof value === "object" && value !== null ? (value as Data) : {});
const day = (value: unknown) => dayCell(dayOf(text(value), Intl.DateTimeFormat().resolvedOptions().timeZone));
/** For which company or roles somebody was invited. */
const whatFor = (data: Data) => (data.company ? text(part(data.company).name) : rolesOf(data.roles, data.own));

/** A role of the space's own with what it allows. */
const allowing = (data: Data) =>
  lang() === "en"
    ? `${text(data.name)} (${rightsText((data.rights ?? []) as Permission[])})`
    : `${text(data.name)}（${rightsText((data.rights ?? []) as Permission[])}）`;

const settings: Readonly<Record<string, Said>> = {
  name: ["名称", "name"],
  language: ["语言", "language"],
  zone: ["时区", "time zone"],
};
const changed = (data: Data) => names(Object.keys(data).map((key) => settings[key]?.[lang() === "en" ? 1 : 0] ?? key));

const said: Readonly<Record<string, (data: Data) => Said>> = {
  "space.created": (d) => [`创建空间 ${text(d.name)}`, `Space ${text(d.name)} founded`],
  "space.changed": (d) => [`改了空间的${changed(d)}`, `Changed the space: ${changed(d)}`],
  "brand.changed": (d) => [
    `改了品牌：${d.colour ? text(d.colour) : "系统的颜色"}，${d.logo ? "有标志" : "没有标志"}`,
    `Changed the brand: ${d.colour ? text(d.colour) : "the product's colour"}, ${d.logo ? "with a logo" : "without a logo"}`,
  ],
  "person.invited": (d) => [`邀请 ${text(d.email)}，${whatFor(d)}`, `Invited ${text(d.email)}: ${whatFor(d)}`],
  "invitation.resent": (d) => [`再次邀请 ${text(d.email)}`, `Invitation to ${text(d.email)} sent again`],
  "invitation.revoked": (d) => [`撤回给 ${text(d.email)} 的邀请`, `Invitation to ${text(d.email)} withdrawn`],
  "person.joined": (d) => [`${text(d.name)} 加入，${whatFor(d)}`, `${text(d.name)} joined: ${whatFor(d)}`],
  "person.roles-changed": (d) => [
    `${text(d.email)} 的角色：${rolesOf(d.before, d.own)} 改为 ${rolesOf(d.after, d.own)}`,
    `Roles of ${text(d.email)}: ${rolesOf(d.before, d.own)} became ${rolesOf(d.after, d.own)}`,
  ],
  "person.changed": (d) => {
    const [before, after] = [part(d.before), part(d.after)];
    const what = (one: Data) => `${text(one.name)} ${text(one.email)}`;
    return [`${what(before)} 改为 ${what(after)}`, `${what(before)} became ${what(after)}`];
  },
  "person.removed": (d) => [`移出 ${text(d.email)}`, `${text(d.email)} removed`],
  "person.merge-asked": (d) => [
    `开始把 ${text(d.name)}（${text(d.email)}）并入另一个账号`,
    `Merging ${text(d.name)} (${text(d.email)}) into another account began`,
  ],
  "person.merged": (d) => [
    `${text(d.name)}（${text(d.email)}）已并入另一个账号，角色 ${rolesOf(d.roles)} 一起带过去`,
    `${text(d.name)} (${text(d.email)}) was merged into another account, with the roles ${rolesOf(d.roles)}`,
  ],
  "role.made": (d) => [`新建角色 ${allowing(d)}`, `Role made: ${allowing(d)}`],
  "role.changed": (d) => {
    const [before, after] = [allowing(part(d.before)), allowing(part(d.after))];
    return [`角色 ${before} 改为 ${after}`, `Role ${before} became ${after}`];
  },
  "role.removed": (d) => [`删除角色 ${allowing(d)}`, `Role removed: ${allowing(d)}`],
  "key.made": (d) => [
    `建了${d.company ? "企业" : ""}密钥 ${text(d.name)}，${d.company ? "" : `${rolesOf(d.roles, d.own)}，`}${day(d.expiresAt)} 到期`,
    `${d.company ? "Company key" : "Key"} ${text(d.name)} made${d.company ? "" : `: ${rolesOf(d.roles, d.own)}`}, until ${day(d.expiresAt)}`,
  ],
  "key.rotated": (d) => [`密钥 ${text(d.name)} 换了新的`, `Key ${text(d.name)} rotated`],
  "key.revoked": (d) => [`停用密钥 ${text(d.name)}`, `Key ${text(d.name)} revoked`],
  "support.granted": (d) => [
    `允许平台支持查看 ${text(d.hours)} 小时：${text(d.reason)}`,
    `Platform support let in for ${text(d.hours)} h: ${text(d.reason)}`,
  ],
  "support.revoked": () => ["收回平台支持的查看权", "Platform support's leave taken back"],
  "hook.made": (d) => [
    `加了 Webhook ${text(d.name)}，${text(d.host)}`,
    `Webhook ${text(d.name)} added: ${text(d.host)}`,
  ],
  "hook.changed": (d) => [
    `改了 Webhook ${text(d.name)}，${text(d.host)}`,
    `Webhook ${text(d.name)} changed: ${text(d.host)}`,
  ],
  "hook.rotated": (d) => [`Webhook ${text(d.name)} 换了签名密钥`, `Signing secret of webhook ${text(d.name)} rotated`],
  "hook.paused": (d) => [`Webhook ${text(d.name)} 暂停`, `Webhook ${text(d.name)} paused`],
  "hook.resumed": (d) => [`Webhook ${text(d.name)} 恢复`, `Webhook ${text(d.name)} resumed`],
  "hook.deleted": (d) => [`删除 Webhook ${text(d.name)}`, `Webhook ${text(d.name)} deleted`],
};

/** The kinds of events that the page has a sentence for. */
export const auditTypes: readonly string[] = Object.keys(said);

/** What happened, in one line; an event that nobody has words for by its name. */
export function auditSaid({ type, data }: Pick<AuditEntry, "type" | "data">): string {
  return said[type]?.(data)[lang() === "en" ? 1 : 0] ?? type;
}
