import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { joins, makeCompany, makeSpace } from "./made-space.ts";
import { ask, codeInto, field, fine, password, phone, press, rest, shoot, useProduct } from "./running-product.ts";

/** Who comes in, how, and who does not: sign-up, invitations, removal, lockout, and the weight of the pages before a space. */
const running = useProduct();

test("an operator signs up by a code, founds a space, invites; the link lets the invited in once, and removal shuts the door", async () => {
  const owner = await running.visit("/sign-up");
  await owner.getByLabel("姓名").fill("周敏");
  await owner.getByLabel("邮箱").fill(running.email("zhou"));
  await codeInto(running, owner, running.email("zhou"));
  await field(owner, "密码").fill("1234567890");
  await press(owner, "注册并继续");
  await owner.getByText("这个密码太常见").waitFor();
  await shoot(owner, "id-sign-up-fault");
  await field(owner, "密码").fill(password);
  await press(owner, "注册并继续");
  await owner.waitForURL("**/setup");
  const space = await makeSpace(running, owner);

  await owner.goto(`/s/${space.id}/people`);
  await owner.getByRole("cell", { name: "周敏" }).waitFor();
  await press(owner, "邀请");
  await owner.getByRole("dialog").getByLabel("邮箱").fill(running.email("chen"));
  await shoot(owner, "id-invite-light");
  await press(owner, "发送邀请");
  await owner.getByRole("cell", { name: running.email("chen"), exact: true }).waitFor();
  await owner.getByRole("dialog").waitFor({ state: "detached" });
  await fine(owner, "id-people-light");

  const link = await running.linkTo(running.email("chen"));
  const guest = await running.visit(link);
  await guest.getByText("周敏 邀请你").waitFor();
  await fine(guest, "id-join-light");
  await guest.getByLabel("姓名").fill("陈冬");
  await field(guest, "密码").fill(password);
  await press(guest, "加入");
  await guest.waitForURL(`**/s/${space.id}/today`);
  const used = await running.visit(link, { lang: "en" });
  await used.getByText("This invitation has been used").waitFor();

  await owner.reload();
  await owner.getByRole("cell", { name: "陈冬" }).click();
  await shoot(owner, "id-detail-light");
  await press(owner, "移出空间");
  await owner.getByText("立即生效").waitFor();
  await shoot(owner, "id-remove-light");
  await owner.getByRole("alertdialog").getByRole("button", { name: "移出空间" }).click();
  await owner.getByText("陈冬 已移出空间").waitFor();
  const answer = await guest.request.get(space.api);
  expect(answer.status()).toBe(404);
});

test("a company's admin joins in English and invites a colleague; whoever lacks a role is told which", async () => {
  const owner = await running.signIn(running.email("qian"), "钱进");
  const space = await makeSpace(running, owner);
  const company = await makeCompany(running, owner, space, "智渡科技");
  const invitation = { email: running.email("li"), company, companyName: "智渡科技", companyRole: "admin" };
  await ask(owner, "POST", `${space.api}/invitations`, invitation);
  const admin = await running.visit(await running.linkTo(running.email("li")), { lang: "en" });
  await admin.getByRole("tab", { name: "Use a code" }).click();
  await field(admin, "Name").fill("Li Wen");
  await codeInto(running, admin, running.email("li"));
  await press(admin, "Join");
  await admin.waitForURL(`**/s/${space.id}/my`);
  await admin.goto(`/s/${space.id}/my/people`);
  await press(admin, "Invite a colleague");
  await admin.getByRole("dialog").getByRole("textbox", { name: "E-mail" }).fill(running.email("he"));
  await press(admin, "Send invitation");
  await admin.getByRole("cell", { name: running.email("he"), exact: true }).waitFor();
  await admin.getByRole("dialog").waitFor({ state: "detached" });
  await fine(admin, "id-colleagues-en");

  const wu = await joins(running, owner, space, "吴军", { roles: ["warehouse"] });
  const picker = await running.visit(`/s/${space.id}/people`, { as: wu, theme: "dark" });
  await picker.getByText("需要“看人员名单”权限（运营主管、前台、财务有）").waitFor();
  await fine(picker, "id-no-right-dark");
});

