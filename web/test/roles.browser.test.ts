import { expect, test } from "vitest";
import { joins, makeSpace } from "./made-space.ts";
import { ask, field, fine, phone, press, useProduct } from "./running-product.ts";

/** What somebody sees of a space with a role that the space tailored for itself, and when it is taken away. */
const running = useProduct();

test("a tailored role opens what it allows and nothing else, and what is taken from it is gone from the open page at once", async () => {
  const owner = await running.signIn(running.email("owner"), "周敏");
  const space = await makeSpace(running, owner, { rooms: 1 });
  const at = (path: string) => `/s/${space.id}/${path}`;
  const page = await running.visit(at("people/roles"), { as: owner });
  await page.getByText("还没有自定义角色").waitFor();
  await fine(page, "roles-empty");
  await press(page, "新建角色");
  await press(page, "保存");
  await page.getByText("至少勾选一项").first().waitFor();
  await field(page, "名称").fill("出纳");
  for (const right of ["看账单和账目", "访客接待"]) await page.getByRole("checkbox", { name: right }).check();
  await fine(page, "roles-drawer");
  await press(page, "保存");
  await page.getByText("角色 出纳 已建好").waitFor();
  await page.getByRole("cell", { name: "出纳" }).click();
  await fine(page, "roles-one");
  const { items } = await ask<{ items: { id: string; rev: number }[] }>(owner, "GET", `${space.api}/roles`);
  const role = items[0];
  if (!role) throw new Error("no role");

  const clerk = await joins(running, owner, space, "林晓", { roles: [role.id] });
  const desk = await running.visit(at("billing"), { as: clerk });
  await desk.getByRole("heading", { name: "账单", exact: true }).first().waitFor();
  const rail = desk.getByRole("navigation", { name: "主导航" });
  expect(await rail.getByRole("link").allInnerTexts()).toEqual([
    "",
    "今日",
    "预订",
    "云仓",
    "成员",
    "社区",
    "账单",
    "设置",
  ]);
  await fine(desk, "roles-clerk-billing");
  await desk.goto(at("visitors"));
  await desk.getByRole("heading", { name: "访客" }).first().waitFor();
  for (const [path, needed] of [
    ["people", "“看人员名单”权限（运营主管、前台、财务有）"],
    ["settings/rates", "“价格和套餐”权限（运营主管有）"],
    ["settings/keys", "“所有者”角色"],
  ] as const) {
    await desk.goto(at(path));
    await desk.getByText(`需要${needed}`).waitFor();
  }
  await fine(desk, "roles-clerk-closed");
  await desk.goto(at("settings"));
  await desk.getByRole("link", { name: /收款账户与账期/ }).waitFor();
  expect(await desk.getByRole("link", { name: /密钥|Webhook|人员|门口屏/ }).count()).toBe(0);
  await fine(desk, "roles-clerk-settings");
  await desk.goto(at("bookings"));
  await desk.getByRole("link", { name: "访客" }).waitFor();
  expect(await desk.getByRole("button", { name: "新建预订" }).count()).toBe(0);
  await fine(desk, "roles-clerk-bookings");

  await desk.goto(at("billing"));
  await desk.getByRole("heading", { name: "账单", exact: true }).first().waitFor();
  const wish = { name: "出纳", rights: ["booking.visitors"] };
  await ask(owner, "PUT", `${space.api}/roles/${role.id}`, wish, { "if-match": `"${role.rev}"` });
  await desk.getByText("你的角色看不到这一页").waitFor();
  await rail.getByRole("link", { name: "账单" }).waitFor({ state: "detached" });
  const closed = await running.visit(at("billing/bank"), { as: clerk, lang: "en", theme: "dark", ...phone });
  await closed.getByText("It needs the permission “See bills and books”, as Manager and Finance have").waitFor();
  await fine(closed, "roles-closed-en-dark-phone");

  await page.goto(at("people"));
  await page.getByRole("cell", { name: "林晓" }).click();
  await fine(page, "roles-person");
});
