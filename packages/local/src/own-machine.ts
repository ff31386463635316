import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Mount } from "./gateway.ts";

/** Who may look at what only the owner of the machine may see. */
export type OwnMachine = {
  /** Addresses of this machine. */
  readonly addresses: ReadonlySet<string>;
  /** Where another server stands in front of this one, every request comes from this machine: then this key is asked for as well. */
  readonly key?: string | undefined;
};

/** The cookie that keeps the key once it was in an address. */
export const keyCookie = "yihao_owner";

function sameText(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether a request is the machine's own: from its addresses, and with the key where one is asked for. */
export function isOwn(request: IncomingMessage, own: OwnMachine): boolean {
  const remote = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  if (!own.addresses.has(remote)) return false;
  if (own.key === undefined) return true;
  const asked = new URL(request.url ?? "/", "http://machine").searchParams.get("key");
  const kept = new RegExp(`(?:^|;\\s*)${keyCookie}=([^;]+)`).exec(request.headers.cookie ?? "")?.[1];
  return [asked, kept].some((given) => typeof given === "string" && sameText(given, own.key ?? ""));
}

/** A mount of which strangers get only the paths that `open` names, dots in them resolved; the rest is there for this machine alone. */
export function mostlyOwn(own: OwnMachine, open: RegExp, mount: Mount): Mount {
  return (request, response, path) => {
    if (open.test(new URL(request.url ?? "/", "http://machine").pathname) || isOwn(request, own))
      return mount(request, response, path);
    response.writeHead(403, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end("只在运行壹号的机器上可用。 Only on the machine that runs Yihao.\n");
  };
}
