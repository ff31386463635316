import type { NewVisitor, Pass, ShownVisitor, VisitorView } from "@yihao/booking/visitor-model";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { api, doors } from "../../client.ts";
import { createQuery, liveEveryMs, queryClient } from "../../query.ts";
import "./refusal-words.ts";

const visitors$ = doors.spaces[":space"].visitors;

/** Visitors of a day for reception, or of one's own company from a week back on; asked again every few seconds. */
export const useVisitors = (space: () => string, day: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["visitors", space(), actingCompany(), day()],
    queryFn: async (): Promise<VisitorView[]> => {
      const wanted = day();
      return (await ok(visitors$.$get({ param: { space: space() }, query: wanted ? { day: wanted } : {} }))).items;
    },
    refetchInterval: liveEveryMs,
  }));

const renew = () => queryClient.invalidateQueries({ queryKey: ["visitors"] });

/** Expects a guest, or takes one in who is there; the answer has the address of the pass once. */
export async function invite(space: string, json: NewVisitor, intent: Intent): Promise<ShownVisitor> {
  const made = await ok(visitors$.$post({ param: { space }, json }, intent.with()));
  void renew();
  return made;
}

/** Makes a new pass; the former one is closed. */
export async function renewPass(space: string, visitor: VisitorView["id"], intent: Intent): Promise<ShownVisitor> {
  return ok(visitors$[":visitor"].pass.$post({ param: { space, visitor } }, intent.with()));
}

type Act = "arrive" | "leave" | "cancel";
/** Lets somebody in or out, or takes an invitation back. */
export async function act(space: string, visitor: VisitorView["id"], what: Act, intent: Intent): Promise<VisitorView> {
  try {
    return await ok(visitors$[":visitor"][what].$post({ param: { space, visitor } }, intent.with()));
  } finally {
    void renew();
  }
}

/** Whose pass was scanned or typed. */
export const findByPass = (space: string, text: string, intent: Intent): Promise<VisitorView> =>
  ok(visitors$.find.$post({ param: { space }, json: { text } }, intent.with()));

/** What a pass shows its holder. */
export const usePass = (token: () => string) =>
  createQuery(() => ({
    queryKey: ["pass", token()],
    queryFn: (): Promise<Pass> => ok(doors.passes[":token"].$get({ param: { token: token() } })),
    refetchInterval: 30_000,
  }));

/** Companies by name, pinyin or code, for staff. */
export async function findCompanies(space: string, q: string): Promise<{ value: string; label: string }[]> {
  const query = q.trim() === "" ? { limit: "20" } : { q: q.trim(), limit: "20" };
  const page = await ok(api.spaces[":space"].companies.$get({ param: { space }, query }));
  return page.items.map(({ id, name }) => ({ value: id, label: name }));
}
