import { ok } from "./api.ts";
import { api } from "./client.ts";
import { Problem } from "./problem.ts";
import { createQuery } from "./query.ts";

async function readPlatform(): Promise<{ owner: boolean } | null> {
  try {
    return await ok(api.platform.$get());
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Whether whoever is signed in owns the platform; `null` when nobody is. */
export const usePlatform = () =>
  createQuery(() => ({ queryKey: ["platform"], queryFn: readPlatform, staleTime: 300_000 }));
