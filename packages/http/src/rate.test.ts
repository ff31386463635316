import { describe, expect, test } from "vitest";
import { isLoopback, networkOf } from "./address.ts";
import { createLimiter } from "./rate.ts";

const rule = { requests: 3, seconds: 60 };

describe("a limiter", () => {
  test("lets the allowed number pass, tells the next when to come again, and opens then", () => {
    const limiter = createLimiter(rule);
    expect([0, 10_000, 20_000].map((ms) => limiter.take("a", ms))).toEqual([undefined, undefined, undefined]);
    expect([limiter.take("a", 20_500), limiter.shut("a", 59_999), limiter.take("a", 59_999)]).toEqual([40, 1, 1]);
    expect([limiter.shut("a", 60_000), limiter.take("a", 60_000)]).toEqual([undefined, undefined]);
  });

  test("counts each caller apart", () => {
    const limiter = createLimiter(rule);
    for (let n = 0; n < 4; n += 1) limiter.take("a", n);
    expect([limiter.shut("a", 5), limiter.take("b", 5)]).toEqual([60, undefined]);
  });

  test("remembers no more callers than it may, and forgets the longest remembered first", () => {
    const limiter = createLimiter({ requests: 1, seconds: 60 }, 100);
    for (let n = 0; n < 150; n += 1) limiter.take(`caller ${n}`, n);
    const known = Array.from({ length: 150 }, (_, n) => limiter.shut(`caller ${n}`, 200) !== undefined);
    expect(known.indexOf(true)).toBe(50);
    expect(known.filter(Boolean)).toHaveLength(100);
  });

  test("does not shut anybody out for long when the clock is set back", () => {
    const limiter = createLimiter(rule);
    for (let n = 0; n < 4; n += 1) limiter.take("a", 10_000_000);
    expect(limiter.take("a", 0)).toBeUndefined();
  });
});

describe("an address", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1:2:3:4:5", "fe80:0:0:1::/64"],
  ])("%s is counted as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test("of the machine itself is known in every way of writing it", () => {
    expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "203.0.113.7"].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
