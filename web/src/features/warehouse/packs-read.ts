import { inPacks, type Packaging } from "@yihao/warehouse/packaging";
import { createMemo } from "solid-js";
import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery } from "../../query.ts";
import { packsWords } from "./packs-words.ts";

/** Products asked for at a time, and at most of one document: longer ones tell the packs of their first. */
const atATime = 50;
const mostTold = 100;

/** Units told in packs (3 箱 + 4 件); undefined where they make no whole one. */
export function packed(units: number, packs: readonly Packaging[] | undefined): string | undefined {
  const split = inPacks(units, packs);
  return split.packs.length > 0 ? packsWords().told(split) : undefined;
}

/** Tells the units of a document's lines in the packs of their products: notices, orders and returns alike. Lines know no packs, so that these are as the products have them now. */
export function usePacked(space: () => string, lines: () => readonly { readonly product: string }[]) {
  const ids = () => [...new Set(lines().map(({ product }) => product))].slice(0, mostTold).sort();
  const read = createQuery(() => ({
    queryKey: ["wh", space(), "packs", ids().join()],
    queryFn: async () => {
      const found = [];
      for (let from = 0; from < ids().length; from += atATime) {
        const query = {
          ids: ids()
            .slice(from, from + atATime)
            .join(),
        };
        found.push(...(await ok(api.spaces[":space"].products.$get({ param: { space: space() }, query }))).items);
      }
      return found.map(({ id, packs }) => ({ id: id as string, packs }));
    },
    enabled: ids().length > 0,
    staleTime: 600_000,
  }));
  const byId = createMemo(() => new Map(read.data?.map(({ id, packs }) => [id, packs])));
  return (product: string, units: number) => packed(units, byId().get(product));
}
