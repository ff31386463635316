import type { SimulatedUse } from "@yihao/billing/simulation";
import { type DueLine, type FeeBy, feeScale, type StorageRule, type TariffTerms } from "@yihao/pricing/tariff-model";
import { For, type JSX, Show } from "solid-js";
import { count, money } from "../../format.ts";
import { Drawer } from "../../ui/overlay.tsx";
import { Facts } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
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
                  <li class="flex items-baseline gap-x-2">
                    <span class="min-w-0 flex-1">
                      {name} <span class="text-xs text-fg-2">{on ? t.causes[on] : t.itemKinds[kind]}</span>
                    </span>
                    <b>{money(unitMinor)}</b>
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

/** What a line of a simulation is for, in the words of the tariff. */
export function goodsLineName({ key, of, service }: DueLine): string {
  const t = tariffWords();
  if (service === "storage") return of === "minimum" ? t.minimum : t.storage;
  const by = key.split(":")[1] as FeeBy;
  const name = `${t.operations[service]} ${service === "label" && by === "unit" ? t.perLabel : t.pers[by]}`;
  return of === "minimum" ? t.leastOf(name) : name;
}
const useOf = (line: DueLine | undefined): string => {
  if (!line || line.of === "minimum" || line.service === "storage") return "—";
  const scale = feeScale(line.of.split(":")[1] as FeeBy);
  return scale === 1 ? count(line.quantity) : String(Number((line.quantity / scale).toFixed(3)));
};

/** What a company's use of a month comes to, line by line, as it is priced now and under the other tariff. */
export function SimulatedLines(props: { row: SimulatedUse; onClose: () => void }) {
  const t = tariffWords();
  type Both = { readonly key: string; readonly now?: DueLine | undefined; readonly after?: DueLine | undefined };
  const rows = (): Both[] =>
    [...new Set([...props.row.now, ...props.row.after].map(({ key }) => key))].map((key) => ({
      ...{ key, now: props.row.now.find((one) => one.key === key) },
      after: props.row.after.find((one) => one.key === key),
    }));
  const line = ({ now, after }: Both) => (now ?? after) as DueLine;
  const sum = (one: DueLine | undefined) => (one ? money(one.amountMinor) : "—");
  const columns = (): Column<Both>[] => [
    {
      ...{ key: "what", head: t.what, total: t.total },
      cell: (one) => <span class="whitespace-normal">{goodsLineName(line(one))}</span>,
    },
    { key: "use", head: t.used, width: "72px", align: "end", cell: ({ now, after }) => useOf(now ?? after) },
    {
      ...{ key: "now", head: t.now, width: "92px", align: "end", total: <b>{money(props.row.nowMinor)}</b> },
      cell: ({ now }) => sum(now),
    },
    {
      ...{ key: "after", head: t.after, width: "92px", align: "end", total: <b>{money(props.row.thenMinor)}</b> },
      cell: ({ after }) => sum(after),
    },
  ];
  return (
    <Drawer open onClose={props.onClose} title={t.linesOf(props.row.name)}>
      <DataTable
        label={t.linesOf(props.row.name)}
        rows={rows()}
        columns={columns()}
        rowKey={({ key }) => key}
        state="ready"
      />
    </Drawer>
  );
}
