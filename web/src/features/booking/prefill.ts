import { DaySchema, InstantSchema } from "@yihao/booking/model";

/** What a link to the booking page already chose: a resource, its day, and of a room from when until when. */
export type WishedSlot = {
  readonly resource?: string;
  readonly day?: string;
  readonly from?: string;
  readonly until?: string;
};

/** Reads a choice from the address; whatever is not a day, or not two instants in order, is left out. */
export function wishedSlot(
  query: Readonly<Partial<Record<keyof WishedSlot, string | string[] | undefined>>>,
): WishedSlot {
  const day = DaySchema.safeParse(query.day);
  const from = InstantSchema.safeParse(query.from);
  const until = InstantSchema.safeParse(query.until);
  const span = from.success && until.success && from.data < until.data ? { from: from.data, until: until.data } : {};
  return {
    ...(typeof query.resource === "string" ? { resource: query.resource } : {}),
    ...(day.success ? { day: day.data, ...span } : {}),
  };
}
