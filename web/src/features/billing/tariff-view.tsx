import type { StorageRule, TariffTerms } from "@yihao/pricing/tariff-model";
import { For, type JSX, Show } from "solid-js";
import { money } from "../../format.ts";
import { Drawer } from "../../ui/overlay.tsx";
import { Facts } from "../../ui/panes.tsx";
import type { TariffRow } from "./tariff-data.ts";
import { FeeLines } from "./tariff-fees.tsx";
import { tariffWords } from "./tariff-words.ts";

/** What storage costs under a rule, each price by what it is for. */
function pricesOf(rule: StorageRule): { label: string; value: JSX.Element }[] {
  const { prices: t, binLiters, tierSay } = tariffWords();
  switch (rule.by) {
    case "bin-day":
      return [
        { label: t.dayMinor, value: money(rule.dayMinor) },
        ...(rule.tiers ?? []).map((tier) => ({
          ...{ label: "", value: tierSay(String(tier.from), money(tier.unitMinor)) },
        })),
      ];
    case "peak-day":
      return (["literMinor", "unitMinor", "productMinor"] as const).map((name) => ({
        ...{ label: t[name], value: money(rule[name]) },
      }));
    case "capacity-month":
      return [
        { label: binLiters, value: String(rule.binLiters) },
        { label: t.binMinor, value: money(rule.binMinor) },
      ];
    default:
      return [{ label: t.cubicMinor, value: money(rule.cubicMinor) }];
  }
}

/** What a tariff says (价目内容): storage, work and what else it names, with tiers and minimums. */
export function TariffView(props: { tariff: TariffRow; forWhom: string; onClose: () => void }) {
  const t = tariffWords();
  const terms = (): TariffTerms => props.tariff;
  return (
    <Drawer open onClose={props.onClose} title={props.tariff.name}>
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            { label: t.forWhom, value: props.forWhom },
            { label: t.months, value: t.monthsOf(props.tariff.from, props.tariff.until ?? "") },
            { label: t.storage, value: t.rules[terms().storage.by] },
            ...pricesOf(terms().storage),
            ...(terms().freeDays ? [{ label: t.freeDays, value: String(terms().freeDays) }] : []),
            ...(terms().minimumMinor ? [{ label: t.minimum, value: money(terms().minimumMinor ?? 0) }] : []),
          ]}
        />
        <section class="flex flex-col gap-2 border-t border-line pt-3">
          <h3 class="font-strong">{t.fees}</h3>
          <Show when={terms().fees.length > 0} fallback={<p class="text-fg-2">{t.noFees}</p>}>
            <FeeLines fees={terms().fees} price={money} />
          </Show>
        </section>
        <Show when={terms().items?.length}>
          <section class="flex flex-col gap-2 border-t border-line pt-3">
            <h3 class="font-strong">{t.items}</h3>
            <ul class="flex flex-col gap-1">
              <For each={terms().items}>
                {({ kind, name, unitMinor, on }) => (
                  <li class="flex flex-wrap items-baseline gap-x-2">
                    <span>{name}</span>
                    <span class="text-xs text-fg-2">{on ? t.causes[on] : t.itemKinds[kind]}</span>
                    <b class="ml-auto">{money(unitMinor)}</b>
                  </li>
                )}
              </For>
            </ul>
          </section>
        </Show>
      </div>
    </Drawer>
  );
}
