import { createHmac } from "node:crypto";

/** A new secret: 256 bits, written as the scheme wants it. */
export function newSecret(): string {
  return `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
}

/** One signature of Standard Webhooks (standardwebhooks.com, symmetric): HMAC-SHA256 of `id.timestamp.body`. */
function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** The three headers of a webhook. With two secrets both sign, so that a receiver may change over while neither is refused. `at` is the instant of the attempt. */
export function signedHeaders(secrets: readonly string[], id: string, at: string, body: string) {
  const timestamp = Math.floor(Date.parse(at) / 1000);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": secrets.map((secret) => signature(secret, id, timestamp, body)).join(" "),
  };
}
