import { tariffFor, unpriced } from "@yihao/pricing/tariff";
import type { NewTariff, Operation, Tariff, TariffTerms, Usage } from "@yihao/pricing/tariff-model";
import { type Intent, ok } from "../../api.ts";
import { accounts, api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, queryClient } from "../../query.ts";

const space$ = accounts.spaces[":space"];

/** Every tariff of the space with its revision. */
export const useTariffs = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "tariffs"],
    queryFn: async () => (await ok(space$.tariffs.$get({ param: { space: space() } }))).items,
  }));
export type TariffRow = NonNullable<ReturnType<typeof useTariffs>["data"]>[number];

/** What all companies used of the warehouse in a month. */
export const useUsage = (space: () => string, month: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "usage", month()],
    queryFn: () =>
      allPages((query) => ok(space$.usage[":month"].$get({ param: { space: space(), month: month() }, query }))),
    staleTime: 30_000,
  }));

/** The rate card, whose prices hold where no tariff does. */
export const useCard = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "card"],
    queryFn: async () => (await ok(api.spaces[":space"]["rate-card"].$get({ param: { space: space() } }))).card,
    staleTime: 30_000,
  }));

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["billing", space, "tariffs"] });
  }
}

/** Adds a tariff from a month to come. */
export const addTariff = (space: string, json: NewTariff, intent: Intent) =>
  told(space, ok(space$.tariffs.$post({ param: { space }, json }, intent.with())));

/** Ends a tariff before a month to come, as it was read. */
export const endTariff = (space: string, { id, rev }: TariffRow, until: string, intent: Intent) =>
  told(
    space,
    ok(
      space$.tariffs[":tariff"].end.$put(
        { param: { space, tariff: id }, json: { until } },
        intent.with({ ifMatch: `"${rev}"` }),
      ),
    ),
  );

export type Unpriced = { readonly company: string; readonly name: string; readonly operations: readonly Operation[] };

/** Work of a month that costs nothing as it is priced now (做了没有价的作业), by company: what no bill and no list of charges has. */
export const unpricedWork = (
  usages: readonly Usage[],
  facts: { readonly tariffs: readonly Tariff[]; readonly card: TariffTerms },
): Unpriced[] =>
  usages.flatMap(({ company, companyName: name, month, done }) => {
    const operations = unpriced(tariffFor(facts.tariffs, company, month) ?? facts.card, done);
    return operations.length > 0 ? [{ company, name, operations }] : [];
  });
