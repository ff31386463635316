import type { Invite } from "@yihao/identity/mail";
import { escapeHtml } from "./sandbox/page.ts";

export type Language = "zh-CN" | "en";
export type OutboxMail = {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly invite?: Invite | undefined;
  readonly sentAt?: string | undefined;
  readonly refused?: string | undefined;
};
/** `sends` when this machine delivers letters by a mail server. */
export type Frame = { readonly language: Language; readonly zone: string; readonly sends: boolean };

const words = {
  "zh-CN": {
    title: "发件箱",
    note: "这台机器不发邮件。系统写的信都在这里，每 5 秒刷新。",
    sending: "系统写的信，经邮件服务器寄出。每 5 秒刷新。",
    state: "状态",
    sent: "已寄出",
    waiting: "待寄",
    refused: (code: string) => `被拒收，${code}`,
    empty: "还没有信。登录码和邀请写好后会出现在这里。",
    to: "收件人",
    at: "时间",
    subject: "主题",
    back: "全部信件",
    older: "更早的信",
    newest: "回到最新",
    calendar: "日历",
    entries: (n: number) => `invite.ics，${n} 条`,
    missing: "没有这封信。信件保留 30 天。",
    other: "English",
    otherCode: "en",
  },
  en: {
    title: "Outbox",
    sending: "What the system writes and sends through its mail server. The list refreshes every 5 seconds.",
    state: "State",
    sent: "Sent",
    waiting: "To be sent",
    refused: (code: string) => `Refused, ${code}`,
    note: "This machine sends no mail. Everything the system writes is kept here; the list refreshes every 5 seconds.",
    empty: "No mail yet. Sign-in codes and invitations appear here once written.",
    to: "To",
    at: "Time",
    subject: "Subject",
    back: "All mail",
    older: "Older mail",
    newest: "Back to the newest",
    calendar: "Calendar",
    entries: (n: number) => (n === 1 ? "invite.ics, 1 entry" : `invite.ics, ${n} entries`),
    missing: "There is no such mail. Mail is kept for 30 days.",
    other: "中文",
    otherCode: "zh-CN",
  },
} as const satisfies Record<Language, Record<string, string | ((n: number) => string) | ((code: string) => string)>>;

const light =
  "--canvas:#f3f6f7;--surface:#fff;--hover:#eff3f4;--line:#dfe5e6;--fg:#172023;--fg2:#424e52;--fg3:#5c676a;--brand:#006472";
const dark =
  "--canvas:#0a0f11;--surface:#10171a;--hover:#192225;--line:#232e32;--fg:#e7edef;--fg2:#b4bfc3;--fg3:#8e9a9f;--brand:#67cadb";
/** The styles of every page of the outbox, whose hash their policy names. */
export const outboxStyle = `
:root{color-scheme:light;${light}}
@media(prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
:root[data-theme=light]{color-scheme:light;${light}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--fg);text-autospace:normal;font:0.875rem/1.375rem -apple-system,BlinkMacSystemFont,"Segoe UI","PingFang SC","HarmonyOS Sans SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--brand);overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
header{display:flex;align-items:baseline;gap:0.75rem;margin-bottom:0.5rem}
h1{font-size:1.25rem;line-height:1.75rem;font-weight:600;margin:0;overflow-wrap:anywhere}
header a{margin-left:auto;white-space:nowrap;padding:0.375rem 0}
p{margin:0 0 1rem;color:var(--fg2)}
ul{list-style:none;margin:0;padding:0;background:var(--surface);border:1px solid var(--line)}
li+li{border-top:1px solid var(--line)}
li a{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1rem;padding:0.625rem 1rem;min-height:3rem;text-decoration:none;color:var(--fg)}
li a:hover{background:var(--hover)}
li b{font-weight:600;overflow-wrap:anywhere}
li span,dt{color:var(--fg3);font-size:0.8125rem;line-height:1.25rem;overflow-wrap:anywhere}
article{background:var(--surface);border:1px solid var(--line)}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0.25rem 1rem;margin:0;padding:1rem;border-bottom:1px solid var(--line)}
dd{margin:0;overflow-wrap:anywhere}
pre{margin:0;padding:1rem;font:inherit;font-size:1rem;line-height:1.625rem;white-space:pre-wrap;overflow-wrap:anywhere}
nav{margin-top:1rem;display:flex;gap:1.25rem}
nav a{padding:0.75rem 0}
@media(min-width:768px){li a{grid-template-columns:minmax(0,1fr) minmax(0,16rem) minmax(9rem,auto);align-items:center}li span:last-child{text-align:right}}
`;

