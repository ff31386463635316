/** How long before a booking a free room counts as soon taken, in minutes. */
export const soonMinutes = 15;

/** A stretch that the door shows: a booking, or when its place is open. `host` only where the space lets names be shown. */
export type DoorSlot = { readonly from: string; readonly until: string; readonly host?: string | undefined };
/** What a display is told of its room; all else it works out by itself. */
export type DoorFacts = {
  /** Bookings of yesterday until tomorrow in order of their start. */
  readonly slots: readonly DoorSlot[];
  /** When the place is open around now. */
  readonly open: readonly DoorSlot[];
  /** It cannot be had at all: switched off, or let for months. */
  readonly off: boolean;
};
export type DoorFace = {
  readonly state: "free" | "soon" | "busy" | "closed" | "off";
  /** When that ends, as far as it is known. */
  readonly until?: string | undefined;
  readonly now?: DoorSlot | undefined;
  readonly next: readonly DoorSlot[];
};

/**
 * What a door shows at an instant: taken until the last of the bookings that follow each other without a gap, soon taken within a quarter of an
 * hour, or free until the next. Pure and small, since the display itself asks it each second, also while it hears nothing new.
 */
export function faceAt({ slots, open, off }: DoorFacts, now: string, most = 4): DoorFace {
  const next = slots.filter(({ from }) => from > now).slice(0, most);
  if (off) return { state: "off", next };
  const running = slots.find(({ from, until }) => from <= now && now < until);
  if (running) {
    const end = slots.reduce((last, { from, until }) => (from <= last && until > last ? until : last), running.until);
    return { state: "busy", until: end, now: running, next };
  }
  const opening = open.find(({ from, until }) => from <= now && now < until);
  if (!opening) return { state: "closed", until: open.find(({ from }) => from > now)?.from, next };
  const first = next[0];
  const soon = first !== undefined && Date.parse(first.from) - Date.parse(now) <= soonMinutes * 60_000;
  return { state: soon ? "soon" : "free", until: first?.from ?? opening.until, next };
}
