import type { Locator } from "playwright-core";
import { expect, test, vi } from "vitest";
import { fine, patience, phone, useProduct } from "./running-product.ts";

/** Every component in every state, apart from any data: everyone can see and use it. */
const running = useProduct();
const pages = ["", "/operator", "/portal", "/hand", "/sign-in", "/set-up"];
const widths = { desktop: { width: 1440, height: 900 }, tablet: { width: 768, height: 900 }, phone } as const;

/** Each language in each width, each in one of the themes so that every two of the three meet. */
test.each([
  ["desktop", "zh-CN", "light"],
  ["desktop", "en", "dark"],
  ["tablet", "zh-CN", "dark"],
  ["tablet", "en", "light"],
  ["phone", "zh-CN", "light"],
  ["phone", "en", "dark"],
] as const)("everyone can use every component: %s, %s, %s", async (width, lang, theme) => {
  const page = await running.visit("/gallery", { lang, theme, ...widths[width] });
  for (const path of pages) {
    await page.goto(`/gallery${path}`);
    await page.locator("main").waitFor();
    await fine(page, `gallery${path.replace("/", "-")}-${width}-${lang}-${theme}`);
  }
});

const focused = (element: Locator) =>
  vi.waitFor(async () => expect(await element.evaluate((one) => one === document.activeElement)).toBe(true), patience);

test("layers trap focus, close with Esc and return focus to where they came from", async () => {
  const page = await running.visit("/gallery");
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
    await fine(page, `layer-${button}`, `[role="${role}"]`);
    await page.keyboard.press("Escape");
    await layer.waitFor({ state: "detached" });
    await focused(opener);
  }
});

test("a wrong form moves focus to its first fault, offers the fix, and keeps what was typed", async () => {
  const page = await running.visit("/gallery");
  const name = page.getByLabel("企业名称");
  await name.fill("木又");
  await page.getByRole("button", { name: "提交签约" }).click();
  const code = page.getByLabel("统一社会信用代码");
  await focused(code);
  await page.getByText("还有 2 处要改").waitFor();
  await page.getByRole("button", { name: "改成 0" }).click();
  await page.getByText("还有 1 处要改").waitFor();
  expect(await code.inputValue()).toBe("91340600MA8Q2KX310");
  expect(await name.inputValue()).toBe("木又");
  await page.getByLabel("备注").fill("两年");
  await page.getByRole("button", { name: "提交签约" }).click();
  await page.getByText("已提交").waitFor();
});

test("a table of a thousand rows draws only those in sight and J walks them", async () => {
  const page = await running.visit("/gallery");
  await page.getByRole("tab", { name: /一千行/ }).click();
  const rows = page.locator("tbody tr[data-key]");
  await expect.poll(() => rows.count()).toBeLessThan(80);
  await rows.nth(0).focus();
  await page.keyboard.press("j");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-key"))).toBe("c1");
  expect(await page.locator('tr[aria-current="true"]').getAttribute("data-key")).toBe("c1");
});
