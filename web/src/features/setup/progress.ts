import type { FloorViewSchema, ResourceView, SiteViewSchema } from "@yihao/booking/model";
import type { Space } from "@yihao/identity/model";
import type { PlanView, RateCard } from "@yihao/pricing/model";
import type { BinView, WarehouseView } from "@yihao/warehouse/model";
import type { z } from "zod";

/** The steps of a set-up in order; the last is the way out. */
export const steps = ["space", "site", "desks", "prices", "warehouse", "companies", "done"] as const;
export type StepKey = (typeof steps)[number];
export const optional: ReadonlySet<StepKey> = new Set(["warehouse", "companies"]);

export type SiteView = z.infer<typeof SiteViewSchema>;
export type FloorView = z.infer<typeof FloorViewSchema>;

/** What a space has already, as the server tells it: from this alone a set-up knows how far it is. */
export type Built = {
  readonly space: Space & { readonly tag: string };
  readonly sites: readonly SiteView[];
  readonly floors: readonly FloorView[];
  readonly resources: readonly ResourceView[];
  readonly card: RateCard | null;
  readonly cardRev: number;
  readonly plans: readonly PlanView[];
  readonly warehouses: readonly WarehouseView[];
  readonly bins: readonly BinView[];
  readonly companies: number;
};

/** Whether a step has what it is for. The way out is never done. */
export function isDone(step: StepKey, built: Built | undefined): boolean {
  if (!built) return false;
  switch (step) {
    case "space":
      return true;
    case "site":
      return built.sites.length > 0;
    case "desks":
      return built.resources.length > 0;
    case "prices":
      return built.card !== null && built.plans.length > 0;
    case "warehouse":
      return built.bins.length > 0;
    case "companies":
      return built.companies > 0;
    case "done":
      return false;
  }
}

/** Where somebody who comes back goes on: the first step that is not done; the way out when only optional ones are open. */
export function resumeAt(built: Built | undefined): StepKey {
  const open = steps.filter((step) => step !== "done" && !isDone(step, built));
  const needed = open.find((step) => !optional.has(step));
  if (needed) return needed;
  return open.length < optional.size || open.length === 0 ? "done" : (open[0] ?? "done");
}

/** The step after one, or before it. */
export function stepBy(step: StepKey, by: 1 | -1): StepKey | undefined {
  return steps[steps.indexOf(step) + by];
}

/** Codes of desks by area and count: `A-01` … `A-40`; as many digits as the last needs, two at least. */
export function deskCodes(area: string, first: number, count: number): string[] {
  const clean = area.normalize("NFKC").trim().toUpperCase().replace(/-+$/, "");
  const width = Math.max(2, String(first + count - 1).length);
  return Array.from(
    { length: count },
    (_, at) => `${clean ? `${clean}-` : ""}${String(first + at).padStart(width, "0")}`,
  );
}
