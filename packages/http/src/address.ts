import type { Context } from "hono";

type Event = { event?: { requestContext?: { http?: { sourceIp?: string } } } };

/**
 * The network address that a request came from, as API Gateway tells it. `header` names the header in which the front that stands before the
 * gateway writes it (CloudFront: `cloudfront-viewer-address`, with a port); without one, what a client writes into headers is never believed.
 */
export function addressOf(c: Context, header?: string): string | undefined {
  const written = header ? c.req.header(header)?.trim() : undefined;
  if (written) return written.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return (c.env as Event | undefined)?.event?.requestContext?.http?.sourceIp;
}

/** Addresses of the machine itself: behind them stands no single caller. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === "::1";
}

/** The network that is counted as one: an IPv4 address whole, of IPv6 the 64 bits that one line is given. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail ? tail.split(":") : [];
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  const groups = [...front, ...zeros, ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/64`;
}
