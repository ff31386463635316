import type { RoleName } from "@yihao/identity/model";
import { dictionary, lang } from "./i18n.ts";

const words = dictionary({
  zh: {
    owner: "所有者",
    manager: "运营主管",
    frontdesk: "前台",
    warehouse: "仓库",
    finance: "财务",
    admin: "企业管理员",
    member: "企业成员",
  },
  en: {
    owner: "Owner",
    manager: "Manager",
    frontdesk: "Front desk",
    warehouse: "Warehouse",
    finance: "Finance",
    admin: "Company admin",
    member: "Company member",
  },
});

/** The names of all roles in the language of the screen. */
export const roleWords = words;

/** The names of roles, built-in and the space's own (自定义角色); an own one that is not among the names is left out. */
export function roleNames(roles: readonly string[], own: readonly RoleName[] = []): string[] {
  const builtIn: Readonly<Record<string, string>> = words();
  return roles.flatMap((role) => builtIn[role] ?? own.find((one) => one.role === role)?.name ?? []);
}

/** The same in one line. */
export const rolesText = (roles: readonly string[], own?: readonly RoleName[]) =>
  roleNames(roles, own).join(lang() === "en" ? ", " : "、");

/** That one of some roles is needed, in the middle of a sentence. */
export function neededRoles(roles: readonly string[]): string {
  const names = roleNames(roles);
  return lang() === "en" ? `the ${names.join(" or ")} role` : `${names.map((role) => `“${role}”`).join("或")}角色`;
}
