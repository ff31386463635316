import { afterEach, expect, test } from "vitest";
import { setLang } from "./i18n.ts";
import { Problem } from "./problem.ts";
import { explain } from "./refusals.ts";
import "./rights.ts";

afterEach(() => setLang("zh-CN"));

const forbidden = (params: object) => explain(new Problem({ code: "auth.role", status: 403, params: { ...params } }));

test("who lacks a right reads which permission or role it needs and who grants it", () => {
  expect(forbidden({ staff: ["manager", "finance"], company: [] })).toBe(
    "需要“运营主管”或“财务”角色，找空间的所有者开通",
  );
  expect(forbidden({ staff: [], company: ["admin"] })).toBe("需要“企业管理员”角色，找空间的所有者开通");
  expect(forbidden({ staff: "any", company: "any" })).toBe("你的角色不能做这一步，找空间的所有者开通");
  // What a role of the space's own may be allowed is named as such: the built-in roles are not the only way to it.
  const right = { staff: ["manager", "finance"], company: ["admin"], right: "billing.read" };
  expect(forbidden(right)).toBe("需要“看账单和账目”权限（运营主管、财务有），找空间的所有者开通");
  setLang("en");
  expect(forbidden(right)).toBe(
    "Needs the permission “See bills and books”, as Manager and Finance have. Ask the space’s owner",
  );
  expect(forbidden({ staff: ["finance"], company: [] })).toBe("Needs the Finance role. Ask the space’s owner");
});
