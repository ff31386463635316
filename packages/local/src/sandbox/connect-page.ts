import { randomBytes } from "node:crypto";
import { enableAccount } from "./account-endpoints.ts";
import type { State } from "./model.ts";
import { escapeHtml } from "./page.ts";
import { STYLE } from "./page-style.ts";
import { chooseLanguage, wordsOf } from "./page-words.ts";
import type { PageReply } from "./pay-route.ts";

/** The page on which an account's holder is taken on, in place of Stripe's onboarding: one press instead of papers. Only the page's own form ends it. */
export function answerConnect(
  request: {
    readonly method: string;
    readonly id: string;
    readonly language: string;
    readonly fetchSite: string | undefined;
  },
  state: State,
  now: Date,
): PageReply {
  const account = Object.hasOwn(state.accounts, request.id) ? state.accounts[request.id] : undefined;
  const language = chooseLanguage(null, null, request.language);
  const { connect, unknown } = wordsOf(language);
  const nonce = randomBytes(16).toString("base64");
  const goal = account?.returnUrl ? ` ${new URL(account.returnUrl).origin}` : "";
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action 'self'${goal}; base-uri 'none'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
  };
  const whole = (title: string, body: string) =>
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><style nonce="${nonce}">${STYLE}</style></head><body><main><div class="panes state"><section class="pane">${body}</section></div></main></body></html>`;
  if (!account) return { status: 404, headers, html: whole(unknown[0], `<h1>${unknown[0]}</h1><p>${unknown[1]}</p>`) };
  const own = request.fetchSite === undefined || request.fetchSite === "same-origin";
  if (request.method === "POST" && own) {
    enableAccount(state, account, true, Math.floor(now.getTime() / 1000));
    return { status: 303, headers: { ...headers, location: account.returnUrl ?? "/" }, html: "" };
  }
  const form = `<h1>${connect.title}</h1><p>${connect.say}</p><p>${escapeHtml(account.email ?? account.id)}</p><form method="post"><button class="go">${connect.go}</button></form>`;
  return { status: 200, headers, html: whole(connect.title, form) };
}
