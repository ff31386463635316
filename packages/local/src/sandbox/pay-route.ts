import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readCard } from "./cards.ts";
import type { Decline, Method, SessionRecord, State } from "./model.ts";
import { offeredMethods } from "./objects.ts";
import { escapeHtml, type PayView, payPage, statePage } from "./page.ts";
import { chooseLanguage, wordsOf } from "./page-words.ts";
import { type Attempted, attemptPayment } from "./payment.ts";

const COOKIE = "yihao_sandbox";
const NOT_AUTHORISED: Decline = {
  code: "payment_intent_payment_attempt_failed",
  declineCode: "payment_method_provider_decline",
  message: "The payer did not authorise the payment.",
};

export type PageRequest = {
  readonly method: "GET" | "POST";
  readonly sessionId: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly acceptLanguage: string;
  readonly cookies: string;
  /** The browser's Sec-Fetch-Site, where it sends one. */
  readonly fetchSite: string | undefined;
  /** The path the cookie is for, such as `/sandbox/`. */
  readonly cookiePath: string;
};
export type PageReply = { readonly status: number; readonly headers: Record<string, string>; readonly html: string };

/** Answers GET and POST of one hosted page; paying twice, by double click or by two tabs, charges once and ends at the same place. */
export function answerPage(request: PageRequest, state: State, now: Date): PageReply {
  const session = Object.hasOwn(state.sessions, request.sessionId) ? state.sessions[request.sessionId] : undefined;
  const language = chooseLanguage(request.query.get("locale"), session?.locale ?? null, request.acceptLanguage);
  const words = wordsOf(language);
  const frame = { language, nonce: randomBytes(16).toString("base64") };
  const kept = readCookie(request.cookies);
  const browser = kept ?? randomBytes(16).toString("hex");
  const show = (status: number, html: string): PageReply => ({
    status,
    html,
    headers: {
      ...pageHeaders(frame.nonce, session),
      ...(kept === undefined
        ? { "set-cookie": `${COOKIE}=${browser}; Path=${request.cookiePath}; HttpOnly; SameSite=Lax` }
        : {}),
    },
  });

  if (!session) return show(404, statePage(frame, words.unknown));
  const back = session.cancelUrl === null ? undefined : ([words.done[2], session.cancelUrl] as const);
  if (session.status === "expired") return show(410, statePage(frame, words.expired, back));

  const token = createHmac("sha256", state.secret).update(`${browser}:${session.id}`).digest("hex");
  const view: PayView = {
    session,
    merchant: session.merchant ?? merchantOf(state, session.account),
    token,
    chosen: offeredMethods(session)[0]!,
    entry: { number: "", expiry: "", cvc: "" },
    faults: [],
    decline: null,
  };
  if (request.method === "GET") {
    if (session.status === "open") return show(200, payPage(frame, view));
    return show(200, statePage(frame, [words.done[0], words.done[1]], [words.done[2], successUrl(session)]));
  }

  const sameSite = request.fetchSite === undefined || request.fetchSite === "same-origin";
  if (kept === undefined || !sameSite || !sameText(request.form.get("token") ?? "", token)) {
    return show(403, statePage(frame, [words.forged[0], words.forged[1]], [words.forged[2], ""]));
  }
  if (session.status === "complete") return seeOther(successUrl(session));

  const chosen = offeredMethods(session).find((way) => way === request.form.get("method")) ?? view.chosen;
  const entry = {
    number: request.form.get("number") ?? "",
    expiry: request.form.get("expiry") ?? "",
    cvc: request.form.get("cvc") ?? "",
  };
  const attempted =
    chosen === "card" ? payByCard(entry, now) : payByWallet(chosen, request.form.getAll("fail").includes(chosen));
  if ("faults" in attempted) return show(422, payPage(frame, { ...view, chosen, entry, faults: attempted.faults }));
  const outcome = attemptPayment(state, session, attempted, Math.floor(now.getTime() / 1000));
  if (outcome === "declined") return show(402, payPage(frame, { ...view, chosen, entry, decline: attempted.decline }));
  return seeOther(successUrl(session));
}

/** An attempt by card as typed, or the fields that are wrong. */
export function payByCard(
  entry: { number: string; expiry: string; cvc: string },
  now: Date,
): Attempted | { readonly faults: Extract<ReturnType<typeof readCard>, readonly unknown[]> } {
  const card = readCard(entry, now);
  if (!("brand" in card)) return { faults: card };
  const { decline, later, ...kept } = card;
  return { instrument: { method: "card", ...kept }, decline, later };
}

/** An attempt by Alipay or WeChat Pay, which the payer authorises or not. */
export function payByWallet(method: Exclude<Method, "card">, fails: boolean): Attempted {
  return { instrument: { method }, decline: fails ? NOT_AUTHORISED : null };
}

/** Where a paid session sends the browser, with its id in the place Stripe has for it. */
export function successUrl(session: SessionRecord): string {
  return session.successUrl.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

function merchantOf(state: State, account: string | null): string {
  const key = account ?? "";
  return (Object.hasOwn(state.merchants, key) ? state.merchants[key] : undefined) ?? account ?? "壹号 Yihao";
}

function seeOther(location: string): PageReply {
  const html = `<!doctype html><title>→</title><a href="${escapeHtml(location)}">→</a>`;
  return {
    status: 303,
    headers: {
      location: new URL(location).href,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    },
    html,
  };
}

/** `form-action` also binds the redirect after the form, so the merchant's own origin has to be in it. */
function pageHeaders(nonce: string, session: SessionRecord | undefined): Record<string, string> {
  const goal = session ? ` ${new URL(session.successUrl).origin}` : "";
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; ` +
      `form-action 'self'${goal}; base-uri 'none'; frame-ancestors 'none'`,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
}

function readCookie(header: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{32})(?:;|$)`).exec(header)?.[1];
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
