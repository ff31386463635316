import type { Line } from "@yihao/billing/model";
import type { Stream } from "@yihao/pricing/model";
import type { Costs, Entry, EntryPart, StreamCell } from "./stream-model.ts";

/** A national rule for spaces asks that at least three tenths of what they earn is not rent (房租以外收入占比 ≥ 30 %). */
export const otherThanRentGoal = 0.3;

type Amounts = Pick<Line, "stream" | "amountMinor" | "taxMinor">;

/** Lines as revenue by site and stream, net and tax; `sign` is −1 for what a credit note takes back. Parts of nothing are left out. */
export function partsOf<L extends Amounts>(lines: readonly L[], siteOf: (line: L) => string, sign: 1 | -1 = 1) {
  const parts = new Map<string, EntryPart>();
  for (const line of lines) {
    const site = siteOf(line);
    const key = `${site} ${line.stream}`;
    const part = parts.get(key) ?? { site, stream: line.stream, netMinor: 0, taxMinor: 0 };
    parts.set(key, {
      ...part,
      netMinor: part.netMinor + sign * (line.amountMinor - line.taxMinor),
      taxMinor: part.taxMinor + sign * line.taxMinor,
    });
  }
  return [...parts.values()].filter(({ netMinor, taxMinor }) => netMinor !== 0 || taxMinor !== 0);
}

/** Entries summed by site and stream: what the counters of their month must say. */
export function cellsOf(entries: readonly Pick<Entry, "kind" | "parts">[]): StreamCell[] {
  const cells = new Map<string, StreamCell>();
  for (const { kind, parts } of entries)
    for (const { site, stream, netMinor, taxMinor } of parts) {
      const key = `${site} ${stream}`;
      const cell = cells.get(key) ?? { site, stream, netMinor: 0, taxMinor: 0, creditedMinor: 0 };
      cells.set(key, {
        ...cell,
        netMinor: cell.netMinor + netMinor,
        taxMinor: cell.taxMinor + taxMinor,
        creditedMinor: cell.creditedMinor - (kind === "credit" ? netMinor : 0),
      });
    }
  return [...cells.values()];
}

type Net = Pick<StreamCell, "stream" | "netMinor">;
export const netOf = (cells: readonly Net[], stream?: Stream): number =>
  cells.reduce((sum, cell) => (stream === undefined || cell.stream === stream ? sum + cell.netMinor : sum), 0);

/** The share of revenue that is not rent (非房租收入占比), 0 to 1; undefined while there is no revenue. */
export function otherThanRent(cells: readonly Net[]): number | undefined {
  const total = netOf(cells);
  return total <= 0 ? undefined : Math.max(0, (total - netOf(cells, "rent")) / total);
}

/** What a stream leaves after its costs (毛利), and which share of its revenue that is; undefined where no cost was entered. */
export function marginOf(cells: readonly Net[], costs: Costs, stream: Stream) {
  const costMinor = costs[stream];
  if (costMinor === undefined) return undefined;
  const netMinor = netOf(cells, stream);
  const marginMinor = netMinor - costMinor;
  return { costMinor, marginMinor, share: netMinor > 0 ? marginMinor / netMinor : undefined };
}
