import { randomBytes } from "node:crypto";
import type { MethodRecord, State } from "./model.ts";
import { ownedBy } from "./objects.ts";
import { alertBox, type CardView, cardFields, escapeHtml, type Frame, statePage, whole } from "./page.ts";
import { chooseLanguage, wordsOf } from "./page-words.ts";
import { type PageReply, payByCard } from "./pay-route.ts";
import { detachMethod, saveMethod } from "./payment.ts";
import { freshId } from "./store.ts";

/** A visit works for so long. */
const VISIT_SECONDS = 3_600;

type Request = {
  readonly method: "GET" | "POST";
  readonly id: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly language: string;
  readonly fetchSite: string | undefined;
};

/** The page of what a customer has saved, in place of Stripe's billing portal: cards are added and removed, each told of as Stripe tells it. Only the page's own forms do anything. */
export function answerPortal(request: Request, state: State, now: Date): PageReply {
  const visit = Object.hasOwn(state.portals, request.id) ? state.portals[request.id] : undefined;
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const language = chooseLanguage(request.query.get("locale"), visit?.locale ?? null, request.language);
  const words = wordsOf(language);
  const frame: Frame = { language, nonce: randomBytes(16).toString("base64") };
  const show = (status: number, html: string, more: Record<string, string> = {}): PageReply => ({
    ...{ status, html },
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${frame.nonce}'; script-src 'nonce-${frame.nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      ...more,
    },
  });
  if (!visit) return show(404, statePage(frame, words.unknown));
  const back = [words.portal.back, visit.returnUrl] as const;
  if (visit.created + VISIT_SECONDS < nowSeconds) return show(410, statePage(frame, words.expired, back));
  const cards = () => Object.values(state.methods).filter(({ customer }) => customer === visit.customer);
  const view: CardView = {
    session: { mode: "setup", futureUse: false },
    entry: { number: "", expiry: "", cvc: "" },
    ...{ faults: [], decline: null },
  };
  if (request.method === "GET") return show(200, portalPage(frame, cards(), view, visit.returnUrl));
  if (request.fetchSite !== undefined && request.fetchSite !== "same-origin")
    return show(403, statePage(frame, [words.forged[0], words.forged[1]], back));
  const cause = { account: visit.account, nowSeconds, request: null };
  const again = () => show(303, "", { location: `?locale=${language}` });
  const leaving = ownedBy(state.methods, request.form.get("remove") ?? "", visit.account);
  if (leaving) {
    if (leaving.customer === visit.customer) detachMethod(state, leaving, cause);
    return again();
  }
  const entry = {
    number: request.form.get("number") ?? "",
    expiry: request.form.get("expiry") ?? "",
    cvc: request.form.get("cvc") ?? "",
  };
  const tried = payByCard(entry, now);
  if ("faults" in tried)
    return show(422, portalPage(frame, cards(), { ...view, entry, faults: tried.faults }, visit.returnUrl));
  if (tried.decline !== null)
    return show(402, portalPage(frame, cards(), { ...view, entry, decline: tried.decline }, visit.returnUrl));
  const { account, customer } = visit;
  saveMethod(state, { id: freshId("pm"), account, customer }, tried, cause);
  return again();
}

function portalPage(frame: Frame, cards: readonly MethodRecord[], view: CardView, returnUrl: string): string {
  const words = wordsOf(frame.language);
  const { portal } = words;
  const row = ({ id, instrument }: MethodRecord) => {
    if (instrument.method !== "card") return "";
    const { brand, last4, expMonth, expYear } = instrument;
    const until = `${portal.until} ${String(expMonth).padStart(2, "0")}/${expYear}`;
    return `<li><span class="name">${escapeHtml(brand === "unionpay" ? "UnionPay" : brand.charAt(0).toUpperCase() + brand.slice(1))} ···· ${last4}</span><form method="post"><button class="small" name="remove" value="${id}" aria-label="${portal.remove} ${last4}">${portal.remove}</button></form><span class="note">${until}</span></li>`;
  };
  const body = `<div class="panes two">
<section class="pane" aria-label="${portal.title}"><h1 class="merchant">${portal.title}</h1><p class="until">${portal.say}</p>
${cards.length === 0 ? `<p>${portal.none}</p>` : `<ul class="lines">${cards.map(row).join("")}</ul>`}
<a class="back" href="${escapeHtml(returnUrl)}">${portal.back}</a></section>
<section class="pane"><form method="post" novalidate>
${alertBox(frame.language, view, words)}
<h2 class="merchant">${portal.add}</h2>
${cardFields(frame.language, view, words)}
<button class="go" data-busy="${words.save.busy}">${portal.add}</button>
</form></section></div>`;
  return whole(frame, words, portal.title, body);
}
