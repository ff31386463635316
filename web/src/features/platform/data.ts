import type { PlatformBills } from "@yihao/billing/platform-model";
import type { Usage } from "@yihao/usage/model";
import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery } from "../../query.ts";

/** What every space used in a month; of this one without. The month before stays until the next is there. */
export const useUsage = (month: () => string | undefined, owner: () => boolean) =>
  createQuery(() => ({
    queryKey: ["platform", "usage", month()],
    queryFn: (): Promise<Usage> => {
      const wanted = month();
      return ok(api.platform.usage.$get({ query: wanted ? { month: wanted } : {} }));
    },
    enabled: owner(),
    staleTime: 30_000,
    placeholderData: (before: Usage | undefined) => before,
  }));

/** What every space owes for the platform, of a month. */
export const useBills = (month: () => string | undefined, owner: () => boolean) =>
  createQuery(() => ({
    queryKey: ["platform", "bills", month()],
    queryFn: (): Promise<PlatformBills> => {
      const wanted = month();
      return ok(api.platform.bills.$get({ query: wanted ? { month: wanted } : {} }));
    },
    enabled: owner() && month() !== undefined,
    staleTime: 30_000,
  }));
