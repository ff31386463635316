import { createHmac, timingSafeEqual } from "node:crypto";
import { isId, type PersonId } from "@yihao/kernel/ids";

/** Who a session cookie says is asking, and in which session. */
export type SignedIn = {
  readonly person: PersonId;
  readonly email: string;
  readonly name: string;
  readonly session: string;
};

/** Prefix of our cookies; on https browsers see `__Secure-` before it. */
export const cookiePrefix = "yihao";
/** How long a signed copy of the session is believed without a look at the sign-in table. That the session ended meanwhile is told by the member item, see `ended.ts`. */
export const sessionCopySeconds = 300;

function cookiesOf(request: Request): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const cut = part.indexOf("=");
    if (cut > 0) cookies.set(part.slice(0, cut).trim(), part.slice(cut + 1).trim());
  }
  return cookies;
}

function parsed(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The claims of an HS256 token whose signature is right (compared in constant time) and whose `exp` is to come. */
function claimsOf(token: string, secret: string, nowMs: number): Record<string, unknown> | undefined {
  const [head, body, signature, ...rest] = token.split(".");
  if (!head || !body || !signature || rest.length > 0) return undefined;
  if (parsed(head)?.alg !== "HS256") return undefined;
  const right = createHmac("sha256", secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const claims = parsed(body);
  return claims && typeof claims.exp === "number" && claims.exp * 1000 > nowMs ? claims : undefined;
}

function personOf(claims: Record<string, unknown>, nowMs: number): SignedIn | undefined {
  const session = claims.session as { id?: unknown; expiresAt?: unknown } | undefined;
  const user = claims.user as { id?: unknown; email?: unknown; name?: unknown } | undefined;
  if (!session || !user || !isId("per", user.id) || typeof user.email !== "string") return undefined;
  if (!isId("ses", session.id)) return undefined;
  if (!(Date.parse(String(session.expiresAt)) > nowMs)) return undefined;
  const name = typeof user.name === "string" ? user.name : "";
  return { person: user.id, email: user.email, name, session: session.id };
}

/**
 * Verifies the session of a request by its signed copy alone: no table read, nothing of the sign-in library. `stale`
 * when the copy is missing, expired or forged but a session cookie is there, so the auth function must be asked to renew it.
 */
export function verifySession(request: Request, secret: string, now: Date): SignedIn | "stale" | undefined {
  const cookies = cookiesOf(request);
  const named = (name: string) =>
    cookies.get(`__Secure-${cookiePrefix}.${name}`) ?? cookies.get(`${cookiePrefix}.${name}`);
  if (!named("session_token")) return undefined;
  const claims = claimsOf(named("session_data") ?? "", secret, now.getTime());
  return (claims && personOf(claims, now.getTime())) ?? "stale";
}
