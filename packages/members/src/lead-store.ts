import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { ApplySettings, Lead, LeadRow } from "./lead-model.ts";

export const leadKind = kindOf<Lead>("led");
export const leadRowKind = kindOf<LeadRow>("ledrow");
export const applySettingsKind = kindOf<ApplySettings>("apply");

/** Where a lead lies. */
export const leadKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "led", id));
/** Where the settings of the public form lie. */
export const applySettingsKey = (scope: Scope): Key => keyIn(partition(scope, "apply"));

const shelfOf = (lead: LeadRow) => (lead.stage === "won" || lead.stage === "lost" ? "done" : "open");
/** Where a lead's card lies: open ones by the instant they came, won and lost ones by the instant they were. */
const rowKey = (scope: Scope, lead: LeadRow): Key =>
  keyIn(partition(scope, "leds", shelfOf(lead)), shelfOf(lead) === "done" ? lead.since : lead.at, lead.id);

function rowOf(lead: Lead): LeadRow {
  const { id, name, kind, stage, source, at, since, contactName, people, needs, wantsFrom } = lead;
  const { keeperName, tour, lost, company } = lead;
  return {
    ...{ id, name, kind, stage, source, at, since },
    ...(contactName ? { contactName } : {}),
    ...(people ? { people } : {}),
    ...(needs ? { needs } : {}),
    ...(wantsFrom ? { wantsFrom } : {}),
    ...(keeperName ? { keeperName } : {}),
    ...(tour ? { tour } : {}),
    ...(lost ? { lost } : {}),
    ...(company ? { company } : {}),
  };
}

const card = (scope: Scope, lead: Lead, rev: number): Write => ({
  do: "put",
  key: rowKey(scope, lead),
  kind: leadRowKind,
  data: rowOf(lead),
  rev,
});

/** The writes of a new lead and its card. */
export const leadWrites = (scope: Scope, lead: Lead): Write[] => [
  insert(leadKey(scope, lead.id), leadKind, lead, "lead"),
  card(scope, lead, 1),
];

/** The writes that put `after` where `before` was read, and its card where it belongs. Lost under `stale`. */
export function saveLead(scope: Scope, { rev, ...before }: Stored<Lead>, after: Lead): Write[] {
  const was = rowKey(scope, before);
  const is = rowKey(scope, after);
  return [
    replace(leadKey(scope, after.id), leadKind, after, rev),
    ...(was.pk === is.pk && was.sk === is.sk ? [] : [{ do: "delete", key: was } as const]),
    card(scope, after, rev + 1),
  ];
}

/** A lead by id. One consistent read unit. */
export const leadOf = (scope: Scope, id: string): Promise<Stored<Lead> | undefined> =>
  get(scope, leadKind, leadKey(scope, id));

/** A page of cards: `open` ones by when they came, `done` ones the latest first. */
export function leadPage(
  scope: Scope,
  shelf: "open" | "done",
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<LeadRow>>> {
  return query(scope, leadRowKind, partition(scope, "leds", shelf), {
    cursor: page.cursor,
    consistent: true,
    newest: shelf === "done",
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** The settings of the public form; a space that never set them shows none. */
export async function applySettingsOf(scope: Scope): Promise<Stored<ApplySettings>> {
  return (await get(scope, applySettingsKind, applySettingsKey(scope))) ?? { open: false, intro: "", rev: 0 };
}
