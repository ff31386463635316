import { memberNow } from "@yihao/identity/person-merge";
import { verifySession } from "@yihao/identity/session";
import { memberKey, memberKind, membershipOf, placeWrite, spaceKey, spaceKind } from "@yihao/identity/store";
import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { insert } from "@yihao/table/write";
import { authBrowser, lastCode as lastCodeOf } from "@yihao/testing/auth-browser";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthFunction } from "./auth.ts";

const origin = "http://127.0.0.1:3000";
const secret = "a secret of tests that is long enough for anyone";
let authTable: Table;
let mainTable: Table;
let app: ReturnType<typeof createAuthFunction>;
let clock = 0;

const browser = (through = () => app) => authBrowser(origin, through);
const lastCode = (to: string) => lastCodeOf(mainTable, to);

async function signUp(email: string, password?: string) {
  const one = browser();
  await one.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
  const entered = await one.call("/sign-in/email-otp", { email, otp: await lastCode(email), name: "林晓" });
  expect(entered.status, JSON.stringify(entered.json)).toBe(200);
  if (password) expect((await one.call("/first-password", { password })).status).toBe(200);
  return one;
}

const password = "huaihai-lijie-8";

beforeAll(async () => {
  [authTable, mainTable] = await Promise.all([freshTable(), freshTable()]);
  app = createAuthFunction({
    authTable,
    mainTable,
    secret,
    origin,
    now: () => new Date(Date.now() + clock).toISOString(),
  });
});
afterAll(() => {
  authTable.close();
  mainTable.close();
});

