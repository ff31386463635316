import type { Scope } from "@yihao/kernel/scope";
import { daysWaiting } from "./parcel.ts";
import { remindDays } from "./parcel-model.ts";
import { parcelPage } from "./parcel-store.ts";
import { ticketPage } from "./ticket-store.ts";
import type { CommunityTodo } from "./todo-model.ts";

/** Parcels that are counted at most; a front desk that has more has a warehouse. */
const parcelsMost = 500;

/** Reads what waits at the front desk, at most `most` tickets: two queries of short rows. */
export async function communityTodo(scope: Scope, most: number): Promise<CommunityTodo> {
  const [tickets, parcels] = await Promise.all([
    ticketPage(scope, "open", { limit: most }),
    parcelPage(scope, "waiting", { limit: parcelsMost }),
  ]);
  return {
    tickets: tickets.items.map(({ id, title, companyName, priority, at }) => ({
      ...{ id, title, companyName, at },
      urgent: priority === "urgent",
    })),
    parcels: {
      waiting: parcels.items.length,
      old: parcels.items.filter((parcel) => daysWaiting(parcel, scope.now) >= remindDays[0]).length,
    },
  };
}
