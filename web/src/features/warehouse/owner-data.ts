import type { ZoneEdit } from "@yihao/warehouse/model";
import type { OwnerRulesEdit } from "@yihao/warehouse/owner-model";
import { ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const inSpace = api.spaces[":space"];
const renewed = (space: string) => () => void queryClient.invalidateQueries({ queryKey: ["wh", space] });

/** What each owner may store and has now. */
export const useOwnerRules = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "owner-rules"],
    queryFn: async () => (await ok(inSpace.owners.storage.$get({ param: { space: space() } }))).items,
  }));

/** What one owner may store and has now. */
export const useOwnRules = (space: () => string, company: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "owner-rules", company()],
    queryFn: () => ok(inSpace.owners[":company"].storage.$get({ param: { space: space(), company: company() ?? "" } })),
    enabled: company() !== undefined,
  }));

/** Says what an owner may store, as it was seen. */
export const saveOwnerRules = (space: string, company: string, rev: number, json: OwnerRulesEdit) =>
  ok(inSpace.owners[":company"].storage.$put({ param: { space, company }, json }, ifMatch(`"${rev}"`))).finally(
    renewed(space),
  );

/** Names a zone and keeps it to kinds of goods, as the warehouse was seen. */
export const saveZone = (space: string, warehouse: string, zone: string, rev: number, json: ZoneEdit) =>
  ok(
    inSpace.warehouses[":warehouse"].zones[":zone"].$put(
      { param: { space, warehouse, zone }, json },
      ifMatch(`"${rev}"`),
    ),
  ).finally(renewed(space));
