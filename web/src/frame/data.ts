import { createSignal, onCleanup } from "solid-js";
import { ok } from "../api.ts";
import { api } from "../client.ts";
import { createQuery } from "../query.ts";

/** The space whose frame is drawn. */
export const useSpace = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["space", space()],
    queryFn: () => ok(api.spaces[":space"].$get({ param: { space: space() } })),
    staleTime: 60_000,
  }));

/** Companies that a text finds, for the command palette; none when the caller may not list them. */
export async function findCompanies(space: string, q: string): Promise<{ id: string; name: string }[]> {
  if (q.trim() === "") return [];
  try {
    const page = await ok(api.spaces[":space"].companies.$get({ param: { space }, query: { q, limit: "8" } }));
    return page.items.map(({ id, name }) => ({ id, name }));
  } catch {
    return [];
  }
}

/** The instant now, renewed each half minute while the caller lives. */
export function useNow(): () => string {
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 30_000);
  onCleanup(() => clearInterval(timer));
  return now;
}
