import { createSignal } from "solid-js";
import { type Query, queryClient } from "../query.ts";
import { type Holder, keep, keptFor } from "./disk.ts";

const [readAt, setReadAt] = createSignal<number | undefined>();

/** When the server last told this phone something of the space that is open, in milliseconds. */
export { readAt };

/** What is the same as before is written down again after this long, so that its age is told rightly. */
const renewMs = 60_000;

/**
 * Gives the pages of a space what they read before, and keeps on this phone what they read from now on, as far as `keeps` wants it. The keys of a space begin with
 * `[room, space]`. Gives how to stop.
 */
export async function keepReading(
  holder: Holder,
  room: string,
  keeps: (name: unknown) => boolean,
): Promise<() => void> {
  const ours = (key: readonly unknown[]) => key[0] === room && key[1] === holder.space && keeps(key[2]);
  // A phone at the far end of the hall has what it has: nothing is thrown away while it may not be read again.
  queryClient.setQueryDefaults([room, holder.space], { gcTime: Number.POSITIVE_INFINITY, networkMode: "always" });
  const kept = await keptFor(holder, Date.now()).catch(() => []);
  setReadAt(kept.length > 0 ? Math.max(...kept.map(({ at }) => at)) : undefined);
  for (const { key, value, at } of kept)
    if ((queryClient.getQueryState(key)?.dataUpdatedAt ?? 0) < at)
      queryClient.setQueryData(key, value, { updatedAt: at });
  const written = new Map<string, { value: unknown; at: number }>();
  const note = (query: Query) => {
    const { data, dataUpdatedAt } = query.state;
    const before = written.get(query.queryHash);
    if (data === undefined || (before?.value === data && dataUpdatedAt - before.at < renewMs)) return;
    written.set(query.queryHash, { value: data, at: dataUpdatedAt });
    void keep(holder, { key: query.queryKey, value: data, at: dataUpdatedAt }).catch(() => undefined);
  };
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || event.action.manual) return;
    if (!ours(event.query.queryKey)) return;
    setReadAt(event.query.state.dataUpdatedAt);
    note(event.query);
  });
}
