import { describe, expect, it } from "vitest";
import { afterDecline, type Collectable, type CollectFacts, decideCollect } from "./collect.ts";
import { type Attempt, CollectSettingsSchema, defaultCollect } from "./collect-model.ts";
import { consentText } from "./consent.ts";
import { kindOfDecline } from "./decline.ts";
import { decideDunning, nextStep } from "./dunning.ts";
import { defaultDunning } from "./dunning-model.ts";

const bill: Collectable = { state: "due", dueOn: "2026-11-20", totalMinor: 15_000, paidMinor: 0 };
const attempt: Attempt = {
  ...{ payment: "pay_1", method: "pmt_1", card: { brand: "visa", last4: "4242" }, at: "2026-11-20T00:00:00.000Z" },
  ...{ amountMinor: 15_000, state: "asked" },
};
const facts = (over: Partial<CollectFacts> = {}): CollectFacts => ({
  ...{ settings: defaultCollect, bill, canPay: true, mayFinish: true, today: "2026-11-20", leastMinor: 400 },
  ...over,
});
const waiting = { state: "waiting", attempts: [], nextOn: "2026-11-23" } as const;

describe("a bill is collected", () => {
  it("on the day it is due and not before, and only of who saved a way to pay", () => {
    expect(decideCollect(facts())).toEqual({ do: "try" });
    expect(decideCollect(facts({ today: "2026-11-19" }))).toEqual({ do: "wait", on: "2026-11-20" });
    expect(decideCollect(facts({ canPay: false }))).toEqual({ do: "nothing" });
    expect(decideCollect(facts({ settings: { on: false, days: [0] } }))).toEqual({ do: "nothing" });
    expect(decideCollect(facts({ bill: { ...bill, opening: true } }))).toEqual({ do: "nothing" });
    expect(decideCollect(facts({ bill: { ...bill, paidMinor: 14_700 } }))).toEqual({ do: "nothing" });
    expect(decideCollect(facts({ bill: { ...bill, state: "draft" } }))).toEqual({ do: "nothing" });
  });

  it("no more once it was paid otherwise, its method was taken away or collecting was turned off", () => {
    const paid: Collectable = { ...bill, state: "paid", paidMinor: 15_000 };
    const today = "2026-11-23";
    expect(decideCollect(facts({ collection: waiting, today }))).toEqual({ do: "try" });
    expect(decideCollect(facts({ collection: waiting, today, bill: paid }))).toEqual({ do: "settle" });
    expect(decideCollect(facts({ collection: waiting, today, canPay: false }))).toMatchObject({ why: "no-method" });
    const off = { on: false, days: [0] };
    expect(decideCollect(facts({ collection: waiting, today, settings: off }))).toMatchObject({ why: "off" });
    expect(decideCollect(facts({ collection: { ...waiting, state: "stopped" }, today }))).toEqual({ do: "nothing" });
  });

  it("not again before it is known what became of the try before, which is given up when it is not wanted any more", () => {
    const collection = { state: "trying", attempts: [attempt] } as const;
    expect(decideCollect(facts({ collection }))).toEqual({ do: "finish", drop: false });
    expect(decideCollect(facts({ collection, mayFinish: false }))).toEqual({ do: "finish", drop: true });
    expect(decideCollect(facts({ collection, bill: { ...bill, paidMinor: 1 } }))).toEqual({ do: "finish", drop: true });
  });

  it("again on the days of the schedule when the refusal may pass, never twice in a day, and then no more", () => {
    const after = (tries: number, today: string, kind: "soft" | "hard" | "action" = "soft") =>
      afterDecline(defaultCollect, "2026-11-20", { tries, kind, today });
    expect(after(1, "2026-11-20")).toEqual({ nextOn: "2026-11-23" });
    expect(after(2, "2026-11-23")).toEqual({ nextOn: "2026-11-25" });
    expect(after(2, "2026-11-28")).toEqual({ nextOn: "2026-11-29" });
    expect(after(3, "2026-11-25")).toEqual({ nextOn: "2026-11-27" });
    expect(after(4, "2026-11-27")).toEqual({ why: "exhausted" });
    expect(after(1, "2026-11-20", "hard")).toEqual({ why: "hard" });
    expect(after(1, "2026-11-20", "action")).toEqual({ why: "action" });
  });

  it("by a schedule that rises", () => {
    expect(CollectSettingsSchema.safeParse({ on: true, days: [0, 3, 3] }).success).toBe(false);
    expect(CollectSettingsSchema.safeParse({ on: true, days: [] }).success).toBe(false);
    expect(CollectSettingsSchema.safeParse(defaultCollect).success).toBe(true);
  });
});

it("a refusal's code says whether another day helps; one that nobody knows may", () => {
  for (const code of ["insufficient_funds", "do_not_honor", "processing_error", "generic_decline", "never_heard_of"])
    expect(kindOfDecline(code), code).toBe("soft");
  for (const code of ["stolen_card", "expired_card", "revocation_of_authorization", "provider_refused"])
    expect(kindOfDecline(code), code).toBe("hard");
  expect(kindOfDecline("authentication_required")).toBe("action");
});

it("dunning rests on a bill that is being collected, and takes it up when that is over", () => {
  const settings = { ...defaultDunning, on: true };
  const owed = { id: "inv_a", number: "1", ...bill } as const;
  const rests = new Set(["inv_a"]);
  expect(decideDunning(settings, [owed], undefined, "2026-11-24", rests).reached).toEqual([]);
  expect(nextStep(settings, [owed], undefined, "2026-11-24", rests)).toBeUndefined();
  expect(decideDunning(settings, [owed], undefined, "2026-11-24").reached).toHaveLength(1);
});

it("consent names who charges, in both languages", () => {
  expect(consentText("zh", "一号空间")).toContain("同意一号空间把");
  expect(consentText("en", "Space One")).toContain("agree that Space One charges");
});
