import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { dayOf, monthOf, plusDays, timeOf, type Zone } from "@yihao/kernel/days";
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
  request,
} from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, vi } from "vitest";
import { chromiumPath } from "../../packages/local/bin/prepare.mjs";
import "./global-product.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.YIHAO_SHOTS;

/** How long something may take on a busy machine. */
export const patience = { timeout: 60_000, interval: 50 };
export const password = "huaihai-lijie-8";
/** A phone, to spread into a look. */
export const phone = { width: 390, height: 844 } as const;

/** Who is signed in somewhere: a page, or somebody who came in through the API. */
export type Someone = { readonly request: APIRequestContext };
export type Person = Someone & { readonly email: string; readonly name: string };
export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly link?: string };
export type Look = {
  /** At a new browser with this person's session; nobody's without. */
  readonly as?: Someone;
  readonly lang?: "zh-CN" | "en";
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  /** Things fade and slide, as for who has not asked for less motion. */
  readonly motion?: boolean;
  /** Stays open for the tests that follow; others are closed after theirs. */
  readonly keep?: boolean;
  /** The address of a proxy by which the browser reaches the product. */
  readonly through?: string;
};
export type Running = {
  readonly url: string;
  readonly dynamo: { readonly endpoint: string; readonly accessKeyId: string };
  readonly zone: Zone;
  /** The local day some days from now. */
  readonly day: (plus?: number) => string;
  /** An e-mail address that no other file and no other run uses. */
  readonly email: (name: string) => string;
  /** A new browser at a path. */
  readonly visit: (path: string, look?: Look) => Promise<Page>;
  /** Makes an account, or enters one, as the sign-in page does by a code. */
  readonly signIn: (email: string, name: string) => Promise<Person>;
  /** The newest letter with a code, or with a link, as it reaches its reader. */
  readonly codeTo: (email: string) => Promise<string>;
  readonly linkTo: (email: string, to?: RegExp) => Promise<string>;
};

/**
 * Where it is near noon now, so that no test meets opening time, closing time or midnight: 淮北's zone whenever that fits. With `sameMonth`
 * tomorrow is a day of this month too, which some zone always offers: they span more than a day.
 */
export function zoneNearNoon({ sameMonth = false }: { sameMonth?: boolean } = {}, now = new Date()): Zone {
  const at = now.toISOString();
  const hoursOff = (zone: Zone) => Math.abs(Number(timeOf(at, zone).slice(0, 2)) - 12);
  const fits = (zone: Zone) => !sameMonth || monthOf(plusDays(dayOf(at, zone), 1)) === monthOf(dayOf(at, zone));
  const home = "Asia/Shanghai";
  if (fits(home) && hoursOff(home) < 4) return home;
  const ahead = Array.from({ length: 27 }, (_, index) => index - 12);
  const zones = ahead.map((hours) => `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`).filter(fits);
  return zones.toSorted((one, other) => hoursOff(one) - hoursOff(other))[0] ?? home;
}

/**
 * The running product and a Chromium for the tests of a file. After each test nothing may have gone wrong unseen: no
 * exception and no error on a console, no page or data that could not be read, no answer 5xx, nothing asked for without end.
 */
export function useProduct(options: { sameMonth?: boolean } = {}): Running {
  const { url, dynamo } = inject("product");
  const zone = zoneNearNoon(options);
  const own = crypto.randomUUID().slice(0, 8);
  const complaints: string[] = [];
  const people: APIRequestContext[] = [];
  const passing: BrowserContext[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath() ?? "/usr/bin/chromium",
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
  afterEach(async () => {
    const told = complaints.splice(0);
    for (const context of passing.splice(0)) await context.close();
    expect(told).toEqual([]);
  });
  afterAll(async () => {
    for (const person of people) await person.dispose();
    await browser?.close();
  });

  const letter = (email: string, fits: (letter: Letter) => boolean): Promise<Letter> =>
    vi.waitFor(async () => {
      const answer = await fetch(`${url}/outbox`, { headers: { accept: "application/json" } });
      const { items } = (await answer.json()) as { items: Letter[] };
      const found = items.find((one) => one.to === email && fits(one));
      if (!found) throw new Error(`no letter to ${email}`);
      return found;
    }, patience);
  const codeTo = async (email: string) =>
    /\d{6}/.exec((await letter(email, ({ link }) => link === undefined)).text)?.[0] ?? "";
  const linkTo = async (email: string, to = /./) =>
    (await letter(email, ({ link }) => link !== undefined && to.test(link))).link ?? "";

  return {
    url,
    dynamo,
    zone,
    day: (plus = 0) => plusDays(dayOf(new Date().toISOString(), zone), plus),
    email: (name) => `${name}@${own}.example`,
    visit: async (path, look = {}) => {
      const { as, lang = "zh-CN", theme = "light", width = 1440, height = 900 } = look;
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width, height },
        locale: lang,
        timezoneId: zone,
        reducedMotion: look.motion ? "no-preference" : "reduce",
        ...(look.through ? { proxy: { server: look.through } } : {}),
        ...(as ? { storageState: { cookies: (await as.request.storageState()).cookies, origins: [] } } : {}),
      });
      if (!look.keep) passing.push(context);
      context.setDefaultTimeout(patience.timeout);
      await context.addInitScript(
        ([tongue, shade]) => {
          if (origin === "null") return;
          localStorage.setItem("yihao.lang", tongue);
          localStorage.setItem("yihao.theme", shade);
        },
        [lang, theme] as const,
      );
      // What the content security policy forbade, which the page itself does not tell: a console's error is a complaint.
      await context.addInitScript(() =>
        addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, sample }) =>
          console.error(`the page broke its policy: ${effectiveDirective} ${blockedURI} ${sourceFile} ${sample}`),
        ),
      );
      listen(context, complaints);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    signIn: async (email, name) => {
      const http = await request.newContext({ baseURL: url });
      people.push(http);
      await ask({ request: http }, "POST", "/api/auth/email-otp/send-verification-otp", { email, type: "sign-in" });
      await ask({ request: http }, "POST", "/api/auth/sign-in/email-otp", { email, otp: await codeTo(email), name });
      return { email, name, request: http };
    },
    codeTo,
    linkTo,
  };
}

