import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { redactEvents } from "@yihao/table/event";
import { replace } from "@yihao/table/write";
import { changeRegistrations } from "./event-actions.ts";
import type { Parcel } from "./parcel-model.ts";
import { companyParcels, parcelOf, saveParcel } from "./parcel-store.ts";
import type { Ticket } from "./ticket-model.ts";
import { companyTickets, entryKey, entryKind, repliesOf, saveTicket, ticketOf } from "./ticket-store.ts";

/** Who has nothing to be called by any more. */
const nobody = { by: "", byName: "" };
/** What meets an edit is tried again on what that left. */
const tries = 8;

async function each<One extends { readonly id: string }>(
  read: (cursor: string | undefined) => Promise<Page<One>>,
  work: (id: string) => Promise<void>,
): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    for (const { id } of page.items) await work(id);
    if (!page.next) return;
    cursor = page.next;
  }
}

async function forgetTicket(scope: Scope, id: string): Promise<void> {
  for (const { rev, ...entry } of await repliesOf(scope, id))
    if (entry.from === "company" && entry.byName !== "") {
      const plain = replace(entryKey(scope, id, entry), entryKind, { ...entry, ...nobody }, rev);
      await commit(stepOf(scope, entry.id), [plain], { answer: null });
    }
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await ticketOf(scope, id);
    if (!before || before.forCompany || before.byName === "") return;
    const { rev: _, ...ticket } = before;
    const after: Ticket = { ...ticket, ...nobody };
    if ((await commit(stepOf(scope, id), saveTicket(scope, before, after), { answer: null })).done) return;
  }
}

async function forgetParcel(scope: Scope, id: string): Promise<void> {
  await redactEvents(scope, id, ({ data }) => {
    const { signedBy: _, ...rest } = data as Record<string, unknown>;
    return rest;
  });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await parcelOf(scope, id);
    if (!before || (before.personName ?? before.signedBy) === undefined) return;
    const { rev: _, person: _person, personName: _name, signedBy: _signed, ...parcel } = before;
    const after: Parcel = parcel;
    if ((await commit(stepOf(scope, id), saveParcel(scope, before, after), { answer: null })).done) return;
  }
}

/** Takes the names of a company's people out of its tickets, parcels and registrations for events, when its data are erased (个人信息保护法 第四十七条). What was asked and when stays. */
export async function forgetPeople(scope: Scope, company: CompanyId): Promise<void> {
  await each(
    (cursor) => companyTickets(scope, company, { cursor, limit: 100 }),
    (id) => forgetTicket(scope, id),
  );
  await each(
    (cursor) => companyParcels(scope, company, { cursor, limit: 100 }),
    (id) => forgetParcel(scope, id),
  );
  await changeRegistrations(scope, company, { name: "" });
}
