import { ok } from "./api.ts";
import { api } from "./client.ts";
import { createQuery } from "./query.ts";

/** Whether the platform's support may look into a space now; asked again each minute, since it ends by itself. */
export const useSupport = (space: () => string, wanted: () => boolean = () => true) =>
  createQuery(() => ({
    queryKey: ["support", space(), "now"],
    queryFn: () => ok(api.spaces[":space"].support.$get({ param: { space: space() } })),
    staleTime: 30_000,
    refetchInterval: 60_000,
    enabled: wanted(),
  }));
