import type { CompanyView } from "@yihao/members/model";
import type { CreditUse } from "@yihao/members/subscription-model";
import type { NewPack, PackId, PlanId } from "@yihao/pricing/model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];
const company$ = space$.companies[":company"];
type Id = CompanyView["id"];
type AgreedPlan = { readonly name: string; readonly monthlyMinor: number; readonly until?: string };

/** Every plan that a company has or had. */
export const useSubscriptions = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["companies", space(), "subscriptions", company()],
    queryFn: async () =>
      (await ok(company$.subscriptions.$get({ param: { space: space(), company: company() as Id } }))).items,
  }));

/** The packs of a space. */
export const usePacks = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["packs", space()],
    queryFn: async () => (await ok(space$.packs.$get({ param: { space: space() } }))).items,
  }));

/** Puts a pack on sale. */
export async function addPack(space: string, json: NewPack, intent: Intent) {
  const made = await ok(space$.packs.$post({ param: { space }, json }, intent.with()));
  await queryClient.invalidateQueries({ queryKey: ["packs", space] });
  return made;
}

/** Does a command on a company and reads it anew, also when it was refused. */
async function then<Value>(space: string, command: Promise<Value>): Promise<Value> {
  try {
    return await command;
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["companies", space] });
  }
}

/** A change of a plan's life; days are the first day, or the first one without. */
export type PlanChange =
  | { readonly do: "start" | "amend"; readonly plan: PlanId; readonly from: string; readonly agreed?: AgreedPlan }
  | { readonly do: "pause"; readonly from: string; readonly until?: string }
  | { readonly do: "resume"; readonly from: string }
  | { readonly do: "renew"; readonly months: number; readonly plan?: PlanId }
  | { readonly do: "notice"; readonly until?: string; readonly reason?: string }
  | { readonly do: "withdraw" }
  | { readonly do: "end"; readonly until: string; readonly reason?: string };

function send(space: string, company: Id, { do: what, ...wish }: PlanChange, intent: Intent): Promise<unknown> {
  const param = { space, company };
  const plan$ = company$.subscription;
  const options = intent.with();
  const json = wish as never;
  switch (what) {
    case "start":
      return ok(plan$.$post({ param, json }, options));
    case "withdraw":
      return ok(plan$.notice.withdraw.$post({ param, json: {} }, options));
    default:
      return ok(plan$[what].$post({ param, json }, options));
  }
}

/** Changes a company's plan. */
export const changePlan = (space: string, company: Id, change: PlanChange, intent: Intent) =>
  then(space, send(space, company, change, intent));

/** Sells a pack to a company. */
export const sellPack = (space: string, company: Id, pack: PackId, from: string, intent: Intent) =>
  then(space, ok(company$.packs.$post({ param: { space, company }, json: { pack, from } }, intent.with())));

/** Uses credits of a company by hand. */
export const spendCredits = (space: string, company: Id, json: CreditUse, intent: Intent) =>
  then(space, ok(company$.credits.use.$post({ param: { space, company }, json }, intent.with())));
