import { drawPlatformBill } from "@yihao/billing/platform-draw";
import { askPlatformFapiao, changePlatformTitle } from "@yihao/billing/platform-fapiao";
import { askPlatformPage } from "@yihao/billing/platform-pay";
import { lastBilledMonth, platformPriceOf } from "@yihao/billing/platform-price";
import { plusMonths } from "@yihao/kernel/days";
import prices from "../../../../infra/platform-prices.json" with { type: "json" };
import { mainSpace, type Stage, schoolSpace, scopeAt, staff } from "./stage.ts";

/** What the demo's spaces owe for the platform for two months; the main space asks for their fapiao and has paid the first, through the payment sandbox where there is one. */
export async function billSpaces(stage: Stage): Promise<void> {
  const { now } = stage.frame;
  const last = lastBilledMonth(now);
  for (const month of [plusMonths(last, -1), last])
    for (const space of [mainSpace(stage), schoolSpace(stage)]) {
      const price = platformPriceOf(prices.prices, month);
      const scope = scopeAt(stage, space, `platform ${month}`, now, { kind: "system", name: "demo" });
      if (price) await drawPlatformBill(scope, month, price);
    }
  // The main space asks for the fapiao of both, so that the platform's owner finds them waiting.
  const by = (name: string) => scopeAt(stage, mainSpace(stage), name, now, staff(stage, "owner"));
  const title = { kind: "ordinary", title: "淮海壹号众创空间有限公司", taxNumber: "91340600MA2NWXY85K" } as const;
  const rest = { address: "", phone: "", bank: "", account: "", email: "" };
  await changePlatformTitle(by("platform title"), { ...title, ...rest }, 0);
  for (const month of [plusMonths(last, -1), last]) await askPlatformFapiao(by(`platform fapiao ${month}`), month);
  const { pay } = stage;
  if (!pay) return;
  const owner = scopeAt(stage, mainSpace(stage), "platform page", now, staff(stage, "owner"));
  const wish = { language: "zh", home: pay.home } as const;
  const asked = await askPlatformPage(owner, pay.provider, plusMonths(last, -1), wish);
  if (asked.ok) await pay.control(`sessions/${asked.value.url.split("/").at(-1)}/pay`, { number: "4242424242424242" });
}
