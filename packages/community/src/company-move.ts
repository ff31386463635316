import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { cardOf, saveCard } from "./card-store.ts";
import { changeRegistrations } from "./event-actions.ts";
import { companyParcels, moveParcelWrites, parcelOf } from "./parcel-store.ts";
import { companyTickets, moveTicketWrites, ticketOf } from "./ticket-store.ts";

type Into = { readonly id: CompanyId; readonly name: string };
/** Rows of one reading; each is moved by itself, and the list is read again until it is empty. */
const most = 50;
const rounds = 20;

/** Takes a company's tickets, parcels and registrations for events over into another, as they stand, and its card out of the directory. Safe to run again: what was taken over is in its list no more. */
export async function moveCommunity(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  for (let misses = 0; misses < rounds; ) {
    const [tickets, parcels] = await Promise.all([
      companyTickets(scope, from, { limit: most }),
      companyParcels(scope, from, { limit: most }),
    ]);
    if (tickets.items.length + parcels.items.length === 0) break;
    for (const { id } of tickets.items) {
      const before = await ticketOf(scope, id);
      const writes = before && moveTicketWrites(scope, before, into);
      if (writes && !(await commit(unsigned, writes, { answer: null })).done) misses += 1;
    }
    for (const { id } of parcels.items) {
      const before = await parcelOf(scope, id);
      const writes = before && moveParcelWrites(scope, before, into);
      if (writes && !(await commit(unsigned, writes, { answer: null })).done) misses += 1;
    }
  }
  await changeRegistrations(scope, from, { company: into.id, companyName: into.name });
  for (let round = 0; round < rounds; round += 1) {
    const card = await cardOf(scope, from);
    if (!card?.published) return;
    const { rev: _, ...kept } = card;
    const writes = saveCard(scope, card, { ...kept, published: false });
    if ((await commit(unsigned, writes, { answer: null })).done) return;
  }
  throw new Error(`the card of ${from} found no quiet moment`);
}
