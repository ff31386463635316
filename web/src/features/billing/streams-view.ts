import type { Entry, StreamCell, Streams } from "@yihao/insight/stream-model";
import { marginOf, netOf, otherThanRent } from "@yihao/insight/streams";
import { type Stream, streams } from "@yihao/pricing/model";

type Month = Streams["months"][number];

/** The cells of a month at a site, or at all. */
export const cellsAt = (month: Month | undefined, site: string): StreamCell[] =>
  (month?.cells ?? []).filter((cell) => site === "" || cell.site === site);

/** A stream over a month: what it brought, the month before, what was taken back, what it cost and what it left. */
export type StreamRow = {
  readonly stream: Stream;
  readonly netMinor: number;
  readonly beforeMinor: number;
  readonly creditedMinor: number;
  readonly share: number | undefined;
  readonly costMinor: number | undefined;
  readonly marginMinor: number | undefined;
  readonly marginShare: number | undefined;
};

/** The streams of a month with something to show. Costs are of the whole space: at one site there are none. */
export function streamRows(month: Month | undefined, before: Month | undefined, site: string): StreamRow[] {
  const [now, then] = [cellsAt(month, site), cellsAt(before, site)];
  const total = netOf(now);
  const costs = site === "" ? (month?.costs.costs ?? {}) : {};
  return streams
    .map((stream): StreamRow => {
      const netMinor = netOf(now, stream);
      const margin = marginOf(now, costs, stream);
      const credited = now.filter((cell) => cell.stream === stream).reduce((sum, cell) => sum + cell.creditedMinor, 0);
      return {
        stream,
        netMinor,
        beforeMinor: netOf(then, stream),
        creditedMinor: credited,
        share: total > 0 ? netMinor / total : undefined,
        costMinor: margin?.costMinor,
        marginMinor: margin?.marginMinor,
        marginShare: margin?.share,
      };
    })
    .filter((row) => row.netMinor !== 0 || row.beforeMinor !== 0 || row.creditedMinor !== 0 || row.costMinor);
}

/** A company over a month: its documents, and what they brought of a stream at a site, or of all. */
export type CompanyRow = {
  readonly company: string;
  readonly name: string;
  readonly documents: number;
  readonly netMinor: number;
  readonly creditedMinor: number;
};

/** The companies of a month, the most revenue first. */
export function companyRows(entries: readonly Entry[], site: string, stream: Stream | ""): CompanyRow[] {
  const rows = new Map<string, CompanyRow>();
  for (const { company, companyName, kind, parts } of entries) {
    const fits = parts.filter(
      (part) => (site === "" || part.site === site) && (stream === "" || part.stream === stream),
    );
    if (fits.length === 0) continue;
    const net = netOf(fits);
    const row = rows.get(company) ?? { company, name: companyName, documents: 0, netMinor: 0, creditedMinor: 0 };
    rows.set(company, {
      ...row,
      documents: row.documents + 1,
      netMinor: row.netMinor + net,
      creditedMinor: row.creditedMinor - (kind === "credit" ? net : 0),
    });
  }
  return [...rows.values()].sort((a, b) => b.netMinor - a.netMinor || (a.company < b.company ? -1 : 1));
}

/** The last months as figures: all revenue, the share beside rent, and revenue a square metre and a bin where sizes are known. */
export function figuresOf(read: Streams, site: string) {
  const cells = read.months.flatMap((month) => cellsAt(month, site));
  const sizes = read.sizes.sites.filter((one) => site === "" || one.site === site);
  const area = sizes.reduce((sum, { areaM2 }) => sum + areaM2, 0);
  const bins = sizes.reduce((sum, one) => sum + one.bins, 0);
  const goods = netOf(cells, "storage") + netOf(cells, "handling");
  const months = Math.max(1, read.months.filter((month) => netOf(cellsAt(month, site)) !== 0).length);
  return {
    netMinor: netOf(cells),
    otherThanRent: otherThanRent(cells),
    areaM2: area,
    bins,
    /** A month on average, of the months that brought something. */
    perM2Minor: area > 0 ? Math.round(netOf(cells) / area / months) : undefined,
    perBinMinor: bins > 0 ? Math.round(goods / bins / months) : undefined,
  };
}

type Heads = readonly [month: string, site: string, stream: string, net: string, tax: string, credited: string];

/** The rows of an export: month, site and stream with plain numbers. */
export function exportRows(
  read: Streams,
  heads: Heads,
  names: Readonly<Record<Stream, string>>,
  siteName: (site: string) => string,
): (string | number)[][] {
  return [
    [...heads],
    ...read.months.flatMap(({ month, cells }) =>
      cells.map((cell) => [
        ...[month, siteName(cell.site), names[cell.stream]],
        ...[cell.netMinor / 100, cell.taxMinor / 100, cell.creditedMinor / 100],
      ]),
    ),
  ];
}
