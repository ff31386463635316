import type { CardEntry, CardFault } from "./cards.ts";
import type { Decline, Method, SessionRecord } from "./model.ts";
import { offeredMethods } from "./objects.ts";
import { SCRIPT, STYLE } from "./page-style.ts";
import { declineSentence, fieldSentence, type Language, type Words, wordsOf } from "./page-words.ts";

export type Frame = { readonly language: Language; readonly nonce: string };
export type PayView = {
  readonly session: SessionRecord;
  readonly merchant: string;
  readonly token: string;
  readonly chosen: Method;
  readonly entry: CardEntry;
  readonly faults: readonly CardFault[];
  readonly decline: Decline | null;
};
/** What of a page a card's fields need. */
export type CardView = Pick<PayView, "entry" | "faults" | "decline"> & {
  readonly session: Pick<SessionRecord, "mode" | "futureUse">;
};
type Field = {
  readonly name: CardFault["field"];
  readonly label: string;
  readonly hints: string;
  readonly value: string;
};

/** Text made safe inside HTML and inside its quoted attributes. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Yuan with two decimals and thousands marks, from fen. */
export function yuan(minor: number): string {
  return `¥${(minor / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** The form of an open session: what is bought from whom, how to pay, what went wrong last time. */
export function payPage(frame: Frame, view: PayView): string {
  const words = wordsOf(frame.language);
  const { session } = view;
  const ways = offeredMethods(session);
  if (session.mode === "setup") return savePage(frame, view, words);
  const body = `<div class="panes two">
<section class="pane" aria-label="${words.total}">
<p class="label">${words.payTo}</p><h1 class="merchant">${escapeHtml(view.merchant)}</h1>
<p class="sum">${yuan(session.totalMinor)}</p>
<ul class="lines">${session.lines.map((line) => lineItem(line)).join("")}</ul>
<p class="total"><span>${words.total}</span><span>${yuan(session.totalMinor)}</span></p>
<p class="until">${words.expires} ${untilText(session.expiresAt, frame.language)}</p>
</section>
<section class="pane"><form method="post" novalidate>
${alertBox(frame.language, view, words)}
<h2 class="label" id="how">${words.how}</h2>
<input type="hidden" name="token" value="${view.token}">
<div class="ways of${ways.length}" role="radiogroup" aria-labelledby="how">
${ways.map((way, place) => radio(way, words, view.chosen, cornerOf(place, ways.length))).join("")}
${ways.includes("card") ? `<div class="way way-card">${cardFields(frame.language, view, words)}</div>` : ""}
${ways.map((way) => (way === "card" ? "" : walletPanel(way, words))).join("")}
</div>
<button class="go" data-busy="${words.paying}">${words.pay} ${yuan(session.totalMinor)}</button>
${session.cancelUrl === null ? "" : `<a class="back" href="${escapeHtml(session.cancelUrl)}">${words.back}</a>`}
</form></section></div>`;
  return whole(frame, words, `${words.pay} ${yuan(session.totalMinor)}`, body);
}

/** The form of a session that only saves a card. */
function savePage(frame: Frame, view: PayView, words: Words): string {
  const { session } = view;
  const body = `<div class="panes two">
<section class="pane" aria-label="${words.save.what}">
<p class="label">${words.payTo}</p><h1 class="merchant">${escapeHtml(view.merchant)}</h1>
<p class="sum">${words.save.what}</p><p>${words.save.say}</p>
<p class="until">${words.expires} ${untilText(session.expiresAt, frame.language)}</p>
</section>
<section class="pane"><form method="post" novalidate>
${alertBox(frame.language, view, words)}
<input type="hidden" name="token" value="${view.token}"><input type="hidden" name="method" value="card">
${cardFields(frame.language, view, words)}
<button class="go" data-busy="${words.save.busy}">${words.save.go}</button>
${session.cancelUrl === null ? "" : `<a class="back" href="${escapeHtml(session.cancelUrl)}">${words.back}</a>`}
</form></section></div>`;
  return whole(frame, words, words.save.what, body);
}

/** A page that only tells: paid, expired, unknown, refused; with one link on, if there is somewhere to go. */
export function statePage(frame: Frame, told: readonly [string, string], link?: readonly [string, string]): string {
  const words = wordsOf(frame.language);
  const body = `<div class="panes state"><section class="pane"><h1>${told[0]}</h1><p>${told[1]}</p>
${link ? `<a class="go" href="${escapeHtml(link[1])}">${link[0]}</a>` : ""}</section></div>`;
  return whole(frame, words, told[0], body);
}

/** A whole page of the sandbox with its strip on top. */
export function whole(frame: Frame, words: Words, title: string, body: string): string {
  const mark = (language: Language) => (language === frame.language ? ' aria-current="true"' : "");
  return `<!doctype html><html lang="${frame.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${title} · ${words.sandbox}</title><link rel="icon" href="data:,"><style nonce="${frame.nonce}">${STYLE}</style></head><body>
<header class="strip"><div><strong class="plate">${words.sandbox}</strong><span>${words.noMoney}</span>
<nav class="langs" aria-label="语言 Language"><a href="?locale=zh" lang="zh-CN"${mark("zh-CN")}>中文</a><a href="?locale=en" lang="en"${mark("en")}>EN</a></nav></div></header>
<main>${body}</main><script nonce="${frame.nonce}">${SCRIPT}</script></body></html>`;
}

function lineItem(line: SessionRecord["lines"][number]): string {
  const each = line.quantity === 1 ? "" : `${line.quantity} × ${yuan(line.unitMinor)}`;
  const note = [each, escapeHtml(line.description ?? "")].filter(Boolean).join(" · ");
  return `<li><span class="name">${escapeHtml(line.name)}</span><span>${yuan(line.unitMinor * line.quantity)}</span>${
    note ? `<span class="note">${note}</span>` : ""
  }</li>`;
}

function cornerOf(place: number, count: number): string {
  if (count === 1) return "only";
  return place === count - 1 ? "last" : "";
}

function radio(way: Method, words: Words, chosen: Method, corner: string): string {
  return `<input type="radio" name="method" id="way-${way}" value="${way}"${way === chosen ? " checked" : ""}><label for="way-${way}" class="${corner}">${words.methods[way]}</label>`;
}

/** The fields of a card, and the test cards that there are. */
export function cardFields(language: Language, view: CardView, words: Words): string {
  const number = 'inputmode="numeric" autocomplete="cc-number" maxlength="23" placeholder="4242 4242 4242 4242"';
  const expiry = `inputmode="numeric" autocomplete="cc-exp" maxlength="7" placeholder="${words.expiryHint}"`;
  const cvc = 'inputmode="numeric" autocomplete="cc-csc" maxlength="4" placeholder="123"';
  const input = (field: Field) => cardInput(language, field, view.faults);
  return `${input({ name: "number", label: words.number, hints: number, value: view.entry.number })}
<div class="pair">${input({ name: "expiry", label: words.expiry, hints: expiry, value: view.entry.expiry })}${input({ name: "cvc", label: words.cvc, hints: cvc, value: "" })}</div>
<details class="cards" open><summary>${words.testCards}</summary><table>
${testCard("4242 4242 4242 4242", words.results.pays, words)}
${testCard("4000 0000 0000 0002", words.results.declined, words)}
${testCard("4000 0000 0000 9995", words.results.funds, words)}
${
  view.session.mode === "setup" || view.session.futureUse
    ? testCard("4000 0000 0000 0341", words.save.later, words) + testCard("4000 0027 6000 3184", words.save.asks, words)
    : ""
}
</table><p>${words.anyDate}</p></details>`;
}

function cardInput(language: Language, field: Field, faults: readonly CardFault[]): string {
  const { name } = field;
  const fault = faults.find((one) => one.field === name);
  const wrong = fault ? ` aria-invalid="true" aria-describedby="${name}-fault"` : "";
  return `<label class="field"><span>${field.label}</span><input id="${name}" name="${name}" ${field.hints} value="${escapeHtml(field.value)}"${wrong}>${
    fault ? `<em id="${name}-fault">${fieldSentence(language, fault)}</em>` : ""
  }</label>`;
}

function testCard(number: string, result: string, words: Words): string {
  return `<tr><td>${number}</td><td>${result}</td><td><button type="button" class="fill" hidden data-number="${number}" aria-label="${words.fill} ${number}">${words.fill}</button></td></tr>`;
}

function walletPanel(way: "alipay" | "wechat_pay", words: Words): string {
  return `<div class="way way-${way}"><p>${words.wallet[way]}</p>
<label class="check"><input type="checkbox" name="fail" value="${way}">${words.fail}</label></div>`;
}

/** What went wrong with the last try, if anything. */
export function alertBox(language: Language, view: CardView, words: Words): string {
  if (view.decline === null && view.faults.length === 0) return "";
  const said =
    view.decline !== null
      ? `<strong>${view.session.mode === "setup" ? words.save.notSaved : words.notPaid}</strong>${declineSentence(language, view.decline)}${language === "en" ? " " : ""}${words.tryAgain}`
      : `<strong>${words.fix}</strong><ul>${view.faults
          .map((fault) => `<li><a href="#${fault.field}">${fieldSentence(language, fault)}</a></li>`)
          .join("")}</ul>`;
  return `<div class="alert" role="alert" tabindex="-1"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6.3 1.5h7.4l4.8 4.8v7.4l-4.8 4.8H6.3l-4.8-4.8V6.3zM9 5v6h2V5zm0 7.8v2.1h2v-2.1z" fill-rule="evenodd"/></svg><div>${said}</div></div>`;
}

function untilText(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    timeZone: "Asia/Shanghai",
    month: language === "en" ? "short" : "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(seconds * 1000);
}
