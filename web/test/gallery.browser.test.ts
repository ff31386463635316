import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveSite } from "./static-site.ts";

const root = join(import.meta.dirname, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = process.env.YIHAO_SHOTS;
let folder: string;
let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yihao-web-"));
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
  site = await serveSite(folder);
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
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

interface Finding {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** Opens a page of the gallery and gives axe's serious and critical findings, one line each. */
async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Finding[] }> } })
      .axe;
    return (await run.run({ resultTypes: ["violations"] })).violations;
  });
  return violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .flatMap((one) =>
      one.nodes
        .slice(0, 4)
        .map(
          (node) =>
            `${one.id} ${node.target.join(" ")} ${(node.failureSummary ?? "").replace(/\s+/g, " ").slice(0, 220)}`,
        ),
    );
}

const pages = ["", "/operator", "/portal", "/hand", "/sign-in", "/set-up"];
const views = (["light", "dark"] as const).flatMap((theme) =>
  (["zh-CN", "en"] as const).flatMap((lang) => [1440, 768, 390].map((width) => ({ theme, lang, width }))),
);

test.each(views)("everyone can use every component: $theme, $lang, $width px", async ({ theme, lang, width }) => {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    reducedMotion: "reduce",
  });
  await context.addInitScript(
    ([theme, lang]) => {
      localStorage.setItem("yihao.theme", theme!);
      localStorage.setItem("yihao.lang", lang!);
    },
    [theme, lang],
  );
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const found: string[] = [];
  for (const path of pages) {
    await page.goto(`${site.origin}/gallery${path}`);
    await page.locator("main").waitFor();
    await page.evaluate(() => document.fonts.ready);
    if (shots)
      await page.screenshot({
        path: join(shots, `gallery${path.replace("/", "-")}-${theme}-${lang}-${width}.png`),
        fullPage: path === "",
      });
    found.push(...(await findings(page)).map((line) => `${path || "/"}: ${line}`));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`${path || "/"}: page scrolls sideways by ${overflow} px`);
  }
  await context.close();
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
});

test("layers trap focus, close with Esc and return focus to where they came from", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto(`${site.origin}/gallery`);
  for (const [button, role] of [
    ["确认框", "alertdialog"],
    ["抽屉", "dialog"],
    ["手机面板", "dialog"],
    ["命令", "dialog"],
  ] as const) {
    const opener = page.getByRole("button", { name: button, exact: true });
    await opener.click();
    const layer = page.getByRole(role);
    await layer.waitFor();
    if (shots) await page.screenshot({ path: join(shots, `layer-${button}.png`) });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await layer.waitFor({ state: "detached" });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  }
  await page.close();
});

test("a wrong form moves focus to its first fault, offers the fix, and keeps what was typed", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.origin}/gallery`);
  const name = page.getByLabel("企业名称");
  await name.fill("木又");
  await page.getByRole("button", { name: "提交签约" }).click();
  const code = page.getByLabel("统一社会信用代码");
  await expect.poll(() => code.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByText("还有 2 处要改").waitFor();
  await page.getByRole("button", { name: "改成 0" }).click();
  await page.getByText("还有 1 处要改").waitFor();
  expect(await code.inputValue()).toBe("91340600MA8Q2KX310");
  expect(await name.inputValue()).toBe("木又");
  await page.getByLabel("备注").fill("两年");
  await page.getByRole("button", { name: "提交签约" }).click();
  await page.getByText("已提交").waitFor();
  await page.close();
});

test("a table of a thousand rows draws only those in sight and J walks them", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.origin}/gallery`);
  await page.getByRole("tab", { name: /一千行/ }).click();
  const rows = page.locator("tbody tr[data-key]");
  await expect.poll(() => rows.count()).toBeLessThan(80);
  await rows.nth(0).focus();
  await page.keyboard.press("j");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-key"))).toBe("c1");
  expect(await page.locator('tr[aria-current="true"]').getAttribute("data-key")).toBe("c1");
  await page.close();
});

test("the first load is at most 90 kB of JavaScript, gzipped", async () => {
  const html = await readFile(join(folder, "index.html"), "utf8");
  const waiting = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1]!);
  const seen = new Map<string, number>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    const body = await readFile(join(folder, path), "utf8");
    seen.set(path, gzipSync(body).length);
    for (const match of body.matchAll(/(?:import|from)\s*["'](\.\/[^"']+\.js)["']/g))
      waiting.push(`/assets/${match[1]!.slice(2)}`);
  }
  const bytes = [...seen.values()].reduce((all, one) => all + one, 0);
  expect(seen.size).toBeGreaterThan(1);
  expect(bytes).toBeLessThanOrEqual(90 * 1024);
});