function page(frame: Frame, title: string, body: string, refresh: string, here: string): string {
  const t = words[frame.language];
  return `<!doctype html>
<html lang="${frame.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">${refresh}
<title>${escapeHtml(title)} · 壹号</title><link rel="icon" type="image/svg+xml" href="/icon.svg"><style>${outboxStyle}</style></head>
<body><main><header><h1>${escapeHtml(title)}</h1><a href="${here}?lang=${t.otherCode}" lang="${t.otherCode}">${t.other}</a></header>
${body}</main></body></html>`;
}

function moment(frame: Frame, at: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: frame.zone, dateStyle: "short", timeStyle: "medium" });
  return format.format(new Date(at));
}

/** What became of a letter, where letters are sent. */
function stateOf({ language, sends }: Frame, mail: OutboxMail): string {
  const t = words[language];
  if (!sends) return "";
  if (mail.refused) return t.refused(mail.refused);
  return mail.sentAt ? t.sent : t.waiting;
}

/** The list of mails, newest first; the first page refreshes itself. `next` is the cursor of older ones. */
export function outboxListPage(
  frame: Frame,
  mails: readonly OutboxMail[],
  next: string | null,
  first: boolean,
): string {
  const t = words[frame.language];
  const rows = mails.map(
    (mail) =>
      `<li><a href="/outbox/${encodeURIComponent(mail.id)}"><b>${escapeHtml(mail.subject)}</b><span>${escapeHtml(mail.to)}</span><span>${[stateOf(frame, mail), moment(frame, mail.at)].filter(Boolean).join(" · ")}</span></a></li>`,
  );
  const list = rows.length > 0 ? `<ul>${rows.join("")}</ul>` : `<p>${t.empty}</p>`;
  const older = next ? `<a href="/outbox?cursor=${encodeURIComponent(next)}">${t.older}</a>` : "";
  const newest = first ? "" : `<a href="/outbox">${t.newest}</a>`;
  const body = `<p>${frame.sends ? t.sending : t.note}</p>${list}<nav>${newest}${older}</nav>`;
  return page(frame, t.title, body, first ? `<meta http-equiv="refresh" content="5">` : "", "/outbox");
}

/** Text with its http(s) addresses made into links, safe in HTML. */
export function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"'，。；）]+)/)
    .map((part, index) =>
      index % 2 === 0 ? escapeHtml(part) : `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>`,
    )
    .join("");
}

/** One mail, or the sentence that there is none. */
export function outboxMailPage(frame: Frame, mail: OutboxMail | undefined): string {
  const t = words[frame.language];
  const back = `<nav><a href="/outbox">${t.back}</a></nav>`;
  if (!mail) return page(frame, t.title, `<p>${t.missing}</p>${back}`, "", "/outbox");
  const attached = mail.invite
    ? `<dt>${t.calendar}</dt><dd><a href="/outbox/${encodeURIComponent(mail.id)}/invite.ics" download="invite.ics">${t.entries(mail.invite.entries.length)}</a> · ${mail.invite.method}</dd>`
    : "";
  const state = frame.sends ? `<dt>${t.state}</dt><dd>${escapeHtml(stateOf(frame, mail))}</dd>` : "";
  const head = `<dl><dt>${t.to}</dt><dd>${escapeHtml(mail.to)}</dd><dt>${t.at}</dt><dd>${moment(frame, mail.at)}</dd>${state}${attached}</dl>`;
  const body = `<article>${head}<pre>${linked(mail.text)}</pre></article>${back}`;
  return page(frame, mail.subject, body, "", `/outbox/${encodeURIComponent(mail.id)}`);
}
