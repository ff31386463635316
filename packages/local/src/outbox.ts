import type { IncomingMessage } from "node:http";
import { letterFor, listMail, readMail } from "@yihao/identity/mail";
import { Refused } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import type { Mount } from "./gateway.ts";
import { type Frame, type Language, outboxListPage, outboxMailPage } from "./outbox-page.ts";
import { securityHeaders } from "./static-files.ts";

export type OutboxOptions = {
  readonly table: Table;
  /** Origin on which the links of the mails stand. */
  readonly origin: string;
  /** Addresses of this machine: the outbox holds sign-in codes and answers nobody else. */
  readonly own: ReadonlySet<string>;
};

function languageOf(request: IncomingMessage, asked: string | null): Language {
  const kept = /(?:^|;\s*)outbox_lang=(zh-CN|en)\b/.exec(request.headers.cookie ?? "")?.[1];
  const wanted = asked ?? kept ?? request.headers["accept-language"] ?? "zh-CN";
  return /^en\b/i.test(wanted) ? "en" : "zh-CN";
}

/**
 * The mount of `/outbox`: pages of what the system would have mailed, with links to click; in JSON for whoever accepts
 * that first. Only for this machine itself: other addresses of the network get 403.
 */
export function outboxMount({ table, origin, own }: OutboxOptions): Mount {
  return async (request, response, path) => {
    const url = new URL(request.url ?? "/", origin);
    const asked = url.searchParams.get("lang");
    const frame: Frame = {
      language: languageOf(request, asked),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, {
        ...securityHeaders,
        "content-type": `${type}; charset=utf-8`,
        "cache-control": "no-store",
        ...(asked
          ? { "set-cookie": `outbox_lang=${frame.language}; Path=/outbox; Max-Age=31536000; SameSite=Lax` }
          : {}),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const remote = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    if (!own.has(remote))
      return send(403, "text/plain", "只在运行壹号的机器上可看。 Only on the machine that runs Yihao.\n");
    if (request.method !== "GET" && request.method !== "HEAD") return send(405, "text/plain", "GET\n");
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
      const found = await readMail(scope, decodeURIComponent(path.slice("/outbox/".length)));
      const mail = found && letterFor(found, origin);
      if (json) return send(mail ? 200 : 404, "application/json", JSON.stringify(mail ?? null));
      return send(mail ? 200 : 404, "text/html", outboxMailPage(frame, mail));
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof URIError)) throw error;
      return send(404, "text/html", outboxMailPage(frame, undefined));
    }
  };
}
