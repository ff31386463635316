import type { TopList } from "@yihao/warehouse/analysis";
import type { SheetView, StockOnDay } from "@yihao/warehouse/analysis-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createInfiniteQuery, createQuery, queryClient } from "../../query.ts";

const inSpace = api.spaces[":space"];
const of = (company: string | undefined) => (company ? { company } : {});
/** Figures are the night's; nobody needs them every second. */
const slowEveryMs = 60_000;

/** Figures of an owner, or of all; `company` is for staff. */
export const useAnalysis = (space: () => string, company: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "analysis", company() ?? "own"],
    queryFn: () => ok(inSpace.stock.analysis.$get({ param: { space: space() }, query: of(company()) })),
    refetchInterval: slowEveryMs,
  }));

/** The first products of a list. */
export const useTop = (space: () => string, company: () => string | undefined, list: () => TopList) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "top", company() ?? "own", list()],
    queryFn: () => ok(inSpace.stock.top.$get({ param: { space: space() }, query: { ...of(company()), list: list() } })),
  }));

/** Works out an owner's figures of this moment; without one, for the company that asks. */
export async function workOut(space: string, company: string | undefined, intent: Intent) {
  const figures = await ok(inSpace.stock.analysis.$post({ param: { space }, json: of(company) }, intent.with()));
  await queryClient.invalidateQueries({ queryKey: ["wh", space, "analysis"] });
  void queryClient.invalidateQueries({ queryKey: ["wh", space, "top"] });
  return figures;
}

async function everyPage<Item>(
  read: (query: { limit: string; cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
  progress?: (rows: number) => void,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: "100", ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    progress?.(found.length);
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

/** Figures of every product of an owner, for an export. */
export const allSheets = (
  space: string,
  company: string | undefined,
  progress?: (rows: number) => void,
): Promise<SheetView[]> =>
  everyPage(
    (query) => ok(inSpace.stock.sheets.$get({ param: { space }, query: { ...query, ...of(company) } })),
    progress,
  );

/** Stock at the end of a day, page after page; nothing is asked while no owner or day is chosen. */
export const useStockOn = (space: () => string, company: () => string | undefined, day: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["wh", space(), "on", company() ?? "own", day()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        inSpace.stock.on.$get({
          param: { space: space() },
          query: { day: day(), ...of(company()), ...(pageParam ? { cursor: pageParam } : {}) },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    enabled: day() !== "" && company() !== "",
  }));

/** Stock of every product at the end of a day, for an export. */
export const allStockOn = (
  space: string,
  company: string | undefined,
  day: string,
  progress?: (rows: number) => void,
): Promise<StockOnDay[]> =>
  everyPage(
    (query) => ok(inSpace.stock.on.$get({ param: { space }, query: { ...query, ...of(company), day } })),
    progress,
  );

/** How often goods moved at each bin of a warehouse in seven days. */
export const useBinFlow = (space: () => string, warehouse: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "flow", warehouse()],
    queryFn: async () =>
      (
        await ok(
          inSpace.warehouses[":warehouse"].flow.$get({ param: { space: space(), warehouse: warehouse() ?? "" } }),
        )
      ).items,
    enabled: warehouse() !== undefined,
    refetchInterval: slowEveryMs,
  }));
