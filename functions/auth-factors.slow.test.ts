import type { Doors } from "@yihao/http/context";
import { verifySession } from "@yihao/identity/session";
import { endedOf, membershipOf } from "@yihao/identity/store";
import type { Table } from "@yihao/table/client";
import { scanAll } from "@yihao/table/dump";
import { type AuthBrowser, authBrowser, lastCode, lastLetter } from "@yihao/testing/auth-browser";
import { freshTable } from "@yihao/testing/table";
import { totpOf } from "@yihao/testing/totp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createAuthFunction } from "./auth.ts";
import { createApi } from "./whole-api.ts";

const origin = "http://localhost:3000";
const secret = "a secret of tests that is long enough for anyone";
const password = "huaihai-lijie-8";
const minuteMs = 60_000;
let authTable: Table;
let mainTable: Table;
let app: ReturnType<typeof createAuthFunction>;
let api: ReturnType<typeof createApi>;

const browser = () => authBrowser(origin, () => app);

beforeAll(async () => {
  [authTable, mainTable] = await Promise.all([freshTable(), freshTable()]);
  app = createAuthFunction({ authTable, mainTable, secret, origin });
  const doors: Doors = {
    table: mainTable,
    now: () => new Date().toISOString(),
    caller: async (request) => verifySession(request, secret, new Date()),
    membership: membershipOf,
    ended: endedOf,
  };
  api = createApi(doors);
});
afterAll(() => {
  authTable.close();
  mainTable.close();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the clock of this process stand somewhere else; nothing waits. */
function later(minutes: number): void {
  const at = Date.now() + minutes * minuteMs;
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(at);
}

async function newPerson(name: string): Promise<{ email: string; at: AuthBrowser }> {
  const email = `${name}@example.com`;
  const at = browser();
  await at.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
  await at.call("/sign-in/email-otp", { email, otp: await lastCode(mainTable, email), name });
  expect((await at.call("/first-password", { password })).status).toBe(200);
  return { email, at };
}

type Enabled = { totpURI: string; backupCodes: string[] };
type Pending = { twoFactorRedirect?: boolean };

async function guarded(name: string) {
  const { email, at } = await newPerson(name);
  const enabled: Enabled = (await at.call("/two-factor/enable", { password })).json;
  const on = await at.call("/two-factor/verify-totp", { code: totpOf(enabled.totpURI, Date.now()) });
  expect(on.status, JSON.stringify(on.json)).toBe(200);
  return { email, at, uri: enabled.totpURI, codes: enabled.backupCodes };
}

/** The first step by password: afterwards the second one waits. */
async function firstStep(email: string): Promise<AuthBrowser> {
  const at = browser();
  const answer = await at.call("/sign-in/email", { email, password });
  expect((answer.json as Pending).twoFactorRedirect, JSON.stringify(answer.json)).toBe(true);
  return at;
}

const isIn = (at: AuthBrowser) => typeof verifySession(at.request(), secret, new Date()) === "object";
const next = (uri: string) => totpOf(uri, Date.now(), 1);

describe("an authenticator app", () => {
  test("is turned on with the password and a first code; from then on a password or a mailed code alone opens nothing", async () => {
    const { email, at } = await newPerson("app1");
    expect((await at.call("/two-factor/enable", { password: "not-the-one-22" })).json).toMatchObject({
      code: "auth.wrong",
    });
    const { totpURI, backupCodes }: Enabled = (await at.call("/two-factor/enable", { password })).json;
    expect(new Set(backupCodes).size).toBe(10);
    expect((await at.call("/security")).json).toMatchObject({ factor: false, recoveryLeft: null });
    expect((await at.call("/two-factor/verify-totp", { code: "000000" })).json).toMatchObject({
      code: "auth.factor-wrong",
    });
    await at.call("/two-factor/verify-totp", { code: totpOf(totpURI, Date.now()) });
    expect((await at.call("/security")).json).toMatchObject({ factor: true, recoveryLeft: 10, password: true });

    const byPassword = await firstStep(email);
    expect(isIn(byPassword)).toBe(false);
    expect((await byPassword.call("/security")).status).toBe(401);
    const byCode = browser();
    await byCode.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
    const entered = await byCode.call("/sign-in/email-otp", { email, otp: await lastCode(mainTable, email) });
    expect((entered.json as Pending).twoFactorRedirect).toBe(true);
    expect(isIn(byCode)).toBe(false);
    expect(JSON.stringify([...entered.cookies])).not.toMatch(/session_token=[^;]/);

    expect((await byPassword.call("/two-factor/verify-totp", { code: next(totpURI) })).status).toBe(200);
    expect(isIn(byPassword)).toBe(true);
  });

  test("keeps its account from being merged into another by a mailed code alone, until it is turned off", async () => {
    const { email, at, uri } = await guarded("app9");
    const kept = (await newPerson("keeper9")).at;
    const merge = async () => {
      await kept.call("/email-otp/send-verification-otp", { email, type: "email-verification" });
      return kept.call("/merge-account", { email, otp: await lastCode(mainTable, email) });
    };
    const refused = await merge();
    expect([refused.status, refused.json]).toMatchObject([409, { code: "auth.merge-factor" }]);
    expect(isIn(at)).toBe(true);
    const again = await firstStep(email);
    expect((await again.call("/two-factor/verify-totp", { code: next(uri) })).status).toBe(200);
    expect((await again.call("/two-factor/disable", { password })).status).toBe(200);
    const merged = await merge();
    expect([merged.status, merged.json]).toEqual([200, { spaces: 0 }]);
    expect((await browser().call("/sign-in/email", { email, password })).status).toBe(401);
  });

  test("opens once with each code, also when two come with the same one at the same time", async () => {
    const { email, uri } = await guarded("app2");
    const both = await Promise.all([firstStep(email), firstStep(email)]);
    const code = next(uri);
    const answers = await Promise.all(both.map((at) => at.call("/two-factor/verify-totp", { code })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 401]);
    expect(both.filter(isIn)).toHaveLength(1);
  });

  test("five wrong codes, of the app and recovery codes together and over several sign-ins, shut the second step and say for how long", async () => {
    const { email, uri } = await guarded("app3");
    const wrong = (at: AuthBrowser, n: number) =>
      n % 2
        ? at.call("/two-factor/verify-backup-code", { code: "0000-0000-0000-000n".replace("n", String(n)) })
        : at.call("/two-factor/verify-totp", { code: totpOf(uri, Date.now(), 50 + n) });
    const codes: string[] = [];
    for (let n = 0; n < 5; n += 1) codes.push(((await wrong(await firstStep(email), n)).json as { code: string }).code);
    expect(codes).toEqual(Array.from({ length: 5 }, (_, n) => (n % 2 ? "auth.recovery-wrong" : "auth.factor-wrong")));
    const shut = await (await firstStep(email)).call("/two-factor/verify-totp", { code: next(uri) });
    expect([shut.status, shut.json]).toMatchObject([429, { code: "auth.factor-locked", params: { minutes: 15 } }]);
    later(16);
    const open = await firstStep(email);
    expect((await open.call("/two-factor/verify-totp", { code: next(uri) })).status).toBe(200);
  });

  test("is turned off by nobody who has only the open session: the password is asked, counted and refused after five", async () => {
    const { at } = await guarded("app4");
    expect((await at.call("/two-factor/disable", {})).json).toMatchObject({ code: "auth.wrong" });
    for (let n = 0; n < 5; n += 1) await at.call("/two-factor/disable", { password: `not-the-one-${n}` });
    expect((await at.call("/two-factor/disable", { password })).json).toMatchObject({ code: "auth.locked" });
    later(16);
    expect((await at.call("/two-factor/disable", { password })).status).toBe(200);
    expect((await at.call("/security")).json).toMatchObject({ factor: false });
    expect((await lastLetter(mainTable, "app4@example.com"))?.subject).toContain("关闭了验证器");
  });

  test("does not ask a trusted device again, until the person ends sessions elsewhere", async () => {
    const { email, at, uri } = await guarded("app5");
    const trusted = await firstStep(email);
    await trusted.call("/two-factor/verify-totp", { code: next(uri), trustDevice: true });
    await trusted.call("/sign-out", {});
    expect(await trusted.call("/sign-in/email", { email, password })).toMatchObject({ status: 200 });
    expect(isIn(trusted)).toBe(true);
    await trusted.call("/sign-out", {});
    await at.call("/revoke-other-sessions", {});
    const again = await trusted.call("/sign-in/email", { email, password });
    expect((again.json as Pending).twoFactorRedirect).toBe(true);
  });
});

describe("recovery codes", () => {
  test("open once each, however they are typed; a used one is refused, and a new set voids the old", async () => {
    const { email, codes } = await guarded("rec1");
    const [first = "", second = "", third = ""] = codes;
    const one = await firstStep(email);
    const typed = first.toUpperCase().replaceAll("-", " ");
    expect((await one.call("/two-factor/verify-backup-code", { code: typed })).status).toBe(200);
    expect((await one.call("/security")).json).toMatchObject({ recoveryLeft: 9 });
    const used = await (await firstStep(email)).call("/two-factor/verify-backup-code", { code: first });
    expect([used.status, used.json]).toMatchObject([401, { code: "auth.recovery-wrong" }]);
    const race = await Promise.all([firstStep(email), firstStep(email)]);
    const raced = await Promise.all(race.map((at) => at.call("/two-factor/verify-backup-code", { code: second })));
    expect(raced.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(race.filter(isIn)).toHaveLength(1);
    const fresh = await one.call("/two-factor/generate-backup-codes", { password });
    expect((fresh.json as Enabled).backupCodes).toHaveLength(10);
    const old = await (await firstStep(email)).call("/two-factor/verify-backup-code", { code: third });
    expect(old.json).toMatchObject({ code: "auth.recovery-wrong" });
  });

  test("stand in no table as they were shown", async () => {
    const { codes } = await guarded("rec2");
    let text = "";
    for await (const page of scanAll(authTable)) text += JSON.stringify(page);
    expect(text).toContain("backupCodes");
    for (const code of codes) {
      expect(text).not.toContain(code);
      expect(text).not.toContain(code.replaceAll("-", ""));
    }
  });
});

describe("what guards an account", () => {
  test("changes only soon after a sign-in: later a new one is asked for, which ends the former session", async () => {
    const { email, at } = await newPerson("fresh1");
    expect((await at.call("/passkey/generate-register-options")).status).toBe(200);
    later(16);
    await at.call("/get-session");
    for (const [path, body] of [
      ["/passkey/generate-register-options"],
      ["/passkey/delete-passkey", { id: "psk_nothing1" }],
      ["/email-otp/request-email-change", { newEmail: "other@example.com" }],
    ] as const)
      expect((await at.call(path, body)).json, path).toMatchObject({ code: "auth.not-fresh" });
    const former = (verifySession(at.request(), secret, new Date()) as { session: string }).session;
    await at.call("/sign-in/email", { email, password });
    expect((await at.call("/passkey/generate-register-options")).status).toBe(200);
    const { devices } = (await at.call("/security")).json as { devices: { id: string }[] };
    expect(devices).toHaveLength(1);
    expect(devices[0]?.id).not.toBe(former);
  });

  test("takes no field it does not know: no picture, no redirect, no session without a cookie", async () => {
    const { at, email } = await newPerson("strict1");
    const wishes: [string, object][] = [
      ["/update-user", { name: "林", image: "https://evil.example/x.png" }],
      ["/sign-in/email", { email, password, callbackURL: "https://evil.example" }],
      ["/two-factor/verify-backup-code", { code: "0000-0000-0000-0000", disableSession: true }],
      ["/sign-in/email-otp", { email, otp: "123456", image: "x" }],
      ["/update-user", { name: "x".repeat(81) }],
    ];
    for (const [path, body] of wishes)
      expect((await at.call(path, body)).json, path).toMatchObject({ code: "input.invalid" });
  });

  test("a new e-mail is proven by a code, reaches every space of the person, and the old one is told", async () => {
    const { at } = await newPerson("mail1");
    const space = await newSpace(at);
    await at.call("/email-otp/request-email-change", { newEmail: "mail1-new@example.com" });
    const otp = await lastCode(mainTable, "mail1-new@example.com");
    expect((await at.call("/email-otp/change-email", { newEmail: "mail1-new@example.com", otp })).status).toBe(200);
    expect((await lastLetter(mainTable, "mail1@example.com"))?.subject).toContain("登录邮箱");
    const people = (await ask(at, `/spaces/${space}/people`)) as { items: { email: string }[] };
    expect(people.items.map((one) => one.email)).toEqual(["mail1-new@example.com"]);
    const audit = (await ask(at, `/spaces/${space}/audit`)) as { items: { type: string; by: string }[] };
    expect(audit.items[0]).toMatchObject({ type: "person.changed", by: expect.stringMatching(/^per_/) });
    const again = browser();
    expect((await again.call("/sign-in/email", { email: "mail1@example.com", password })).status).toBe(401);
    expect((await again.call("/sign-in/email", { email: "mail1-new@example.com", password })).status).toBe(200);
  });

  test("an e-mail of somebody else cannot be taken, and asking for it tells nothing and mails nobody", async () => {
    const { at } = await newPerson("mail2");
    await newPerson("mail3");
    const before = (await lastLetter(mainTable, "mail3@example.com"))?.id;
    const taken = await at.call("/email-otp/request-email-change", { newEmail: "mail3@example.com" });
    const free = await at.call("/email-otp/request-email-change", { newEmail: "nobody3@example.com" });
    expect([taken.status, taken.json]).toEqual([free.status, free.json]);
    expect((await lastLetter(mainTable, "mail3@example.com"))?.id).toBe(before);
  });
});

async function newSpace(at: AuthBrowser): Promise<string> {
  const body = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const answer = await api.request(`${origin}/api/v1/me/spaces`, {
    method: "POST",
    headers: {
      cookie: at.request().headers.get("cookie") ?? "",
      "content-type": "application/json",
      host: "localhost:3000",
    },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { id: string }).id;
}

const answerOf = (at: AuthBrowser, path: string) =>
  api.request(`${origin}/api/v1${path}`, { headers: { cookie: at.request().headers.get("cookie") ?? "" } });
const ask = async (at: AuthBrowser, path: string) => (await answerOf(at, path)).json();

describe("a session that is ended", () => {
  test("elsewhere holds at its next request in every space and on its own routes, for no read more in a space", async () => {
    const { email, at } = await newPerson("out1");
    const space = await newSpace(at);
    const other = browser();
    await other.call("/sign-in/email", { email, password });
    const paths = [`/spaces/${space}`, "/me"];
    for (const path of paths) expect((await answerOf(other, path)).status).toBe(200);
    const { devices } = (await at.call("/security")).json as { devices: { id: string; current: boolean }[] };
    const lost = devices.find((one) => !one.current)?.id ?? "";
    const stolen = new Map(other.jar);
    expect((await at.call("/sessions/end", { session: lost })).status).toBe(200);
    for (const path of paths) {
      const answer = await answerOf(other, path);
      expect([path, answer.status, await answer.json()]).toMatchObject([path, 401, { code: "session.stale" }]);
    }
    await other.call("/get-session");
    expect([...other.jar.keys()].filter((name) => name.includes("session"))).toEqual([]);
    expect((await answerOf(at, "/me")).status).toBe(200);
    expect((await answerOf(at, `/spaces/${space}/nothing-here`)).headers.get("x-capacity-units")).toBe(
      "read=1; write=0",
    );
    other.jar.clear();
    for (const [name, value] of stolen) other.jar.set(name, value);
    expect((await other.call("/security")).status).toBe(401);
  });

  test("by signing out, by a new password or by ending all others is worth nothing in a copied cookie", async () => {
    const { email, at } = await newPerson("out2");
    const space = await newSpace(at);
    const ways: [string, (mine: AuthBrowser, copied: AuthBrowser) => Promise<unknown>][] = [
      ["sign-out", (_, copied) => copied.call("/sign-out", {})],
      ["others", (mine) => mine.call("/revoke-other-sessions", {})],
      ["password", (mine) => mine.call("/change-password", { currentPassword: password, newPassword: password })],
    ];
    for (const [way, end] of ways) {
      const other = browser();
      await other.call("/sign-in/email", { email, password });
      const cookie = other.request().headers.get("cookie") ?? "";
      const status = async () =>
        (await api.request(`${origin}/api/v1/spaces/${space}`, { headers: { cookie } })).status;
      expect([way, await status()]).toEqual([way, 200]);
      await end(at, other);
      expect([way, await status()]).toEqual([way, 401]);
    }
    expect((await answerOf(at, `/spaces/${space}`)).status).toBe(200);
  });

  test("of many at one time none is forgotten", async () => {
    const { email, at } = await newPerson("out3");
    const space = await newSpace(at);
    const others = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const one = browser();
        await one.call("/sign-in/email", { email, password });
        return one;
      }),
    );
    expect((await at.call("/revoke-other-sessions", {})).status).toBe(200);
    for (const one of others) expect((await answerOf(one, `/spaces/${space}`)).status).toBe(401);
  });
});