/** On an answer that a test made up in place of the product's: nobody is blamed for it. */
export const madeUp = { "x-made-up": "true" };

/** Live pages ask again every five seconds; this is beyond any test's length of it. */
const tooOften = 300;
const open = new WeakMap<BrowserContext, Set<Request>>();

/** Writes down what a person would not be told of. A command that is refused is told, and so is being cut off. */
function listen(context: BrowserContext, complaints: string[]): void {
  const asked = new Set<Request>();
  const times = new Map<string, number>();
  open.set(context, asked);
  context.on("request", (one) => {
    // What a page that is left had asked for is never told to have ended.
    if (one.isNavigationRequest()) asked.clear();
    asked.add(one);
    const often = (times.get(one.url()) ?? 0) + 1;
    times.set(one.url(), often);
    if (often === tooOften) complaints.push(`${one.url()}: asked for ${often} times, each answer asking again`);
  });
  context.on("requestfinished", (one) => void asked.delete(one));
  context.on("weberror", (error) => void complaints.push(`exception: ${error.error().stack}`));
  context.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  context.on("requestfailed", (failed) => {
    asked.delete(failed);
    const why = failed.failure()?.errorText ?? "";
    if (!/ERR_ABORTED|ERR_INTERNET_DISCONNECTED/.test(why)) complaints.push(`${failed.url()}: ${why}`);
  });
  context.on("response", (response) => {
    if (response.headers()["x-made-up"]) return;
    const reads = response.request().method() === "GET";
    // A session to be renewed or made, and an old link: pages ask for these answers and act on them.
    const told =
      response.status() === 401 || response.status() === 403 || response.url().includes("/api/v1/invitations/");
    if (response.status() >= 500 || (reads && response.status() >= 400 && !told))
      complaints.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
}

/** One request of somebody, with an idempotency key of its own; anything but a success throws. */
export async function ask<Answer = { id: string; rev: number }>(
  who: Someone,
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  data?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await who.request.fetch(path, {
    method,
    headers: { "idempotency-key": crypto.randomUUID(), ...headers },
    ...(data ? { data } : {}),
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Presses the button of a name; the last one, since drawers and dialogs come after the page. */
export const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .last()
    .click();

export const field = (page: Page, name: string | RegExp) =>
  page.getByRole("textbox", { name, exact: typeof name === "string" });

/** Types as a wedge scanner does, wherever the focus is. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
}

/** Asks for a code on the page before us and fills it in as it came by mail. */
export async function codeInto(running: Running, page: Page, email: string): Promise<void> {
  await press(page, /^(获取验证码|Get a code)$/);
  await page.getByRole("button", { name: /秒后重发|Again in/ }).waitFor();
  await page.getByLabel(/^(验证码|Code)$/).fill(await running.codeTo(email));
}

/** The file of a picture when YIHAO_SHOTS names a folder for them. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage });
}

/** Waits until a page has come to rest: everything it asked for is there, its fonts too, and nothing moves or fades. */
export async function rest(page: Page): Promise<void> {
  const asked = open.get(page.context()) ?? new Set();
  await vi.waitFor(async () => {
    const moving = await page.evaluate(() => [
      ...(document.fonts.status === "loaded" ? [] : ["fonts"]),
      ...document
        .getAnimations()
        .filter(({ playState }) => playState === "running")
        .map(({ effect }) => (effect as KeyframeEffect).target?.className ?? ""),
    ]);
    expect({ asked: [...asked].map((one) => one.url()), moving }).toEqual({ asked: [], moving: [] });
  }, patience);
}

/** A page at rest has no serious or critical finding of axe, in what a selector names when only that is new, and is not wider than its window. */
export async function fine(page: Page, name: string, within = "html"): Promise<void> {
  await rest(page);
  await shoot(page, name);
  // Half a megabyte, once a page: what is looked at next is mostly the same page.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const faults = await page.evaluate(async (part) => {
    type Found = { id: string; impact: string; nodes: { target: unknown[]; failureSummary?: string }[] };
    type Axe = { run: (part: string, options: object) => Promise<{ violations: Found[] }> };
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(part, { resultTypes: ["violations"], preload: false });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")} ${failureSummary.slice(0, 300)}`),
      );
  }, within);
  const wide = await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
  expect({ name, faults, wide }).toEqual({ name, faults: [], wide: 0 });
}
