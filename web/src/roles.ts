import { dictionary } from "./i18n.ts";

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
