import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import type { Write } from "@yihao/table/write";
import { companyParcels, parcelOf, saveParcel } from "./parcel-store.ts";
import { ticketStates } from "./ticket-model.ts";
import { saveTicket, ticketOf, ticketPage } from "./ticket-store.ts";

type Into = { readonly person: PersonId; readonly name: string };
const rounds = 20;

/** Writes something anew until nobody else was faster. */
async function settle(scope: Scope, writes: () => Promise<Write[] | undefined>): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let round = 0; round < rounds; round += 1) {
    const wanted = await writes();
    if (!wanted || (await commit(unsigned, wanted, { answer: null })).done) return;
  }
  throw new Error("no quiet moment");
}

async function passTicket(scope: Scope, id: string, from: PersonId, into: Into): Promise<Write[] | undefined> {
  const before = await ticketOf(scope, id);
  if (!before || (before.assignee !== from && before.by !== from)) return undefined;
  const { rev: _, ...ticket } = before;
  return saveTicket(scope, before, {
    ...ticket,
    ...(ticket.assignee === from ? { assignee: into.person, assigneeName: into.name } : {}),
    ...(ticket.by === from ? { by: into.person } : {}),
  });
}

async function passParcel(scope: Scope, id: string, from: PersonId, into: Into): Promise<Write[] | undefined> {
  const before = await parcelOf(scope, id);
  if (before?.person !== from) return undefined;
  const { rev: _, ...parcel } = before;
  return saveParcel(scope, before, { ...parcel, person: into.person, personName: into.name });
}

/** Gives the tickets that a person opened or has in hand, and the parcels that came for them, to another account of the same person. Safe to run again. */
export async function movePerson(scope: Scope, from: PersonId, into: Into, companies: readonly CompanyId[]) {
  for (const state of ticketStates)
    for (let cursor: string | undefined; ; ) {
      const page = await ticketPage(scope, state, { cursor, limit: 100 });
      for (const { id } of page.items) await settle(scope, () => passTicket(scope, id, from, into));
      if (!page.next) break;
      cursor = page.next;
    }
  for (const company of companies)
    for (let cursor: string | undefined; ; ) {
      const page = await companyParcels(scope, company, { cursor, limit: 100 });
      for (const { id, person } of page.items)
        if (person === from) await settle(scope, () => passParcel(scope, id, from, into));
      if (!page.next) break;
      cursor = page.next;
    }
}
