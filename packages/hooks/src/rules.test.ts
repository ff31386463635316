import type { EventId, SpaceId } from "@yihao/kernel/ids";
import { describe, expect, test } from "vitest";
import { hookKinds } from "./model.ts";
import { bodyOf, payloads } from "./payload.ts";
import { redacted } from "./redact.ts";
import { deadAfterMs, hasNext, isDead, isOld, nextLook, retryDelays } from "./retry.ts";
import { newSecret, signedHeaders } from "./signature.ts";

const now = "2026-11-23T02:42:00.000Z";
const after = (ms: number) => new Date(Date.parse(now) + ms).toISOString();

describe("the signature", () => {
  // The vector that the scheme's own libraries are tested with.
  const [secret, id, at, body] = [
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    new Date(1614265330_000).toISOString(),
    '{"test": 2432232314}',
  ] as const;
  test("is the one that Standard Webhooks publish", () => {
    expect(signedHeaders([secret], id, at, body)).toEqual({
      "webhook-id": id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });
  test("is given by both secrets while they overlap, and a new secret has 256 bits", () => {
    const other = newSecret();
    expect(Buffer.from(other.replace("whsec_", ""), "base64")).toHaveLength(32);
    const [one, two] = signedHeaders([other, secret], id, at, body)["webhook-signature"].split(" ");
    expect(one).not.toBe(two);
    expect(two).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });
});

describe("retries", () => {
  test("are ten attempts over three days, each up to a fifth later, none before the last may have ended", () => {
    expect(retryDelays.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(deadAfterMs);
    expect([hasNext(0), hasNext(8), hasNext(9)]).toEqual([true, true, false]);
    for (const [rung, delay] of retryDelays.entries()) {
      const early = Date.parse(nextLook(rung, 0, now)) - Date.parse(now);
      const late = Date.parse(nextLook(rung, 0.999, now)) - Date.parse(now);
      expect([early, late]).toEqual([delay, Math.round(delay * (1 + 0.2 * 0.999))]);
      expect(early).toBeGreaterThan(10_000);
    }
  });
  test("end with an endpoint that took nothing for three days, and facts older than that are not sent", () => {
    expect([isDead(null, now), isDead(now, after(deadAfterMs - 1)), isDead(now, after(deadAfterMs))]).toEqual([
      false,
      false,
      true,
    ]);
    expect([isOld(now, after(deadAfterMs)), isOld(now, after(deadAfterMs + 1))]).toEqual([false, true]);
  });
});

describe("what is sent", () => {
  const event = (type: string, data: object) => ({
    id: "evt_0123456789abcdef" as EventId,
    type,
    at: now,
    subject: "cmp_qinghe",
    data,
  });
  test("has a schema for every kind, and names its version, its space and its instant", () => {
    expect(Object.keys(payloads).sort()).toEqual([...hookKinds].sort());
    const body = bodyOf("spc_a" as SpaceId, event("company.added", { company: "cmp_qinghe", name: "青禾农选" }));
    expect(JSON.parse(body ?? "")).toEqual({
      ...{ type: "company.added", version: 1, timestamp: now, id: "evt_0123456789abcdef" },
      ...{ space: "spc_a", subject: "cmp_qinghe", data: { company: "cmp_qinghe", name: "青禾农选" } },
    });
  });
  test("holds the listed fields and no others: who booked, contacts and notes stay in the house", () => {
    const booking = {
      ...{
        booking: "bok_aaaa1",
        resource: "res_aaaa1",
        resourceName: "会议室 1",
        kind: "room",
        site: "sit_aaaa1",
        company: "cmp_aaaa1",
      },
      ...{
        from: now,
        until: after(3_600_000),
        day: "2026-11-23",
        zone: "Asia/Shanghai",
        person: "per_secret",
        note: "密谈",
      },
      quote: { totalMinor: 6000, lines: [{ text: "密价" }] },
    };
    const body = bodyOf("spc_a" as SpaceId, event("booking.made", booking)) ?? "";
    expect(JSON.parse(body).data.quote).toEqual({ totalMinor: 6000 });
    expect(body).not.toMatch(/per_secret|密谈|密价/);
    const ticket = { ticket: "tik_a", company: "cmp_a", kind: "repair", priority: "high", title: "密室漏水" };
    expect(bodyOf("spc_a" as SpaceId, event("ticket.opened", ticket))).not.toContain("密室");
  });
  test("is nothing once the law had an event's data erased", () => {
    expect(bodyOf("spc_a" as SpaceId, event("company.added", {}))).toBeUndefined();
    expect(bodyOf("spc_a" as SpaceId, event("lead.added", { name: "谁" }))).toBeUndefined();
  });
});

test("of an answer the first letters are kept, in one line, without mail addresses, long numbers and secrets", () => {
  const told = redacted(
    '{"error":"no user li.wen+1@qinghe.example",\n"phone":"138 0013 8000","id":"34060219900307721X","key":"sk_live_abc123","token":"eyJhbGciOi.J9x","order":42,"ref":"9f8e7d6c5b4a39281706f5e4"}\u0007',
  );
  expect(told).toBe(
    '{"error":"no user ‹mail›", "phone":"‹number›","id":"‹number›X","key":"‹secret›","token":"‹secret›","order":42,"ref":"‹secret›"}',
  );
  expect(redacted("a".repeat(5_000))).toHaveLength(300);
});
