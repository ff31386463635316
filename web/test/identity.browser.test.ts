import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthFunction } from "@yihao/functions/auth";
import { createApp, inside, signedIn } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { listMail } from "@yihao/identity/mail";
import { meRoutes, outside, publicIdentityRoutes } from "@yihao/identity/me-routes";
import { identityRoutes } from "@yihao/identity/routes";
import { verifySession } from "@yihao/identity/session";
import { membershipOf } from "@yihao/identity/store";
import { newId } from "@yihao/kernel/ids";
import { Table } from "@yihao/table/client";
import { type Dynamo, startDynamo } from "@yihao/testing/dynamo";
import { platformOf, testCredentials } from "@yihao/testing/table";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveSite } from "./static-site.ts";

const root = join(import.meta.dirname, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = process.env.YIHAO_SHOTS;
const secret = "a secret of tests that is long enough for anyone";
const password = "huaihai-lijie-8";
let folder: string;
let dynamo: Dynamo;
let main: Table;
let auth: Table;
let site: Awaited<ReturnType<typeof serveSite>>;
let server: Server;
let origin: string;
let browser: Browser;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}

function apiOn(table: Table) {
  const doors: Doors = {
    table,
    now: () => new Date().toISOString(),
    caller: async (request) => verifySession(request, secret, new Date()),
    membership: membershipOf,
  };
  const app = createApp(doors);
  app.use("/api/v1/me/*", signedIn(doors));
  app.use("/api/v1/invitations/*", outside(doors));
  app.use("/api/v1/spaces/:space/*", inside(doors));
  app.route("/api/v1", meRoutes);
  app.route("/api/v1", publicIdentityRoutes);
  app.route("/api/v1", identityRoutes);
  return app;
}

