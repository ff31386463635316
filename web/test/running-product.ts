import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Product, startProduct } from "@yihao/local/product";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = process.env.YIHAO_SHOTS;

export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly link?: string };
export type Look = {
  lang?: "zh-CN" | "en";
  theme?: "light" | "dark";
  width?: number;
  height?: number /** False where the pages must work under their own security policy; axe cannot be put in there. */;
  bypassCSP?: boolean;
};
export type Running = {
  readonly product: Product;
  readonly home: string;
  readonly browser: Browser;
  /** A new person at a new browser. */
  readonly visit: (path: string, look?: Look) => Promise<Page>;
  readonly letterTo: (email: string) => Promise<Letter>;
  readonly close: () => Promise<void>;
};

/** The real product as `npm start` runs it, on an empty home and a free port, and a Chromium beside it. */
export async function runProduct(): Promise<Running> {
  if (!existsSync(join(root, "dist/index.html")))
    await build({ root, configFile: join(root, "vite.config.ts"), logLevel: "warn" });
  const home = await mkdtemp(join(tmpdir(), "yihao-journey-"));
  const product = await startProduct({ home });
  const browser = await chromium.launch({
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
  return {
    product,
    home,
    browser,
    visit: async (path, look = {}) => {
      const { lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height },
        timezoneId: "Asia/Shanghai",
        bypassCSP: look.bypassCSP ?? true,
      });
      await context.addInitScript(
        ([tongue, shade]) => {
          localStorage.setItem("yihao.lang", tongue ?? "");
          localStorage.setItem("yihao.theme", shade ?? "");
        },
        [lang, theme],
      );
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(new URL(path, product.url).href);
      return page;
    },
    letterTo: async (email) => {
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const answer = await fetch(`${product.url}/outbox`, { headers: { accept: "application/json" } });
        const { items } = (await answer.json()) as { items: Letter[] };
        const found = items.find((letter) => letter.to === email);
        if (found) return found;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`no letter to ${email}`);
    },
    close: async () => {
      await browser.close();
      await product.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Serious and critical findings of axe on a page, and how far it is wider than its window; keeps a picture when YIHAO_SHOTS names a folder. */
export async function look(page: Page, name: string): Promise<{ faults: string[]; wide: number }> {
  await page.addScriptTag({ path: axe }).catch(() => {});
  const faults = await page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { target: unknown[] }[] };
    const loaded = (globalThis as unknown as { axe?: { run: () => Promise<{ violations: Found[] }> } }).axe;
    if (!loaded) return ["axe did not load"];
    const { violations } = await loaded.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return { faults, wide: Math.max(0, wide) };
}
