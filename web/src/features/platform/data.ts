import type { FapiaoStep } from "@yihao/billing/fapiao-model";
import type { PlatformBillRow, PlatformBills } from "@yihao/billing/platform-model";
import type { Usage } from "@yihao/usage/model";
import { type Intent, ok } from "../../api.ts";
import { api, files } from "../../client.ts";
import { putBytes } from "../../documents.ts";
import { createQuery, queryClient } from "../../query.ts";
import "../../fapiao-refusals.ts";

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

/** The platform's bills whose fapiao wait to be issued. */
export const useAskedFapiaos = () =>
  createQuery(() => ({
    queryKey: ["platform", "bills", "fapiao"],
    queryFn: async () => (await ok(api.platform.fapiao.$get())).items,
    staleTime: 30_000,
  }));

const file$ = files.platform.fapiao[":space"][":month"];

/** Records what became of the fapiao of a space's bill, and puts its file once it is issued. */
export async function stepFapiao(
  { space, month }: Pick<PlatformBillRow, "space" | "month">,
  json: FapiaoStep,
  file: File | undefined,
  intent: Intent,
): Promise<void> {
  const param = { space: space as `spc_${string}`, month };
  try {
    await ok(api.platform.fapiao[":space"][":month"].step.$post({ param, json }, intent.part("step").with()));
    if (!file) return;
    const wish = { name: file.name, bytes: file.size };
    const link = await ok(file$.$post({ param, json: wish }, intent.part("link").with()));
    await putBytes(link.url, link.headers, file, () => undefined, new AbortController().signal);
    await ok(file$.done.$post({ param, json: wish }, intent.part("done").with()));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["platform", "bills"] });
  }
}
