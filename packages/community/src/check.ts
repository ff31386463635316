import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Parcel } from "./parcel-model.ts";
import { figuresOf } from "./ticket.ts";
import type { Ticket } from "./ticket-model.ts";

/**
 * Compares every ticket and parcel with the two rows it is listed by, the figures of each month with its tickets, and the codes that are taken
 * with the parcels that wait; and sees that of a card which is not published nothing stands in the directory or its index. Takes all items of one or many
 * spaces.
 */
export function checkCommunity(items: readonly RawItem[]): Violation[] {
  return [...checkTickets(items), ...checkParcels(items), ...checkCards(items), ...checkEvents(items)];
}

/** The count of an event's seats is who registered, and no more come than had a seat when they did. */
function checkEvents(items: readonly RawItem[]): Violation[] {
  const held = new Map<string, { coming: number; waiting: number }>();
  const counted = new Map<string, { coming: number; waiting: number }>();
  for (const item of items) {
    const pk = String(item.pk);
    if (item.k === "annev") {
      const sum = held.get(pk) ?? { coming: 0, waiting: 0 };
      held.set(pk, { ...sum, [String(item.state)]: sum[item.state as "coming" | "waiting"] + 1 });
    } else if (item.k === "annseat")
      counted.set(pk, { coming: Number(item.coming ?? 0), waiting: Number(item.waiting ?? 0) });
  }
  return [...new Set([...held.keys(), ...counted.keys()])].flatMap((where) => {
    const [expected, found] = [held, counted].map((map) => map.get(where) ?? { coming: 0, waiting: 0 });
    return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ rule: "event.seats", where, expected, found }];
  });
}

/** Which lists each thing stands in, against those it should. */
function listed(
  rule: string,
  items: readonly RawItem[],
  { kind, row, lists }: { kind: string; row: string; lists: (item: RawItem) => readonly string[] },
): Violation[] {
  const violations: Violation[] = [];
  const found = new Map<string, string[]>();
  const keyOf = (item: RawItem) => `${spaceOf(item)} ${String(item.id)}`;
  for (const item of items)
    if (item.k === row) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), listOf(item)]);
  for (const item of items) {
    if (item.k !== kind) continue;
    const wanted = lists(item).toSorted();
    const has = (found.get(keyOf(item)) ?? []).toSorted();
    if (has.join() !== wanted.join()) violations.push({ rule, where: keyOf(item), expected: wanted, found: has });
    found.delete(keyOf(item));
  }
  for (const [where, has] of found) violations.push({ rule, where, expected: [], found: has });
  return violations;
}

function checkParcels(items: readonly RawItem[]): Violation[] {
  const taken = new Map<string, string>();
  const wanted = new Map<string, string>();
  for (const item of items) {
    if (item.k === "uniq" && item.of === "parcel-code") taken.set(`${spaceOf(item)} ${item.value}`, String(item.owner));
    const parcel = item as unknown as Parcel;
    if (item.k === "par" && parcel.state === "waiting") wanted.set(`${spaceOf(item)} ${parcel.code}`, parcel.id);
  }
  const codes = [...new Set([...taken.keys(), ...wanted.keys()])]
    .filter((where) => taken.get(where) !== wanted.get(where))
    .map((where) => ({
      ...{ rule: "community.parcel-code", where },
      ...{ expected: wanted.get(where) ?? null, found: taken.get(where) ?? null },
    }));
  const lists = (item: RawItem) => [
    `pars#${item.state === "waiting" ? "waiting" : "done"}`,
    `pars-of#${String(item.company)}`,
  ];
  return [...listed("community.parcel-listed", items, { kind: "par", row: "parrow", lists }), ...codes];
}

function checkCards(items: readonly RawItem[]): Violation[] {
  const published = new Set(
    items
      .filter(({ k, published: is }) => k === "card" && is === true)
      .map((item) => `${spaceOf(item)} ${item.company}`),
  );
  const shown = (item: RawItem) => (item.k === "cardrow" ? item.company : item.k === "tok" ? item.id : undefined);
  const inDirectory = items.filter(
    (item) => item.k === "cardrow" || (item.k === "tok" && listOf(item).startsWith("tok#card")),
  );
  const stray = inDirectory
    .map((item) => ({ item, where: `${spaceOf(item)} ${String(shown(item))}` }))
    .filter(({ where }) => !published.has(where))
    .map(({ item, where }) => ({
      ...{ rule: "community.card-withdrawn", where },
      ...{ expected: null, found: `${listOf(item)} ${String(item.sk)}` },
    }));
  const rows = new Set(items.filter(({ k }) => k === "cardrow").map((item) => `${spaceOf(item)} ${item.company}`));
  const lost = [...published]
    .filter((where) => !rows.has(where))
    .map((where) => ({ rule: "community.card-listed", where, expected: "cards", found: null }));
  return [...stray, ...lost];
}

const listOf = (item: RawItem) => String(item.pk).split("#").slice(1).join("#");
const spaceOf = (item: RawItem) => String(item.pk).split("#", 1)[0] ?? "";

function checkTickets(items: readonly RawItem[]): Violation[] {
  const sums = new Map<string, number>();
  const found = new Map<string, number>();
  for (const item of items) {
    if (item.k === "tik") {
      const ticket = item as unknown as Ticket;
      for (const [name, by] of Object.entries(figuresOf(undefined, ticket))) {
        const at = `${spaceOf(item)} ${ticket.month} ${name}`;
        sums.set(at, (sums.get(at) ?? 0) + by);
      }
    }
    if (item.k === "tikfig")
      for (const name of ["opened", "responded", "responseMinutes", "solved", "solvingMinutes"])
        if (Number(item[name] ?? 0) !== 0) found.set(`${spaceOf(item)} ${item.month} ${name}`, Number(item[name]));
  }
  const figures = [...new Set([...sums.keys(), ...found.keys()])]
    .filter((where) => (sums.get(where) ?? 0) !== (found.get(where) ?? 0))
    .map((where) => ({
      ...{ rule: "community.figures", where },
      ...{ expected: sums.get(where) ?? 0, found: found.get(where) ?? 0 },
    }));
  const lists = (item: RawItem) => [`tiks#${String(item.state)}`, `tiks-of#${String(item.company)}`];
  return [...listed("community.ticket-listed", items, { kind: "tik", row: "tikrow", lists }), ...figures];
}
