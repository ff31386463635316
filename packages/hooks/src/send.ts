import { lookup as systemLookup } from "node:dns/promises";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP } from "node:net";
import { isOwnMachine, isPublic } from "./address.ts";
import type { SendFault } from "./model.ts";
import { redacted } from "./redact.ts";
import { readTarget } from "./target.ts";

/** An attempt has so long, from the look-up of the name to the end of the answer. */
export const sendMs = 10_000;
/** So much of an answer is read; what comes behind it is not waited for. */
export const answerBytes = 65_536;

/** The addresses of a name, as the system's resolver gives them. */
export type Resolve = (name: string) => Promise<readonly string[]>;
const bySystem: Resolve = async (name) => (await systemLookup(name, { all: true })).map(({ address }) => address);

export type SendOptions = {
  /** Lets http and this machine's own addresses pass: for trying on one machine, never on AWS. */
  readonly local: boolean;
  readonly resolve?: Resolve;
  readonly ms?: number;
};
export type Sent = {
  readonly ms: number;
  readonly status: number | null;
  readonly fault: SendFault | null;
  readonly answer: string | null;
};

const failed = (fault: SendFault) => Object.assign(new Error(fault), { fault });

/** The one address to connect to. All of a name's must be public: one that also points inside is not trusted at all. */
async function addressOf(host: string, literal: string | undefined, { local, resolve = bySystem }: SendOptions) {
  if (literal !== undefined) return literal;
  const found = await resolve(host).catch(() => {
    throw failed("dns");
  });
  const allowed = (one: string) => isPublic(one) || (local && isOwnMachine(one));
  if (!found.every(allowed)) throw failed("blocked");
  // Functions on AWS have no way out by IPv6.
  const [first] = found.toSorted((a, b) => isIP(a) - isIP(b));
  if (first === undefined) throw failed("dns");
  return first;
}

function faultOf(error: unknown, timedOut: boolean): SendFault {
  if (timedOut) return "timeout";
  const { fault, code = "" } = error as { fault?: SendFault; code?: string };
  if (fault) return fault;
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) return "refused";
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_|EPROTO/.test(code)) return "tls";
  return "reset";
}

/**
 * Posts a body to an endpoint. It connects to the very address that was checked, under the name's own certificate, follows no redirect, keeps no connection, and reads at most 64 kB of the answer within ten
 * seconds. Never throws: what went wrong is the `fault`; 2xx is none.
 */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: SendOptions,
): Promise<Sent> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(options.ms ?? sendMs);
  const took = () => Math.round(performance.now() - started);
  const none = { status: null, answer: null };
  const target = readTarget(url, options.local);
  if (!target.ok) return { ...none, ms: took(), fault: "blocked" };
  const { url: at, address: literal } = target.value;
  const host = at.hostname.replace(/^\[|\]$/g, "");
  try {
    const gaveUp = new Promise<never>((_, reject) =>
      timeout.addEventListener("abort", () => reject(failed("timeout"))),
    );
    gaveUp.catch(() => {});
    const address = await Promise.race([addressOf(host, literal, options), gaveUp]);
    const answered = exchange(
      at,
      host,
      address,
      { ...headers, "content-length": String(Buffer.byteLength(body)) },
      body,
      timeout,
    );
    const { status, text } = await answered;
    const fault = status >= 200 && status < 300 ? null : status >= 300 && status < 400 ? "redirect" : "status";
    return { ms: took(), status, fault, answer: redacted(text) || null };
  } catch (error) {
    return { ...none, ms: took(), fault: faultOf(error, timeout.aborted) };
  }
}

/** One request on a connection of its own to an address, and as much of its answer as is read. */
function exchange(
  at: URL,
  host: string,
  address: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
) {
  const secure = at.protocol === "https:";
  return new Promise<{ status: number; text: string }>((done, reject) => {
    const request = (secure ? secureRequest : plainRequest)(
      {
        host: address,
        port: Number(at.port || (secure ? 443 : 80)),
        path: `${at.pathname}${at.search}`,
        method: "POST",
        headers: { host: at.host, ...headers },
        agent: false,
        signal,
        ...(secure && isIP(host) === 0 ? { servername: host } : {}),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const end = () => {
          const text = Buffer.concat(chunks).subarray(0, answerBytes).toString("utf8");
          done({ status: answer.statusCode ?? 0, text });
          request.destroy();
        };
        answer.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes >= answerBytes) end();
        });
        answer.on("end", end);
        answer.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