describe("signing in", () => {
  test("a code by mail makes the account, a password opens it again, and the API knows who asks without a table read", async () => {
    const one = await signUp("lin@example.com", password);
    const again = browser();
    const entered = await again.call("/sign-in/email", { email: "lin@example.com", password });
    expect(entered.status).toBe(200);
    expect(JSON.stringify(entered.json)).not.toContain("token");
    const caller = verifySession(again.request(), secret, new Date());
    expect(caller).toMatchObject({ email: "lin@example.com", name: "林晓" });
    expect((caller as { person: string }).person).toMatch(/^per_/);
    const former = verifySession(one.request(), secret, new Date());
    expect(former).toMatchObject({ person: (caller as { person: string }).person });
    expect((former as { session: string }).session).not.toBe((caller as { session: string }).session);
    await again.call("/sign-out", {});
    expect(verifySession(again.request(), secret, new Date())).toBeUndefined();
  });

  test("session cookies are HttpOnly and SameSite=Lax, and Secure on https", async () => {
    const https = "https://yihao.example";
    const safe = createAuthFunction({ authTable, mainTable, secret, origin: https });
    const response = await safe.request(`${https}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: https, host: "yihao.example" },
      body: JSON.stringify({ email: "lin@example.com", password }),
    });
    expect(response.status).toBe(200);
    const cookies = response.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThanOrEqual(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Secure-/);
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/Secure;|Secure$/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
    }
  });

  test("a wrong password and an unknown e-mail are answered alike", async () => {
    const wrong = await browser().call("/sign-in/email", { email: "lin@example.com", password: "wrong-wrong-1" });
    const nobody = await browser().call("/sign-in/email", { email: "nobody@example.com", password: "wrong-wrong-1" });
    expect(wrong.status).toBe(401);
    expect({ ...(wrong.json as object), request: "" }).toEqual({ ...(nobody.json as object), request: "" });
    expect(wrong.json).toMatchObject({ code: "auth.wrong" });
  });

  test("another site cannot sign anybody in", async () => {
    const body = { email: "lin@example.com", password };
    const answer = await browser().call("/sign-in/email", body, { origin: "https://evil.example" });
    expect(answer.status).toBe(403);
  });

  test("what the library could do besides is closed", async () => {
    expect((await browser().call("/sign-up/email", { email: "x@example.com", password, name: "x" })).status).toBe(404);
    expect((await browser().call("/ok")).status).toBe(404);
  });

  test("short and common passwords are refused with the fault", async () => {
    const one = await signUp("weak@example.com");
    const answer = await one.call("/first-password", { password: "1234567890" });
    expect(answer.json).toMatchObject({ code: "auth.password", params: { fault: "common", least: 10 } });
  });
});

describe("lockout", () => {
  test("five wrong passwords shut the door for that e-mail in every process, say for how long, and a code still opens it", async () => {
    const email = "locked@example.com";
    await signUp(email, password);
    const other = createAuthFunction({ authTable, mainTable, secret, origin });
    const bad = { email, password: "not-the-one-22" };
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) => browser(() => (n % 2 ? app : other)).call("/sign-in/email", bad)),
    );
    const codes = tries.map((one) => (one.json as { code: string }).code).toSorted();
    expect(codes.filter((code) => code === "auth.wrong").length).toBe(5);
    expect(codes.filter((code) => code === "auth.locked").length).toBe(7);
    const right = await browser(() => other).call("/sign-in/email", { email, password });
    expect(right.status).toBe(429);
    expect(right.json).toMatchObject({ code: "auth.locked", params: { minutes: 15 } });
    await signUp(email);
    expect((await browser().call("/sign-in/email", { email, password })).status).toBe(200);
  });

  test("after the minutes have passed the right password opens again", async () => {
    const email = "later@example.com";
    await signUp(email, password);
    for (let n = 0; n < 5; n += 1) await browser().call("/sign-in/email", { email, password: "not-the-one-22" });
    expect((await browser().call("/sign-in/email", { email, password })).status).toBe(429);
    clock = 16 * 60_000;
    expect((await browser().call("/sign-in/email", { email, password })).status).toBe(200);
    clock = 0;
  });
});

describe("codes", () => {
  test("a code is good once and takes three tries", async () => {
    const email = "codes@example.com";
    const one = browser();
    await one.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
    const otp = await lastCode(email);
    const wrong = otp === "000000" ? "111111" : "000000";
    for (let n = 0; n < 3; n += 1)
      expect((await one.call("/sign-in/email-otp", { email, otp: wrong })).json).toMatchObject({
        code: "auth.code-wrong",
      });
    expect((await one.call("/sign-in/email-otp", { email, otp })).json).toMatchObject({ code: "auth.code-used-up" });
  });

  test("a reset by code sets the new password and signs all other sessions out", async () => {
    const email = "reset@example.com";
    const old = await signUp(email, password);
    const one = browser();
    await one.call("/email-otp/request-password-reset", { email });
    const fresh = "another-lijie-99";
    const reset = { email, otp: await lastCode(email), password: fresh };
    expect((await one.call("/email-otp/reset-password", reset)).status).toBe(200);
    expect((await one.call("/sign-in/email", { email, password })).status).toBe(401);
    expect((await one.call("/sign-in/email", { email, password: fresh })).status).toBe(200);
    old.jar.delete("yihao.session_data");
    await old.call("/get-session");
    expect(verifySession(old.request(), secret, new Date())).toBeUndefined();
  });

  test("asking to reset an unknown e-mail says nothing about it and sends nothing", async () => {
    const known = await browser().call("/email-otp/request-password-reset", { email: "lin@example.com" });
    const unknown = await browser().call("/email-otp/request-password-reset", { email: "who@example.com" });
    expect(unknown.json).toEqual(known.json);
    expect(await lastCode("who@example.com")).toBe("");
  });
});

describe("merging another account of one's own", () => {
  const code = { type: "email-verification" };
  const meet = async () => {
    const kept = await signUp("kept@example.com");
    const spare = await signUp("spare@example.com", password);
    const id = (one: typeof kept) => (verifySession(one.request(), secret, new Date()) as { person: PersonId }).person;
    return { kept, spare, ids: [id(kept), id(spare)] as const };
  };

  test("takes a code of its own, sent to the other e-mail; then that account is gone, its sessions too, and its places are the kept one's", async () => {
    const { kept, spare, ids } = await meet();
    const scope = scopeOf(mainTable, { space: "spc_merge" as SpaceId });
    const space = { id: "spc_merge", name: "空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" } as const;
    await commit(scope, [insert(spaceKey(scope), spaceKind, { ...space, createdAt: scope.now } as never)], {
      answer: null,
    });
    const place = {
      person: ids[1],
      name: "林晓",
      email: "spare@example.com",
      roles: ["finance" as const],
      companies: [],
    };
    const member = { ...place, joinedAt: scope.now };
    const writes = [insert(memberKey(scope, ids[1]), memberKind, member), placeWrite(scope, "空间", member)];
    await commit({ ...scope, command: { id: "auto:place", print: "" } }, writes, { answer: null });
    await kept.call("/email-otp/send-verification-otp", { email: "spare@example.com", type: "sign-in" });
    const signIn = await lastCode("spare@example.com");
    expect((await kept.call("/merge-account", { email: "spare@example.com", otp: signIn })).status).toBe(400);
    await kept.call("/email-otp/send-verification-otp", { email: "spare@example.com", ...code });
    const otp = await lastCode("spare@example.com");
    const stranger = browser();
    expect((await stranger.call("/merge-account", { email: "spare@example.com", otp })).status).toBe(401);
    const merged = await kept.call("/merge-account", { email: "spare@example.com", otp });
    expect([merged.status, merged.json]).toEqual([200, { spaces: 1 }]);
    spare.jar.delete("yihao.session_data");
    await spare.call("/get-session");
    expect(verifySession(spare.request(), secret, new Date())).toBeUndefined();
    expect((await browser().call("/sign-in/email", { email: "spare@example.com", password })).status).toBe(401);
    expect(await membershipOf(scope, ids[1])).toBeUndefined();
    expect(await membershipOf(scope, ids[0])).toMatchObject({ roles: ["finance"], email: "kept@example.com" });
    expect((await memberNow(scope, ids[1]))?.person).toBe(ids[0]);
    expect((await kept.call("/merge-account", { email: "spare@example.com", otp })).status).toBe(400);
  });

  test("is refused for one's own e-mail, and says nothing of an e-mail that has no account", async () => {
    const one = await signUp("alone@example.com");
    const own = await one.call("/merge-account", { email: "alone@example.com", otp: "123456" });
    expect([own.status, own.json]).toMatchObject([422, { code: "person.merge-itself" }]);
    await one.call("/email-otp/send-verification-otp", { email: "nobody@example.com", ...code });
    expect(await lastCode("nobody@example.com")).toBe("");
    expect((await one.call("/merge-account", { email: "nobody@example.com", otp: "123456" })).status).toBe(400);
  });
});

describe("a session's signed copy", () => {
  test("renewed by the session cookie when it has run out, and never believed when forged", async () => {
    const one = await signUp("copy@example.com");
    expect(verifySession(one.request(), secret, new Date(Date.now() + 301_000))).toBe("stale");
    const name = "yihao.session_data";
    const [head, body, sign] = (one.jar.get(name) ?? "").split(".");
    const claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, user: { ...claims.user, id: "per_other1" } })).toString(
      "base64url",
    );
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    for (const token of [`${head}.${forged}.${sign}`, `${none}.${forged}.`, `${none}.${forged}.${sign}`, "x", ""]) {
      one.jar.set(name, token);
      expect(verifySession(one.request(), secret, new Date())).toBe("stale");
    }
    one.jar.delete(name);
    await one.call("/get-session");
    expect(verifySession(one.request(), secret, new Date())).toMatchObject({ email: "copy@example.com" });
    expect(verifySession(one.request(), "another secret", new Date())).toBe("stale");
  });
});
