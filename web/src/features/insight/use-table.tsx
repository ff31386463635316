import type { Use } from "@yihao/insight/model";
import { createMemo, createSignal } from "solid-js";
import { count, hours, money, percent } from "../../format.ts";
import { kindNameWords } from "../../kinds.ts";
import { media } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { useWords } from "./use-words.ts";

type Row = {
  readonly key: string;
  readonly code?: string;
  readonly name: string;
  readonly kind?: string;
  readonly bookings: number;
  readonly minutes: number;
  readonly unseen: number;
  readonly moneyMinor?: number | undefined;
  readonly openMinutes?: number;
};
type By = "name" | "bookings" | "minutes" | "rate" | "unseen" | "moneyMinor";

const rateOf = (row: Row) => (row.openMinutes ? row.minutes / row.openMinutes : undefined);

/** Places or companies with what was booked of them; a press on a head sorts, the most used first to begin with. */
export function UseTable(props: { use: Use; by: "resources" | "companies" }) {
  const t = useWords();
  const kinds = kindNameWords();
  const tablet = media("(min-width: 768px)");
  const [sort, setSort] = createSignal<{ by: By; down: boolean }>({ by: "minutes", down: true });
  const rows = createMemo((): Row[] => {
    const all: Row[] =
      props.by === "resources"
        ? props.use.resources.map((one) => ({ ...one, key: one.resource, kind: kinds[one.kind] }))
        : props.use.companies.map((one) => ({ ...one, key: one.company }));
    const { by, down } = sort();
    const value = (row: Row) =>
      by === "name" ? (row.code ?? row.name) : by === "rate" ? (rateOf(row) ?? -1) : (row[by] ?? 0);
    const order = (a: Row, b: Row) => {
      const [one, other] = [value(a), value(b)];
      const less = typeof one === "string" ? one.localeCompare(String(other)) : one - Number(other);
      return down ? -less : less;
    };
    return all.sort(order);
  });
  const priced = () => rows().some((row) => row.moneyMinor !== undefined);
  const sorted = (by: By) => ({
    sort: sort().by === by ? (sort().down ? ("descending" as const) : ("ascending" as const)) : ("none" as const),
    onSort: () => setSort((now) => ({ by, down: now.by === by ? !now.down : by !== "name" })),
  });
  const number = (key: By, head: string, cell: (row: Row) => string, width = "104px"): Column<Row> => ({
    ...{ key, head, width, align: "end", cell },
    ...sorted(key),
  });
  const columns = (): Column<Row>[] => [
    {
      key: "name",
      head: props.by === "resources" ? t.place : t.company,
      cell: (row) => (
        <span class="flex min-w-0 items-center gap-2">
          {row.code && <Plate>{row.code}</Plate>}
          <span class="truncate">{row.name}</span>
        </span>
      ),
      ...sorted("name"),
    },
    ...(props.by === "resources" && tablet()
      ? [{ key: "kind", head: t.kind, width: "104px", from: "desk" as const, cell: (row: Row) => row.kind }]
      : []),
    ...(tablet() ? [number("bookings", t.bookings, (row) => count(row.bookings))] : []),
    number("minutes", t.hours, (row) => hours(row.minutes), tablet() ? "104px" : "72px"),
    ...(props.by === "resources"
      ? [
          number(
            "rate",
            t.rate,
            (row) => {
              const rate = rateOf(row);
              return rate === undefined ? "—" : percent(rate);
            },
            tablet() ? "104px" : "76px",
          ),
        ]
      : []),
    ...(tablet() ? [number("unseen", t.unseen, (row) => count(row.unseen), "112px")] : []),
    ...(priced() && (tablet() || props.by === "companies")
      ? [number("moneyMinor", t.money, (row) => money(row.moneyMinor ?? 0), "132px")]
      : []),
  ];
  return <DataTable label={t[props.by]} rows={rows()} columns={columns()} rowKey={(row) => row.key} />;
}