test("two accounts of one person become one: by the person with a code to the other e-mail, and by an owner within the space", async () => {
  const owner = await running.signIn(running.email("two-owner"), "周敏");
  const space = await makeSpace(running, owner);
  const [spare, kept] = [
    await joins(running, owner, space, "林晓", { roles: ["finance"] }),
    await joins(running, owner, space, "林晓", { roles: ["frontdesk"] }),
  ];
  const third = await joins(running, owner, space, "林晓晓", { roles: ["warehouse"] });
  const page = await running.visit("/account", { as: kept });
  await press(page, "合并");
  await field(page, "另一个账号的邮箱").fill(spare.email);
  await fine(page, "account-merge");
  await codeInto(running, page, spare.email);
  await page.getByRole("dialog").getByRole("button", { name: "合并", exact: true }).click();
  await page.getByText(`${spare.email} 已并入，涉及 1 个空间`).waitFor();

  const staff = await running.visit(`/s/${space.id}/people`, { as: owner });
  await staff.getByRole("cell", { name: "林晓晓" }).click();
  await press(staff, "合并");
  await staff.getByRole("combobox", { name: "并入哪个账号" }).fill(kept.email);
  await staff.getByRole("option", { name: kept.email }).click();
  await fine(staff, "people-merge");
  await staff.getByRole("alertdialog").getByRole("button", { name: "合并", exact: true }).click();
  await staff.getByText(`林晓晓 已并入 ${kept.email}`).waitFor();
  await staff.getByRole("cell", { name: "林晓晓" }).waitFor({ state: "detached" });
  const people = await ask<{ items: { email: string; roles: string[] }[] }>(owner, "GET", `${space.api}/people`);
  expect(people.items.map(({ email }) => email).sort()).toEqual([kept.email, owner.email].sort());
  expect(people.items.find(({ email }) => email === kept.email)?.roles.length).toBe(3);
  expect(third.email).not.toBe(kept.email);
});

test("signing in says what is wrong: wrong password, locked with minutes left, wrong code, offline", async () => {
  const email = running.email("sun");
  const person = await running.signIn(email, "Sun Qi");
  await ask(person, "POST", "/api/auth/first-password", { password });
  const page = await running.visit("/sign-in", { lang: "en" });
  await page.getByRole("tab", { name: "Password" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  for (let n = 0; n < 5; n += 1) {
    await page.getByRole("textbox", { name: "Password", exact: true }).fill(`wrong-number-${n}`);
    const answered = page.waitForResponse("**/api/auth/sign-in/email");
    await press(page, "Sign in");
    await answered;
  }
  await page.getByText("E-mail or password is not right").waitFor();
  await press(page, "Sign in");
  await page.getByText("Try again in 15 min").waitFor();
  await shoot(page, "id-locked-en");
  await page.getByRole("tab", { name: "E-mail code" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await codeInto(running, page, email);
  const right = await page.getByRole("textbox", { name: "Code", exact: true }).inputValue();
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(right === "000000" ? "111111" : "000000");
  await press(page, "Sign in");
  await page.getByText("The code is not right").waitFor();
  await page.context().setOffline(true);
  await press(page, "Sign in");
  await page.getByText("You are offline, so nothing was sent").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(right);
  await press(page, "Sign in");
  await page.waitForURL("**/setup");
});

const entries = ["/sign-in", "/sign-up", "/forgot", `/join/${"0".repeat(32)}`];

test("every page before a space is clean for axe in both themes and fits a phone", async () => {
  for (const path of entries) {
    const name = `id${path.slice(0, 8).replaceAll("/", "-")}`;
    for (const theme of ["light", "dark"] as const) {
      const page = await running.visit(path, { theme, ...(theme === "dark" ? { ...phone, lang: "en" } : {}) });
      await page.locator("h1").waitFor();
      await fine(page, `${name}-${theme}`);
    }
  }
});

test("no page before a space loads more than 90 kB of JavaScript, gzipped", async () => {
  for (const path of ["/", ...entries]) {
    const page = await running.visit("about:blank");
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });
    await page.goto(path);
    await page.locator("h1").waitFor();
    await rest(page);
    const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
    expect([path, scripts.length > 5, bytes <= 90_000, bytes]).toEqual([path, true, true, bytes]);
  }
});
