import type { StaffMails } from "@yihao/members/staff-mail";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const inside = api.spaces[":space"];
type Read<Value> = () => Value;

/** How many sites, desks and rooms the space has; of many desks, that there are more. */
export const usePlaces = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["places", space(), "settings"],
    queryFn: async () => {
      const param = { space: space() };
      const [sites, page] = await Promise.all([
        ok(inside.sites.$get({ param })),
        ok(inside.resources.$get({ param, query: { limit: "200" } })),
      ]);
      const desks = page.items.filter(({ kind }) => kind === "desk").length;
      return { sites: sites.items.length, desks, rooms: page.items.length - desks, more: page.next !== null };
    },
  }));

/** The price of an hour and how many plans are offered. */
export const usePrices = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["rate-card", space(), "settings"],
    queryFn: async () => {
      const param = { space: space() };
      const [prices, plans] = await Promise.all([
        ok(inside["rate-card"].$get({ param })),
        ok(inside.plans.$get({ param })),
      ]);
      return { card: prices.card, plans: plans.items.filter(({ state }) => state === "active").length };
    },
  }));

/** The warehouses by name. */
export const useWarehouses = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "settings"],
    queryFn: async () => (await ok(inside.warehouses.$get({ param: { space: space() } }))).items,
  }));

/** When bills are due, and the account for transfers. */
export const useTerms = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "terms"],
    queryFn: () => ok(inside["billing-settings"].$get({ param: { space: space() } })),
  }));

/** How much work is stuck, as far as one page tells; asked only for those who may see it. */
export const useStuck = (space: Read<string>, mayManage: Read<boolean>) =>
  createQuery(() => ({
    queryKey: ["insight", space(), "stuck-count"],
    queryFn: async () => {
      const page = await ok(inside["dead-letters"].$get({ param: { space: space() }, query: {} }));
      return { count: page.items.length, more: page.next !== null };
    },
    enabled: mayManage(),
  }));

const mails$ = inside["staff-mails"];
const mailsKey = (space: string) => ["staff-mails", space];

/** What one is written to of as staff. */
export const useStaffMails = (space: Read<string>) =>
  createQuery(() => ({
    queryKey: mailsKey(space()),
    queryFn: () => ok(mails$.$get({ param: { space: space() } })),
  }));

/** Says what one is written to of as staff. */
export async function setStaffMails(space: string, json: StaffMails, intent: Intent): Promise<void> {
  const now = await ok(mails$.$put({ param: { space }, json }, intent.with()));
  queryClient.setQueryData(mailsKey(space), now);
}
