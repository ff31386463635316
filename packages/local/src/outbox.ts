import type { IncomingMessage } from "node:http";
import { inviteText } from "@yihao/booking/invite";
import { hashOfStyle } from "@yihao/http/inline-style";
import { letterFor, listMail, readMail } from "@yihao/identity/mail";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { securityHeaders } from "../../../infra/security-headers.ts";
import type { Mount } from "./gateway.ts";
import { type Frame, type Language, outboxListPage, outboxMailPage, outboxStyle } from "./outbox-page.ts";
import { isOwn, keyCookie, type OwnMachine } from "./own-machine.ts";

export type OutboxOptions = {
  readonly table: Table;
  /** Origin on which the links of the mails stand. */
  readonly origin: string;
  /** The outbox holds sign-in codes and answers nobody but the machine's owner. */
  readonly own: OwnMachine;
  /** Whether letters are delivered, and not only written. */
  readonly sends?: boolean;
};

/** The address that letters of this machine come from. */
export const mailFrom = (origin: string) => `no-reply@${new URL(origin).hostname}`;

function languageOf(request: IncomingMessage, asked: string | null): Language {
  const kept = /(?:^|;\s*)outbox_lang=(zh-CN|en)\b/.exec(request.headers.cookie ?? "")?.[1];
  const wanted = asked ?? kept ?? request.headers["accept-language"] ?? "zh-CN";
  return /^en\b/i.test(wanted) ? "en" : "zh-CN";
}

/**
 * The mount of `/outbox`: pages of what the system would have mailed, with links to click; in JSON for whoever accepts
 * that first. Only for this machine itself: other addresses of the network get 403.
 */
export function outboxMount({ table, origin, own, sends }: OutboxOptions): Mount {
  return async (request, response, path) => {
    const url = new URL(request.url ?? "/", origin);
    const asked = url.searchParams.get("lang");
    const frame: Frame = {
      language: languageOf(request, asked),
      sends: sends ?? false,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const cookies = asked ? [`outbox_lang=${frame.language}; Path=/outbox; Max-Age=31536000; SameSite=Lax`] : [];
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, {
        ...securityHeaders(undefined, hashOfStyle(outboxStyle)),
        "content-type": `${type}; charset=utf-8`,
        "cache-control": "no-store",
        ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (!isOwn(request, own))
      return send(403, "text/plain", "只在运行壹号的机器上可看。 Only on the machine that runs Yihao.\n");
    if (request.method !== "GET" && request.method !== "HEAD") return send(405, "text/plain", "GET\n");
    if (own.key !== undefined && url.searchParams.has("key"))
      cookies.push(`${keyCookie}=${own.key}; Path=/outbox; HttpOnly; SameSite=Strict`);
    const scope: PlatformScope = {
      space: "platform",
      actor: { kind: "system", name: "outbox" },
      now: new Date().toISOString(),
      command: { id: "auto:outbox", print: "" },
      meter: { read: 0, write: 0 },
      table,
    };
    const json = /^application\/json/.test(request.headers.accept ?? "");
    const cursor = url.searchParams.get("cursor") ?? undefined;
    try {
      if (path === "/outbox") {
        const page = await listMail(scope, cursor);
        const mails = page.items.map((mail) => letterFor(mail, origin));
        if (json) return send(200, "application/json", JSON.stringify({ items: mails, next: page.next }));
        return send(200, "text/html", outboxListPage(frame, mails, page.next, cursor === undefined));
      }
      const [id = "", file] = path.slice("/outbox/".length).split("/");
      const found = await readMail(scope, decodeURIComponent(id));
      if (file === "invite.ics" && found?.invite)
        return send(200, "text/calendar", inviteText(found.invite, mailFrom(origin), found.at));
      const mail = found && letterFor(found, origin);
      if (json) return send(mail ? 200 : 404, "application/json", JSON.stringify(mail ?? null));
      return send(mail ? 200 : 404, "text/html", outboxMailPage(frame, mail));
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof URIError)) throw error;
      return send(404, "text/html", outboxMailPage(frame, undefined));
    }
  };
}
