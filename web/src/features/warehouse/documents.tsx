import type { ListedAsn, OrderView } from "@yihao/warehouse/model";
import type { ComponentProps, JSX } from "solid-js";
import { count, dayCell, instantCell } from "../../format.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import type { useAsns, useOrders } from "./data.ts";
import { asnMark, docNumber, orderMark, unitsOf } from "./view.ts";
import { warehouseWords } from "./words.ts";

/** Inbound notices as a list. */
export function AsnList(props: {
  asns: ReturnType<typeof useAsns>;
  zone: string;
  ownerName?: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
  rowHeight?: number;
  start?: JSX.Element;
}) {
  const t = warehouseWords();
  const columns = (): Column<ListedAsn>[] => [
    { key: "number", head: t.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    ...(props.ownerName
      ? [{ key: "owner", head: t.owner, cell: (one: ListedAsn) => props.ownerName?.(one.company) ?? one.company }]
      : [{ key: "at", head: t.time, cell: (one: ListedAsn) => instantCell(one.at, props.zone) }]),
    {
      key: "day",
      head: t.expectedOn,
      width: "88px",
      from: "tablet",
      cell: (one) => (one.expectedOn ? dayCell(one.expectedOn, new Date().getFullYear()) : "—"),
    },
    { key: "expected", head: t.expected, width: "72px", align: "end", cell: (one) => count(one.expected) },
    { key: "received", head: t.received, width: "72px", align: "end", cell: (one) => count(one.received) },
    {
      key: "putaway",
      head: t.putaway,
      width: "72px",
      align: "end",
      from: "tablet",
      cell: (one) => count(one.putaway),
    },
    {
      key: "state",
      head: t.state,
      width: "96px",
      cell: (one) => <Status is={asnMark[one.state]} text={t.asnStates[one.state]} />,
    },
  ];
  return (
    <DataTable
      label={t.tabs.inbound}
      rows={props.asns.data ?? []}
      columns={columns()}
      rowKey={(one) => one.id}
      current={props.current}
      onOpen={(one) => props.onOpen(one.id)}
      state={props.asns.isPending ? "loading" : props.asns.isError ? "error" : "ready"}
      problem={props.asns.error}
      errorTitle={t.listNotRead}
      onRetry={() => void props.asns.refetch()}
      {...(props.rowHeight ? { rowHeight: props.rowHeight } : {})}
      empty={<EmptyState title={t.noAsns} actions={props.start} />}
    />
  );
}

/** Orders as a list. */
export function OrderList(props: {
  orders: ReturnType<typeof useOrders>;
  zone: string;
  ownerName?: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
  rowHeight?: number;
  start?: JSX.Element;
  /** Given when some may be chosen together. */
  selection?: ComponentProps<typeof DataTable<OrderView>>["selection"];
}) {
  const t = warehouseWords();
  const columns = (): Column<OrderView>[] => [
    { key: "number", head: t.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    {
      key: "owner",
      head: props.ownerName ? t.owner : t.recipient,
      cell: (one) => props.ownerName?.(one.company) ?? one.recipient.name,
    },
    { key: "at", head: t.time, width: "104px", from: "tablet", cell: (one) => instantCell(one.at, props.zone) },
    { key: "units", head: t.units, width: "72px", align: "end", cell: (one) => count(unitsOf(one.lines)) },
    {
      key: "state",
      head: t.state,
      width: "104px",
      cell: (one) => <Status is={orderMark[one.state]} text={t.orderStates[one.state]} />,
    },
  ];
  return (
    <DataTable
      label={t.tabs.orders}
      rows={props.orders.data ?? []}
      columns={columns()}
      rowKey={(one) => one.id}
      current={props.current}
      onOpen={(one) => props.onOpen(one.id)}
      state={props.orders.isPending ? "loading" : props.orders.isError ? "error" : "ready"}
      problem={props.orders.error}
      errorTitle={t.listNotRead}
      onRetry={() => void props.orders.refetch()}
      {...(props.rowHeight ? { rowHeight: props.rowHeight } : {})}
      {...(props.selection ? { selection: props.selection } : {})}
      empty={<EmptyState title={t.noOrders} actions={props.start} />}
    />
  );
}
