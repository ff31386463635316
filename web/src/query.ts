import { QueryClient } from "@tanstack/solid-query";
import { Problem } from "./problem.ts";

/** Refusals are answers and are never asked again; a lost connection or a fault of the server is tried twice more. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500);

/** The one cache of what the server said: refetched on focus, fresh for five seconds. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

/** How often pages that show the present ask again, in milliseconds. */
export const liveEveryMs = 5_000;
