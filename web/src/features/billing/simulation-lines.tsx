import type { SimulatedLine } from "@yihao/billing/simulation";
import { sumsOf } from "@yihao/billing/simulation";
import { bookedBy } from "@yihao/booking/rules-model";
import { clockRange, dayCell, hours, money } from "../../format.ts";
import { Drawer } from "../../ui/overlay.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { simulationWords } from "./simulation-words.ts";
import { goodsLineName } from "./tariff-view.tsx";

/** What a company's month came to and would have, one booking, plan, rent and other thing after another, the largest change first; what is held of each stands under it. */
export function SimulatedThings(props: { name: string; lines: readonly SimulatedLine[]; onClose: () => void }) {
  const t = simulationWords();
  const size = ({ nowMinor, thenMinor }: SimulatedLine) => Math.abs(thenMinor - nowMinor);
  const rows = () => [...props.lines].sort((a, b) => size(b) - size(a) || b.nowMinor - a.nowMinor);
  const sums = () => sumsOf(props.lines);
  const number = (key: string, head: string, of: (line: SimulatedLine) => number, total: number) => ({
    ...{ key, head, width: "92px", align: "end" as const, total: <b>{money(total)}</b> },
    cell: (line: SimulatedLine) => money(of(line)),
  });
  const columns = (): Column<SimulatedLine>[] => [
    {
      ...{ key: "what", head: t.what, total: t.total },
      cell: (line) => {
        const [name, more] = saidOf(line);
        return (
          <span class="block py-1 leading-5 whitespace-normal">
            {name}
            <span class="block text-xs text-fg-3">{more}</span>
          </span>
        );
      },
    },
    number("now", t.now, ({ nowMinor }) => nowMinor, sums().nowMinor),
    number("then", t.after, ({ thenMinor }) => thenMinor, sums().thenMinor),
  ];
  return (
    <Drawer open onClose={props.onClose} title={t.linesOf(props.name)}>
      <DataTable
        label={t.linesOf(props.name)}
        rows={rows()}
        rowHeight={52}
        columns={columns()}
        rowKey={({ key }) => key}
        state="ready"
      />
    </Drawer>
  );
}

/** What a line is, and when it was with what is held of it. */
function saidOf(line: SimulatedLine): [string, string] {
  const t = simulationWords();
  if (line.of === "goods") return [goodsLineName(line.line), ""];
  if (line.of === "plan" || line.of === "rent") {
    const { from, until } = line.days;
    return [line.name, until ? t.days(from, until) : t.since(from)];
  }
  if (line.of === "pack") return [line.name, t.packOf(dayCell(line.day, Number(line.day.slice(0, 4))))];
  if (line.of === "item") return [line.item.name, t.itemOf(line.item.quantity, money(line.item.unitMinor))];
  const { code, resourceName, day, from, until, zone, agreed, planUnits, packUnits, keptPercent, guest } = line.booking;
  const byDay = bookedBy(line.booking) === "day";
  const on = dayCell(day, Number(day.slice(0, 4)));
  const units = planUnits + packUnits;
  const paid = units === 0 ? "" : t.prepaid(byDay ? t.daysPaid(units) : t.hoursPaid(hours(units)));
  return [
    code === resourceName ? code : `${code} ${resourceName}`,
    [
      byDay ? on : `${on} ${clockRange(from, until, zone)}`,
      agreed?.name ?? "",
      guest ? t.guestPrice : "",
      paid,
      keptPercent === undefined ? "" : t.keptPart(keptPercent),
    ]
      .filter((part) => part !== "")
      .join(" · "),
  ];
}
