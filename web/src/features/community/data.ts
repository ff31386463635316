import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { useSpace } from "../../frame/data.ts";
import { allPages } from "../../pages.ts";
import { createQuery } from "../../query.ts";
import "./words.ts";

/** The zone in which a space tells times. */
export const useZone = (space: () => string) => {
  const found = useSpace(space);
  return () => found.data?.zone ?? "Asia/Shanghai";
};

/** Every company of a space that is there, to choose from. */
export const useCompanyOptions = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["community", space(), "companies"],
    queryFn: async () => {
      const companies = api.spaces[":space"].companies;
      const all = await allPages((query) => ok(companies.$get({ param: { space: space() }, query })));
      return all
        .filter(({ state }) => state === "active")
        .map(({ id, name }) => ({ value: id as string, label: name }));
    },
    staleTime: 60_000,
  }));