/** One address for the built pages, the API and the auth function, as a deployment has it. */
async function serveAll(): Promise<void> {
  const api = apiOn(main);
  let authApp: ReturnType<typeof createAuthFunction>;
  server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const app = path.startsWith("/api/auth/") ? authApp : path.startsWith("/api/v1/") ? api : undefined;
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const text = app && request.method !== "GET" ? await bodyOf(request) : "";
    const init = { method: request.method ?? "GET", headers, ...(text ? { body: text } : {}) };
    const answer = app ? await app.request(`${origin}${path}`, init) : await fetch(`${site.origin}${path}`);
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (name !== "set-cookie") response.setHeader(name, value);
    response.removeHeader("content-encoding");
    response.removeHeader("transfer-encoding");
    response.setHeader("set-cookie", answer.headers.getSetCookie());
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  authApp = createAuthFunction({ authTable: auth, mainTable: main, secret, origin });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-web-"));
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
  [site, dynamo] = await Promise.all([serveSite(folder), startDynamo()]);
  const config = { endpoint: dynamo.endpoint, region: "local", credentials: testCredentials };
  main = new Table({ name: newId("tst"), config });
  auth = new Table({ name: newId("tst"), config });
  await Promise.all([main.create(), auth.create()]);
  await serveAll();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await site?.close();
  main?.close();
  auth?.close();
  await dynamo?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

type Look = { lang?: "zh-CN" | "en"; theme?: "light" | "dark"; width?: number; height?: number };

async function visit(path: string, look: Look = {}, context?: BrowserContext): Promise<Page> {
  const { lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
  const at = context ?? (await browser.newContext({ viewport: { width, height } }));
  await at.addInitScript(
    ([tongue, shade]) => {
      localStorage.setItem("yihao.lang", tongue!);
      localStorage.setItem("yihao.theme", shade!);
    },
    [lang, theme],
  );
  const page = await at.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}${path}`);
  return page;
}

async function letterTo(to: string) {
  const mails = await listMail(platformOf(main));
  return mails.items.find((one) => one.to === to);
}

async function codeFor(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: /获取验证码|Get a code/ }).click();
  await page.getByText(email, { exact: false }).last().waitFor();
  await page.getByRole("button", { name: /秒后重发|Again in/ }).waitFor();
  await page
    .getByLabel(/验证码|Code/, { exact: true })
    .fill(/\d{6}/.exec((await letterTo(email))?.text ?? "")?.[0] ?? "");
}

async function faultsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { target: unknown[] }[] };
    const run = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }).axe;
    const found = (await run.run()).violations.filter((one) => ["serious", "critical"].includes(one.impact));
    return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).last().click();

test("an operator signs up by a code, founds a space, invites; the link lets the invited in once, and removal shuts the door", async () => {
  const owner = await visit("/sign-up");
  await owner.getByLabel("姓名").fill("周敏");
  await owner.getByLabel("邮箱").fill("zhou@example.com");
  await codeFor(owner, "zhou@example.com");
  await owner.getByRole("textbox", { name: "密码", exact: true }).fill("1234567890");
  await press(owner, "注册并继续");
  await owner.getByText("这个密码太常见").waitFor();
  await shoot(owner, "id-sign-up-fault");
  await owner.getByRole("textbox", { name: "密码", exact: true }).fill(password);
  await press(owner, "注册并继续");
  await owner.waitForURL("**/setup");
  const made = await owner.request.post(`${origin}/api/v1/me/spaces`, {
    data: { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" },
  });
  const { id: space } = (await made.json()) as { id: string };

  await owner.goto(`${origin}/s/${space}/people`);
  await owner.getByRole("cell", { name: "周敏" }).waitFor();
  await press(owner, "邀请");
  await owner.getByRole("dialog").getByLabel("邮箱").fill("chen@example.com");
  await shoot(owner, "id-invite-light");
  await press(owner, "发送邀请");
  await owner.getByRole("cell", { name: "chen@example.com", exact: true }).waitFor();
  await owner.getByRole("dialog").waitFor({ state: "detached" });
  expect(await faultsOf(owner)).toEqual([]);
  await shoot(owner, "id-people-light");

  const link = (await letterTo("chen@example.com"))?.link ?? "";
  const guest = await visit(link);
  await guest.getByText("周敏 邀请你").waitFor();
  expect(await faultsOf(guest)).toEqual([]);
  await shoot(guest, "id-join-light");
  await guest.getByLabel("姓名").fill("陈冬");
  await guest.getByRole("textbox", { name: "密码", exact: true }).fill(password);
  await press(guest, "加入");
  await guest.waitForURL(`**/s/${space}/today`);
  const used = await visit(link, { lang: "en" });
  await used.getByText("This invitation has been used").waitFor();

  await owner.reload();
  await owner.getByRole("cell", { name: "陈冬" }).click();
  await shoot(owner, "id-detail-light");
  await press(owner, "移出空间");
  await owner.getByText("立即生效").waitFor();
  await shoot(owner, "id-remove-light");
  await owner.getByRole("alertdialog").getByRole("button", { name: "移出空间" }).click();
  await owner.getByText("陈冬 已移出空间").waitFor();
  const answer = await guest.request.get(`${origin}/api/v1/spaces/${space}`);
  expect(answer.status()).toBe(404);
  await guest.context().close();
  await used.context().close();

  const wishes = [
    { email: "li@example.com", company: "cmp_zhidu00000000001", companyName: "智渡科技", companyRole: "admin" },
    { email: "wu@example.com", roles: ["warehouse"] },
  ];
  for (const data of wishes) await owner.request.post(`${origin}/api/v1/spaces/${space}/invitations`, { data });
  await owner.context().close();

  const admin = await visit((await letterTo("li@example.com"))?.link ?? "", { lang: "en" });
  await admin.getByRole("tab", { name: "Use a code" }).click();
  await admin.getByRole("textbox", { name: "Name" }).fill("Li Wen");
  await codeFor(admin, "li@example.com");
  await press(admin, "Join");
  await admin.waitForURL(`**/s/${space}/my`);
  await admin.goto(`${origin}/s/${space}/my/people`);
  await press(admin, "Invite a colleague");
  await admin.getByRole("dialog").getByRole("textbox", { name: "E-mail" }).fill("he@example.com");
  await press(admin, "Send invitation");
  await admin.getByRole("cell", { name: "he@example.com", exact: true }).waitFor();
  await admin.getByRole("dialog").waitFor({ state: "detached" });
  expect(await faultsOf(admin)).toEqual([]);
  await shoot(admin, "id-colleagues-en");
  await admin.context().close();

  const picker = await visit((await letterTo("wu@example.com"))?.link ?? "", { theme: "dark" });
  await picker.getByRole("textbox", { name: "姓名" }).fill("吴军");
  await picker.getByRole("textbox", { name: "密码", exact: true }).fill(password);
  await press(picker, "加入");
  await picker.waitForURL(`**/s/${space}/today`);
  await picker.goto(`${origin}/s/${space}/people`);
  await picker.getByText("需要“运营主管”角色").waitFor();
  expect(await faultsOf(picker)).toEqual([]);
  await shoot(picker, "id-no-right-dark");
  await picker.context().close();
});

test("signing in says what is wrong: wrong password, locked with minutes left, wrong code, offline", async () => {
  const page = await visit("/sign-in", { lang: "en" });
  await page.getByRole("tab", { name: "Password" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill("zhou@example.com");
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
  await page.getByRole("textbox", { name: "E-mail" }).fill("zhou@example.com");
  await codeFor(page, "zhou@example.com");
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
  await page.waitForURL(/\/s\/spc_/);
  await page.context().close();
});

test("every page before a space is clean for axe in both themes and fits a phone", async () => {
  for (const path of ["/sign-in", "/sign-up", "/forgot", `/join/${"0".repeat(32)}`]) {
    for (const theme of ["light", "dark"] as const) {
      const page = await visit(path, { theme });
      await page.locator("h1").waitFor();
      await page.waitForLoadState("networkidle");
      expect(await faultsOf(page), `${path} ${theme}`).toEqual([]);
      await shoot(page, `id${path.slice(0, 8).replaceAll("/", "-")}-${theme}`);
      await page.context().close();
    }
    const phone = await visit(path, { width: 390, height: 844 });
    await phone.locator("h1").waitFor();
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
    await shoot(phone, `id${path.slice(0, 8).replaceAll("/", "-")}-390`);
    await phone.context().close();
  }
});
