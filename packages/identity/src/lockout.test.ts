import { freshTable, platformOf } from "@yihao/testing/table";
import { describe, expect, test } from "vitest";
import { afterTry, type LockRule, minutesShut, perEmail, type Tries } from "./lockout.ts";
import { passwordFault } from "./password.ts";
import { countTry, forgetTries, returnTry } from "./tries.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute)).toISOString();

describe("lockout", () => {
  test("the fifth try within the minutes is the last, and the door opens again after its time", () => {
    let tries: Tries | undefined;
    for (let n = 0; n < perEmail.tries; n += 1) {
      expect(minutesShut(tries, at(n))).toBeUndefined();
      tries = afterTry(perEmail, tries, at(n));
    }
    expect(minutesShut(tries, at(4))).toBe(15);
    expect(minutesShut(tries, at(18))).toBe(1);
    expect(minutesShut(tries, at(19))).toBeUndefined();
    expect(afterTry(perEmail, tries, at(19))).toEqual({ failed: 1, since: at(19) });
  });

  test("tries that lie further apart than the minutes do not add up", () => {
    let tries: Tries | undefined;
    for (let n = 0; n < 20; n += 1) tries = afterTry(perEmail, tries, at(n * 15));
    expect(tries?.failed).toBe(1);
  });

  test("counting is exact when many try at once, and a success gives its try back", async () => {
    const table = await freshTable();
    const scope = () => platformOf(table, { command: `auto:${crypto.randomUUID()}` });
    const rule: LockRule = { tries: 8, withinMinutes: 15, lockMinutes: 15 };
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => countTry(scope(), rule, "address", "203.0.113.7")),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(8);
    await expect(countTry(scope(), rule, "address", "203.0.113.7")).rejects.toThrow("auth.locked");
    await countTry(scope(), rule, "address", "203.0.113.8");
    await returnTry(scope(), "address", "203.0.113.7");
    await countTry(scope(), rule, "address", "203.0.113.7");
    await forgetTries(scope(), "address", "203.0.113.7");
    await countTry(scope(), rule, "address", "203.0.113.7");
    table.close();
  });
});

describe("a password", () => {
  test.each([
    ["short123", "short"],
    ["x".repeat(129), "long"],
    ["Password123", "common"],
    ["aaaaaaaaaaaa", "plain"],
    ["abcdefghijkl", "plain"],
    ["zhoumin2026", "email"],
  ])("%s is refused as %s", (password, fault) => {
    expect(passwordFault(password, "zhoumin@example.com")).toBe(fault);
  });

  test("may be a sentence in any language", () => {
    expect(passwordFault("淮海路上的早餐店七点开", "zhoumin@example.com")).toBeUndefined();
    expect(passwordFault("correct horse battery", "zhoumin@example.com")).toBeUndefined();
  });
});
