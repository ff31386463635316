import { readFile } from "node:fs/promises";
import { totpOf } from "@yihao/testing/totp";
import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import { platformOwner } from "./global-product.ts";
import { joins, makeCompany, makeSpace } from "./made-space.ts";
import { ask, codeInto, field, fine, password, patience, phone, press, useProduct } from "./running-product.ts";

/** What guards an account and a space's programs: authenticator app, recovery codes, passkeys, devices, API keys. */
const running = useProduct();
/** Passkeys are bound to a host name, which `127.0.0.1` is not. */
const home = running.url.replace("127.0.0.1", "localhost");

/** A space of the person at a page, under the host name that the page was opened by. */
const foundSpace = (page: Page) =>
  ask(page, "POST", `${home}/api/v1/me/spaces`, {
    name: "淮海壹号众创空间",
    language: "zh-CN",
    currency: "CNY",
    zone: "Asia/Shanghai",
  });

/** An authenticator inside the browser that says yes to whatever it is asked, as a finger on the sensor does. */
async function authenticator(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

async function signOut(page: Page, space: string): Promise<void> {
  await page.goto(`${home}/s/${space}/today`);
  await page.getByRole("button", { name: /周敏/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.waitForURL("**/sign-in");
}

async function byPassword(page: Page, email: string): Promise<void> {
  await page.goto(`${home}/sign-in`);
  await page.getByRole("tab", { name: "密码" }).click();
  await field(page, "邮箱").fill(email);
  await field(page, "密码").fill(password);
  await press(page, "登录");
  await page.getByRole("heading", { name: "第二步验证" }).waitFor();
}

test("an account is guarded by an authenticator app, recovery codes and a passkey, and each of them signs in", async () => {
  const email = running.email("zhou");
  const page = await running.visit(`${home}/sign-up`);
  await field(page, "姓名").fill("周敏");
  await field(page, "邮箱").fill(email);
  await codeInto(running, page, email);
  await field(page, "密码").fill(password);
  await press(page, "注册并继续");
  await page.waitForURL("**/setup");
  const { id: space } = await foundSpace(page);
  await page.goto(`${home}/s/${space}/today`);
  await page.getByRole("button", { name: /周敏/ }).click();
  await page.getByRole("menuitem", { name: "登录与安全" }).click();
  await page.waitForURL("**/account");
  await page.getByText("还没有通行密钥").waitFor();
  await fine(page, "account-empty");

  const device = await authenticator(page);
  await press(page, "添加通行密钥");
  await field(page, /起个名字/).fill("前台电脑");
  await fine(page, "account-passkey");
  await press(page, "添加");
  await page.getByRole("cell", { name: "前台电脑", exact: true }).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await device.cdp.send("WebAuthn.getCredentials", { authenticatorId: device.id })).credentials).toHaveLength(
    1,
  );

  await press(page, "开启验证器");
  await field(page, "你的密码").fill("not-the-one-22");
  await press(page, "下一步");
  await page.getByText("邮箱或密码不对").waitFor();
  await field(page, "你的密码").fill(password);
  await press(page, "下一步");
  await page.getByRole("img", { name: "验证器二维码" }).waitFor();
  const address = (await page.locator('a[href^="otpauth:"]').getAttribute("href")) ?? "";
  await fine(page, "account-scan");
  await field(page, /应用上显示/).fill("000000");
  await press(page, "确认并开启");
  await page.getByText("这个码不对").waitFor();
  await field(page, /应用上显示/).fill(totpOf(address, Date.now()));
  await press(page, "确认并开启");
  await page.getByText("收好这些恢复码").waitFor();
  const codes = await page.getByRole("list", { name: "恢复码" }).getByRole("listitem").allTextContents();
  expect(new Set(codes).size).toBe(10);
  await fine(page, "account-codes");
  const saved = page.waitForEvent("download");
  await press(page, "下载");
  const text = await readFile(await (await saved).path(), "utf8");
  for (const code of codes) expect(text).toContain(code);
  await press(page, "已收好");
  await page.getByText("还剩 10 个").waitFor();
  expect(await page.content()).not.toContain(codes[0] ?? "?");

  await signOut(page, space);
  await press(page, "用通行密钥登录");
  await page.waitForURL(`**/s/${space}/today`);

  await signOut(page, space);
  await byPassword(page, email);
  await fine(page, "sign-in-second");
  await field(page, "验证器上的 6 位数字").fill("000000");
  await press(page, "登录");
  await page.getByText("这个码不对").waitFor();
  await field(page, "验证器上的 6 位数字").fill(totpOf(address, Date.now(), 1));
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/s/${space}/today`);

  for (const [nth, opens] of [
    [0, true],
    [0, false],
    [1, true],
  ] as const) {
    await signOut(page, space);
    await byPassword(page, email);
    await press(page, "手机不在身边，用恢复码");
    await field(page, "恢复码").fill(codes[nth] ?? "");
    await press(page, "登录");
    if (opens) await page.waitForURL(`**/s/${space}/today`);
    else {
      await page.getByText("这个恢复码不对，或者已经用过").waitFor();
      await field(page, "恢复码").fill(codes[2] ?? "");
      await press(page, "登录");
      await page.waitForURL(`**/s/${space}/today`);
    }
  }
  await page.goto(`${home}/account`);
  await page.getByText("还剩 7 个").waitFor();
  await page.getByRole("button", { name: "移除通行密钥 前台电脑" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "移除" }).click();
  await page.getByText("还没有通行密钥").waitFor();
  await signOut(page, space);
  await press(page, "用通行密钥登录");
  await page.getByText("这个通行密钥不属于任何账号").waitFor();
});

test("a device signed out elsewhere is shown the door at its next step; a change long after the sign-in asks who it is first", async () => {
  const here = await running.visit(`${home}/sign-in`, { lang: "en" });
  const other = await running.visit(`${home}/sign-up`, { lang: "en" });
  await field(other, "Name").fill("Li Wen");
  await field(other, "E-mail").fill(running.email("li"));
  await codeInto(running, other, running.email("li"));
  await field(other, "Password").fill(password);
  await press(other, "Sign up and continue");
  await other.waitForURL("**/setup");

  await here.getByRole("tab", { name: "Password" }).click();
  await field(here, "E-mail").fill(running.email("li"));
  await field(here, "Password").fill(password);
  await here.keyboard.press("Enter");
  await here.waitForURL("**/setup");
  await here.goto(`${home}/account`);
  await press(here, "Sign out all others");
  await here.getByText("All other devices are signed out at once").waitFor();
  await here.getByText("Only this device is signed in.").waitFor();
  await other.goto(`${home}/account`);
  await other.waitForURL("**/sign-in?next=%2Faccount");

  // The clock of the product cannot be moved from here: only what it says of the last sign-in is.
  await here.route("**/api/auth/security", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), fresh: false } });
  });
  await here.reload();
  await here.getByRole("button", { name: "Change", exact: true }).nth(1).click();
  await here.getByRole("dialog").getByText("Sign in once more").waitFor();
  await fine(here, "account-confirm-en");
  await here.unroute("**/api/auth/security");
  await here.getByRole("tab", { name: "Password" }).click();
  await field(here, "Password").fill(password);
  await press(here, "Confirm");
  await field(here, "New e-mail").fill(running.email("li.new"));
  await codeInto(running, here, running.email("li.new"));
  await here.getByRole("dialog").getByRole("button", { name: "Change" }).click();
  await here.getByText("From now on sign in with").waitFor();
  await running.linkTo(running.email("li"), /\/account$/);
});

test("the page that guards an account fits a phone and both themes, and says where passkeys cannot be", async () => {
  const page = await running.visit("/sign-in", { lang: "en", theme: "dark", ...phone });
  await field(page, "E-mail").fill(running.email("wu"));
  await codeInto(running, page, running.email("wu"));
  await press(page, "Sign in");
  await page.waitForURL("**/setup");
  await page.goto(new URL("/account", running.url).href);
  await page.getByText("this page was opened by IP address").waitFor();
  expect(await page.getByRole("button", { name: "Add a passkey" }).isDisabled()).toBe(true);
  await fine(page, "account-dark-390");
  await press(page, "Turn on");
  await press(page, "Next");
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
  await fine(page, "account-scan-dark-390");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("an owner makes an API key, sees its secret once, rotates and revokes it; a program is let in and shut out by it", async () => {
  const page = await running.visit(`${home}/sign-in`);
  await field(page, "邮箱").fill(running.email("owner"));
  await codeInto(running, page, running.email("owner"));
  await press(page, "登录");
  await page.waitForURL("**/setup");
  const { id: space } = await foundSpace(page);
  await page.goto(`${home}/s/${space}/settings`);
  await page.getByRole("link", { name: /API 密钥/ }).click();
  await page.getByText("还没有 API 密钥").waitFor();
  await press(page, "新建密钥");
  await press(page, "新建密钥");
  await page.getByRole("link", { name: "角色" }).waitFor();
  await field(page, "名称").fill("门禁一体机");
  await page.getByRole("checkbox", { name: /^前台/ }).check();
  await fine(page, "keys-new");
  await page.getByRole("dialog").getByRole("button", { name: "新建密钥" }).click();
  await page.getByText("只显示这一次").waitFor();
  const secretOn = async () => (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  const first = await secretOn();
  await fine(page, "keys-secret");
  await press(page, "已存好");
  expect(await page.content()).not.toContain(first);
  const status = async (secret: string) =>
    (await fetch(`${running.url}/api/v1/spaces/${space}`, { headers: { authorization: `Bearer ${secret}` } })).status;
  expect(await status(first)).toBe(200);

  await page.getByRole("cell", { name: "门禁一体机" }).click();
  await press(page, "换新");
  await page.getByRole("combobox", { name: "旧密钥" }).selectOption({ label: "立即失效" });
  await page.getByRole("dialog").getByRole("button", { name: "换新" }).click();
  await page.getByText("只显示这一次").waitFor();
  const second = await secretOn();
  await press(page, "已存好");
  expect([await status(first), await status(second)]).toEqual([401, 200]);

  await page.getByRole("cell", { name: "门禁一体机" }).click();
  await press(page, "撤销");
  await page.getByRole("alertdialog").getByRole("button", { name: "撤销" }).click();
  await page.getByText("门禁一体机 已撤销").waitFor();
  expect(await status(second)).toBe(401);
  await fine(page, "keys");
  const small = await page.context().newPage();
  await small.setViewportSize(phone);
  await small.goto(`${home}/s/${space}/settings/keys`);
  await small.getByRole("cell", { name: "门禁一体机" }).waitFor();
  await fine(small, "keys-390");
});

test("a company's admin makes a key for its shop's software, which orders by it and is shut out when it is revoked; a member is told whose it is", async () => {
  const owner = await running.signIn(running.email("keys-owner"), "周敏");
  const space = await makeSpace(running, owner);
  const company = await makeCompany(running, owner, space, "湖畔鲜集");
  const [admin, clerk] = [
    await joins(running, owner, space, "何雨桐", { company, role: "admin" }),
    await joins(running, owner, space, "许静", { company }),
  ];
  const page = await running.visit(`/s/${space.id}/my`, { as: admin });
  await press(page, /何雨桐/);
  await page.getByRole("menuitem", { name: "API 密钥" }).click();
  await page.getByText("把网店或 ERP 接进来时新建一个").waitFor();
  await press(page, "新建密钥");
  await field(page, "名称").fill("网店后台");
  await page.getByRole("radio", { name: "读写" }).check({ force: true });
  await fine(page, "company-keys-new");
  await page.getByRole("dialog").getByRole("button", { name: "新建密钥" }).click();
  await page.getByText("只显示这一次").waitFor();
  const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  await press(page, "已存好");
  const call = (path: string, wish?: object) =>
    fetch(`${running.url}${space.api}${path}`, {
      method: wish ? "POST" : "GET",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(wish ? { body: JSON.stringify(wish) } : {}),
    });
  expect((await call("/products", { name: "鲜奶 250ml", code: "MILK-250" })).status).toBe(201);
  const stock = (await (await call("/stock")).json()) as { items: { code: string; company: string }[] };
  expect(stock.items).toMatchObject([{ code: "MILK-250", company }]);
  expect((await call("/people")).status).toBe(403);

  await page.getByRole("cell", { name: "网店后台" }).click();
  await fine(page, "company-keys");
  await press(page, "撤销");
  await page.getByRole("alertdialog").getByRole("button", { name: "撤销" }).click();
  await page.getByText("网店后台 已撤销").waitFor();
  expect((await call("/stock")).status).toBe(401);
  const staff = await running.visit(`/s/${space.id}/settings/keys`, { as: owner, lang: "en", theme: "dark" });
  await staff.getByRole("cell", { name: "A member of 湖畔鲜集" }).waitFor();
  await fine(staff, "company-keys-owner-en-dark");
  const small = await running.visit(`/s/${space.id}/my/keys`, { as: clerk, ...phone });
  await small.getByText("由企业管理员管理", { exact: false }).waitFor();
  await fine(small, "company-keys-member-390");
});

/** Waits for a row of a table that draws only what is in sight; those who used least stand last. */
async function seenAmongMany(page: Page, name: string): Promise<void> {
  const cell = page.getByRole("cell", { name, exact: true });
  const down = () => {
    for (const one of document.querySelectorAll("*"))
      if (one.scrollHeight > one.clientHeight + 8) one.scrollTop = one.scrollHeight;
  };
  await expect.poll(() => page.evaluate(down).then(() => cell.count()), patience).toBe(1);
}

test("the platform's owner sees what each space uses and costs, in both themes and on a phone; a space's own owner has no such page", async () => {
  const operator = await running.signIn(running.email("usage"), "陈屿");
  const name = "用量示例空间";
  const settings = { language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const { id } = await ask(operator, "POST", "/api/v1/me/spaces", { name, ...settings });
  await ask(operator, "GET", `/api/v1/spaces/${id}/people`);

  const owner = await running.signIn(platformOwner, "平台");
  const page = await running.visit("/account", { as: owner });
  await page.getByRole("link", { name: "平台用量" }).click();
  await page.waitForURL("**/platform/usage");
  // A copy of a function keeps what it counted for a second; the next request writes it down.
  await expect
    .poll(async () => {
      await ask(operator, "GET", `/api/v1/spaces/${id}/people`);
      return (await ask<{ spaces: { name?: string }[] }>(owner, "GET", "/api/v1/platform/usage")).spaces.map(
        (one) => one.name,
      );
    }, patience)
    .toContain(name);
  await page.reload();
  await page.getByRole("columnheader", { name: "写单元" }).waitFor();
  await seenAmongMany(page, name);
  await fine(page, "platform-usage");
  await page.getByRole("button", { name: "每天的容量单元, 看表格" }).click();
  await page.getByRole("columnheader", { name: "读单元" }).first().waitFor();
  await press(page, "上个月");
  await page.getByText("这个月没有用量").waitFor();
  const small = await running.visit("/platform/usage", { as: owner, lang: "en", theme: "dark", ...phone });
  await seenAmongMany(small, name);
  await fine(small, "platform-usage-dark-phone");

  const stranger = await running.visit("/platform/usage", { as: operator });
  await stranger.getByRole("heading", { name: "没有这一页" }).waitFor();
  await stranger.goto("/account");
  await stranger.getByRole("button", { name: "返回" }).waitFor();
  expect(await stranger.getByRole("link", { name: "平台用量" }).count()).toBe(0);
});
