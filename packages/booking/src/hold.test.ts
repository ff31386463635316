import { expect, it } from "vitest";
import { decidePayable, decideSettled, holdUntil } from "./hold.ts";
import type { Booking } from "./model.ts";

const now = "2026-11-23T02:00:00.000Z";
const until = "2026-11-24T04:00:00.000Z";
const hold = { until: "2026-11-23T02:15:00.000Z" };
const guest = { language: "en" as const };
const held = { state: "tentative", hold, guest, until } as const;
const unpaid = { ...held, state: "cancelled", answered: { as: "unpaid", at: now } } as const;
const settled = (booking: Partial<Booking>, at = now) => decideSettled(booking as Booking, "pay_1", at);

it("a hold is a quarter of an hour, and never longer than what is held", () => {
  expect(holdUntil({ until }, now)).toBe(hold.until);
  expect(holdUntil({ until: "2026-11-23T02:05:00.000Z" }, now)).toBe("2026-11-23T02:05:00.000Z");
});

it("what is held may be paid to the very end of its hold, and nothing else may", () => {
  expect(decidePayable(held, "2026-11-23T02:14:59.999Z").ok).toBe(true);
  for (const [booking, at] of [
    [held, hold.until],
    [{ ...held, state: "booked" as const }, now],
    [unpaid, now],
  ] as const)
    expect(decidePayable(booking, at)).toMatchObject({ refusal: { code: "booking.not-held" } });
});

it("money confirms what is held, revives what was let go for want of it, and goes back where it finds neither", () => {
  expect(settled(held)).toBe("confirm");
  // Late, but the timer has not let it go yet.
  expect(settled(held, "2026-11-23T02:20:00.000Z")).toBe("confirm");
  expect(settled(unpaid)).toBe("revive");
  expect(settled(unpaid, until)).toBe("give-back");
  expect(settled({ ...unpaid, answered: { as: "withdrawn", at: now } })).toBe("give-back");
  expect(settled({ ...held, state: "cancelled" })).toBe("give-back");
});

it("the payment that confirmed a booking does nothing again, and a second one goes back", () => {
  const booked = { ...held, state: "booked" as const, guest: { ...guest, paidBy: "pay_1" } };
  expect(settled(booked)).toBe("known");
  expect(settled({ ...booked, guest: { ...guest, paidBy: "pay_0" } })).toBe("give-back");
  expect(settled({ ...booked, state: "cancelled" })).toBe("known");
});
