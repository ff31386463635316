import { taxFor } from "@yihao/pricing/tax";
import type { Taxation } from "@yihao/pricing/tax-model";
import { type TaxBackground, taxOn } from "@yihao/pricing/tax-settings";
import type { NewCharge } from "./reduction-model.ts";

/** How a charge by hand is taxed on its day: as its stream is when it is a service, else as the lease or the goods that it is; by law where the space has said nothing. The browser shows the same before it is posted. */
export function manualTax(
  background: TaxBackground | undefined,
  { stream, day, taxClass }: Pick<NewCharge, "stream" | "day" | "taxClass">,
): Pick<Taxation, "basis" | "reason"> & { readonly service?: Taxation["service"] } {
  if (!background) return taxFor({ day, class: taxClass });
  const usual = taxFor({ day, class: taxClass }).basis;
  if (taxClass !== "service") return taxOn(background, { stream, day, basis: usual, service: taxClass });
  const own = taxOn(background, { stream, day, basis: usual });
  const isService = own.service !== "lease" && own.service !== "goods";
  return isService ? own : taxOn(background, { stream, day, basis: usual, service: "other" });
}
