import type { Entry, Streams } from "@yihao/insight/stream-model";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Stream } from "@yihao/pricing/model";
import { type Intent, newIntent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, queryClient } from "../../query.ts";
import "./streams-words.ts";

const insight = api.spaces[":space"].insight;
const key = (space: string, ...rest: unknown[]) => ["billing", space, "streams", ...rest];

/** Takes in what was finalised before these figures were kept, step by step, until all of it is in; `told` hears how many bills and companies were looked at. */
async function fill(space: string, told: (read: number) => void = () => {}): Promise<void> {
  let cursor: string | undefined;
  let read = 0;
  do {
    const step = await ok(
      insight.streams.fill.$post({ param: { space }, json: cursor ? { cursor } : {} }, newIntent().with()),
    );
    read += step.read;
    told(read);
    cursor = step.next ?? undefined;
  } while (cursor !== undefined);
}

/** Waits until what was finalised and posted before these figures and the journal were kept is in them. */
export async function readWhole(space: string): Promise<void> {
  const { filled } = await ok(insight.streams.$get({ param: { space }, query: { months: "1" } }));
  if (!filled) await fill(space);
}

/** Revenue by stream of the last months; the first time in a space that is older than these figures, older bills are taken in before it is shown, and `told` hears how many by then. */
export const useStreams = (space: () => string, months: () => number, told: (read: number) => void) =>
  createQuery(() => ({
    queryKey: key(space(), "months", months()),
    queryFn: async (): Promise<Streams> => {
      const read = () => ok(insight.streams.$get({ param: { space: space() }, query: { months: String(months()) } }));
      const found = await read();
      if (found.filled) return found;
      await fill(space(), told);
      return await read();
    },
    staleTime: 30_000,
    placeholderData: (before: Streams | undefined) => before,
  }));

/** The documents posted to a month, all pages of them. */
export const useEntries = (space: () => string, month: () => string | undefined) =>
  createQuery(() => ({
    queryKey: key(space(), "documents", month()),
    queryFn: (): Promise<Entry[]> =>
      allPages((query) =>
        ok(insight.streams[":month"].documents.$get({ param: { space: space(), month: month() ?? "" }, query })),
      ),
    enabled: month() !== undefined,
    staleTime: 30_000,
  }));

/** The lines of a company's bills and credit notes posted to a month. */
export const useStreamLines = (space: () => string, month: () => string, company: () => string | undefined) =>
  createQuery(() => ({
    queryKey: key(space(), "lines", month(), company()),
    queryFn: async () => {
      const param = { space: space(), month: month() };
      const query = { company: company() as CompanyId };
      return (await ok(insight.streams[":month"].lines.$get({ param, query }))).items;
    },
    enabled: company() !== undefined,
    staleTime: 30_000,
  }));

/** Monthly recurring revenue of the last months, and what the next six will bring. */
export const useRecurring = (space: () => string, months: () => number) =>
  createQuery(() => ({
    queryKey: key(space(), "recurring", months()),
    queryFn: () =>
      ok(insight.recurring.$get({ param: { space: space() }, query: { months: String(months()), ahead: "6" } })),
    staleTime: 30_000,
  }));

/** Companies whose monthly revenue changed over a month. */
export const useMovers = (space: () => string, month: () => string) =>
  createQuery(() => ({
    queryKey: key(space(), "movers", month()),
    queryFn: async () =>
      (await ok(insight.recurring[":month"].$get({ param: { space: space(), month: month() } }))).items,
    staleTime: 30_000,
  }));

async function told<T>(space: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } finally {
    await queryClient.invalidateQueries({ queryKey: key(space) });
  }
}

/** Sets what the streams cost in a month, as it was read at `rev`. */
export const saveCosts = (
  space: string,
  wish: { readonly month: string; readonly costs: Partial<Record<Stream, number>>; readonly rev: number },
  intent: Intent,
) =>
  told(
    space,
    ok(
      insight.costs[":month"].$put(
        { param: { space, month: wish.month }, json: { costs: wish.costs } },
        intent.with({ ifMatch: `"${wish.rev}"` }),
      ),
    ),
  );

/** Sets the floor area of sites, as it was read at `rev`; their bins are counted anew. */
export const saveSizes = (
  space: string,
  sites: readonly { readonly site: string; readonly areaM2: number }[],
  rev: number,
  intent: Intent,
) =>
  told(
    space,
    ok(insight.sizes.$put({ param: { space }, json: { sites: [...sites] } }, intent.with({ ifMatch: `"${rev}"` }))),
  );
