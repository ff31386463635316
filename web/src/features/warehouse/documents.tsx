import type { ListedAsn } from "@yihao/warehouse/asn-model";
import type { OrderView } from "@yihao/warehouse/order-model";
import { type ComponentProps, type JSX, Show } from "solid-js";
import { count, dayCell, instantCell } from "../../format.ts";
import type { createAsked } from "../../ui/asked.ts";
import { EmptyState, NoMatch } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import type { useAsns, useOrders } from "./data.ts";
import { DocumentTable, type Growing } from "./document-table.tsx";
import { asnMark, docNumber, orderMark, unitsOf } from "./view.ts";
import { warehouseWords } from "./words.ts";

/** Inbound notices as a list. */
export function AsnList(props: {
  asns: ReturnType<typeof useAsns>;
  zone: string;
  ownerName?: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
  growing?: Growing;
  rowHeight?: number;
  start?: JSX.Element;
}) {
  const t = warehouseWords();
  const tablet = media("(min-width: 768px)");
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
    ...(tablet()
      ? ([
          { key: "expected", head: t.expected, width: "72px", align: "end", cell: (one) => count(one.expected) },
          { key: "received", head: t.received, width: "72px", align: "end", cell: (one) => count(one.received) },
        ] satisfies Column<ListedAsn>[])
      : ([
          {
            ...{ key: "received", head: t.received, width: "96px", align: "end" },
            cell: (one) => `${count(one.received)} / ${count(one.expected)}`,
          },
        ] satisfies Column<ListedAsn>[])),
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
      width: "112px",
      cell: (one) => <Status is={asnMark[one.state]} text={t.asnStates[one.state]} />,
    },
  ];
  return (
    <DocumentTable
      label={t.tabs.inbound}
      listing={props.asns}
      columns={columns()}
      current={props.current}
      onOpen={props.onOpen}
      notRead={t.listNotRead}
      growing={props.growing}
      rowHeight={props.rowHeight}
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
  growing?: Growing;
  rowHeight?: number;
  start?: JSX.Element;
  /** Given when some may be chosen together. */
  selection?: ComponentProps<typeof DocumentTable<OrderView>>["selection"];
  /** Given when they are searched by the owner's own number. */
  asked?: ReturnType<typeof createAsked>;
}) {
  const t = warehouseWords();
  const asked = () => props.asked?.asked() ?? "";
  const columns = (): Column<OrderView>[] => [
    { key: "number", head: t.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    {
      key: "owner",
      head: props.ownerName ? t.owner : t.recipient,
      cell: (one) => props.ownerName?.(one.company) ?? one.recipient.name,
    },
    {
      key: "reference",
      head: t.ownNumber,
      width: "152px",
      from: "tablet",
      cell: (one) => <span class="font-mono text-xs">{one.reference ?? "—"}</span>,
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
    <DocumentTable
      label={t.tabs.orders}
      listing={props.orders}
      columns={columns()}
      current={props.current}
      onOpen={props.onOpen}
      notRead={t.listNotRead}
      growing={props.growing}
      rowHeight={props.rowHeight}
      selection={props.selection}
      empty={
        <Show when={asked() !== ""} fallback={<EmptyState title={t.noOrders} actions={props.start} />}>
          <NoMatch text={t.noOrderMatch(asked())} clear={t.clear} onClear={() => props.asked?.type("")} />
        </Show>
      }
    />
  );
}

/** Finds orders by the owner's own number (外部单号). */
export function OrderSearch(props: { asked: ReturnType<typeof createAsked> }) {
  const t = warehouseWords();
  return (
    <div class="w-full tablet:w-72">
      <SearchBox value={props.asked.typed()} onInput={props.asked.type} label={t.searchOrders} clear={t.clear} />
    </div>
  );
}
