import type { Table } from "@yihao/table/client";
import { type AuthBrowser, authBrowser, lastCode, lastLetter } from "@yihao/testing/auth-browser";
import { freshTable } from "@yihao/testing/table";
import { totpOf } from "@yihao/testing/totp";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createAuthFunction } from "./auth.ts";

const origin = "https://yihao.example";
const secret = "a secret of tests that is long enough for anyone";
const password = "huaihai-lijie-8";
let authTable: Table;
let mainTable: Table;
let app: ReturnType<typeof createAuthFunction>;
const logged: unknown[] = [];

const browser = () => authBrowser(origin, () => app);

beforeAll(async () => {
  [authTable, mainTable] = await Promise.all([freshTable(), freshTable()]);
  app = createAuthFunction({ authTable, mainTable, secret, origin, log: (entry) => logged.push(entry) });
});
afterAll(() => {
  authTable.close();
  mainTable.close();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function signedUp(email: string): Promise<AuthBrowser> {
  const at = browser();
  await at.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
  await at.call("/sign-in/email-otp", { email, otp: await lastCode(mainTable, email), name: "林晓" });
  await at.call("/first-password", { password });
  return at;
}

test("every cookie of signing in, of its second step and of passkeys is HttpOnly, Secure, SameSite=Lax and for the whole site", async () => {
  const at = await signedUp("cookies@example.com");
  const { totpURI } = (await at.call("/two-factor/enable", { password })).json as { totpURI: string };
  const set: string[] = [];
  const keep = async (call: Promise<{ cookies: string[]; status: number }>) => {
    const answer = await call;
    expect(answer.status).toBe(200);
    set.push(...answer.cookies);
  };
  await keep(at.call("/two-factor/verify-totp", { code: totpOf(totpURI, Date.now()) }));
  await keep(at.call("/passkey/generate-register-options"));
  await keep(at.call("/sign-out", {}));
  await keep(at.call("/passkey/generate-authenticate-options"));
  await keep(at.call("/sign-in/email", { email: "cookies@example.com", password }));
  await keep(at.call("/two-factor/verify-totp", { code: totpOf(totpURI, Date.now(), 1), trustDevice: true }));
  const names = new Set(set.map((one) => one.split("=", 1)[0]));
  for (const name of ["session_token", "session_data", "two_factor", "trust_device"])
    expect([...names]).toContain(`__Secure-yihao.${name}`);
  expect([...names].some((name) => /passkey|auth/i.test(name ?? ""))).toBe(true);
  for (const cookie of set) {
    expect(cookie).toMatch(/^__Secure-/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\/(;|$)/i);
    expect(cookie).not.toMatch(/; Domain=/i);
  }
});

test("no log holds a password, a code, a secret, a token or an e-mail, whatever goes wrong on the way", async () => {
  const said: unknown[][] = [];
  for (const way of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, way).mockImplementation((...words: unknown[]) => {
      said.push(words);
    });
  logged.length = 0;
  const email = "logged@example.com";
  const at = await signedUp(email);
  const otp = await lastCode(mainTable, email);
  const enabled = (await at.call("/two-factor/enable", { password })).json as {
    totpURI: string;
    backupCodes: string[];
  };
  const code = totpOf(enabled.totpURI, Date.now());
  await at.call("/two-factor/verify-totp", { code });
  await browser().call("/sign-in/email", { email, password: "wrong-wrong-1" });
  await browser().call("/sign-in/email-otp", { email, otp: "000000" });
  const second = browser();
  await second.call("/sign-in/email", { email, password });
  await second.call("/two-factor/verify-backup-code", { code: enabled.backupCodes[0] });
  await second.call("/two-factor/verify-backup-code", { code: "0000-0000-0000-0000" });
  await at.call("/passkey/generate-register-options");
  const made = {
    id: "AA",
    rawId: "AA",
    type: "public-key",
    response: { clientDataJSON: "AA", attestationObject: "AA" },
  };
  await at.call("/passkey/verify-registration", { response: made, name: "x" });
  await at.call("/email-otp/request-email-change", { newEmail: email });
  await at.call(`/nothing?email=${email}`);
  const tokens = [...at.jar.values(), ...second.jar.values()];
  const text = JSON.stringify([logged, said], (_, value) => (value instanceof Error ? (value.stack ?? "") : value));
  expect(logged.length).toBeGreaterThan(10);
  const secrets = [
    password,
    "wrong-wrong-1",
    otp,
    code,
    new URL(enabled.totpURI).searchParams.get("secret") ?? "?",
    ...enabled.backupCodes,
    email,
    ...tokens,
  ];
  expect(secrets.filter((one) => one.length > 3 && text.includes(one))).toEqual([]);
});

test("signing in, asking for a code and asking to reset answer a known e-mail and an unknown one alike", async () => {
  await signedUp("known@example.com");
  const plain = (answer: { status: number; json: unknown }) =>
    JSON.stringify([answer.status, { ...(answer.json as object), request: "" }]);
  const wishes = (email: string): [string, object][] => [
    ["/sign-in/email", { email, password: "wrong-wrong-1" }],
    ["/sign-in/email-otp", { email, otp: "000000" }],
    ["/email-otp/send-verification-otp", { email, type: "sign-in" }],
    ["/email-otp/request-password-reset", { email }],
    ["/email-otp/reset-password", { email, otp: "000000", password }],
  ];
  const [known, unknown] = [wishes("known@example.com"), wishes("unknown@example.com")];
  for (const [index, [path, body]] of known.entries()) {
    const there = await browser().call(path, body);
    const absent = await browser().call(path, unknown[index]?.[1]);
    expect(plain(there), path).toBe(plain(absent));
  }
});

test("a name cannot put a second line into a letter's head", async () => {
  const email = "lines@example.com";
  const at = browser();
  await at.call("/email-otp/send-verification-otp", { email, type: "sign-in" });
  const otp = await lastCode(mainTable, email);
  for (const name of ["林\r\nBcc: all@example.com", "林\u2028晓", "林\u0000"])
    expect((await at.call("/sign-in/email-otp", { email, otp, name })).json).toMatchObject({ code: "input.invalid" });
  expect((await lastLetter(mainTable, email))?.subject).not.toMatch(/[\r\n]/);
});

test("a challenge of a passkey is good once and for its own ceremony; a forged proof signs nobody in", async () => {
  const at = await signedUp("challenge@example.com");
  const proof = {
    id: "AA",
    rawId: "AA",
    type: "public-key",
    response: { clientDataJSON: "AA", authenticatorData: "AA", signature: "AA" },
  };
  const thief = browser();
  expect((await thief.call("/passkey/verify-authentication", { response: proof })).json).toMatchObject({
    code: "auth.passkey-again",
  });
  const asked = (await thief.call("/passkey/generate-authenticate-options")).json as { userVerification: string };
  expect(asked.userVerification).toBe("required");
  const challenge = new Map(thief.jar);
  expect((await thief.call("/passkey/verify-authentication", { response: proof })).json).toMatchObject({
    code: "auth.passkey-unknown",
  });
  for (const [name, value] of challenge) thief.jar.set(name, value);
  expect((await thief.call("/passkey/verify-authentication", { response: proof })).json).toMatchObject({
    code: "auth.passkey-again",
  });
  await at.call("/passkey/generate-register-options");
  expect((await at.call("/passkey/verify-authentication", { response: proof })).json).toMatchObject({
    code: "auth.passkey-again",
  });
});
