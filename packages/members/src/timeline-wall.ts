import type { Event } from "@yihao/table/event";

type Told = Readonly<Record<string, unknown>>;
const state = (told: unknown) => (told as { state?: string } | null)?.state;

/**
 * Whether a company's own people see an event of its timeline: of documents those of which it sees the document, of agreements what happened since they
 * were signed, and nothing of its exit list, which is for staff.
 */
export function seenByCompany({ type, data }: Pick<Event, "type" | "data">): boolean {
  const told = (data ?? {}) as Told;
  if (type.startsWith("exit.") || type.startsWith("approval.") || type === "company.erase-asked") return false;
  if (type.startsWith("document.")) return told.visible === true;
  if (type === "agreement.drafted" || type === "agreement.dropped") return false;
  return type !== "agreement.changed" || state(told.before) !== "draft";
}

/** An event as its company's own people see it: what staff noted on an agreement stays with staff. */
export function forCompany(type: string, data: Told): Told {
  if (!type.startsWith("agreement.")) return data;
  const without = (told: unknown) => {
    if (typeof told !== "object" || told === null) return told;
    const { note: _, ...rest } = told as { note?: string };
    return rest;
  };
  return {
    ...data,
    ...("before" in data ? { before: without(data.before) } : {}),
    ...("after" in data ? { after: without(data.after) } : {}),
  };
}
