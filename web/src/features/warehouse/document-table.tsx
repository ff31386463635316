import type { ComponentProps, JSX } from "solid-js";
import { type Column, DataTable } from "../../ui/table.tsx";

/** What a list reads: as much of a query as it takes to show it, its error and its emptiness. */
type Listing<Row> = {
  readonly data: readonly Row[] | undefined;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
};

/** Documents of the warehouse as a list (notices, orders, returns, waves, counts, transfers): one opens beside it. */
export function DocumentTable<Row extends { readonly id: string }>(props: {
  label: string;
  listing: Listing<Row>;
  columns: Column<Row>[];
  current: string | undefined;
  onOpen: (id: string) => void;
  notRead: string;
  empty: JSX.Element;
  rowHeight?: number | undefined;
  /** Given when some may be chosen together. */
  selection?: ComponentProps<typeof DataTable<Row>>["selection"] | undefined;
}) {
  return (
    <DataTable
      label={props.label}
      rows={props.listing.data ?? []}
      columns={props.columns}
      rowKey={(one) => one.id}
      current={props.current}
      onOpen={(one) => props.onOpen(one.id)}
      state={props.listing.isPending ? "loading" : props.listing.isError ? "error" : "ready"}
      problem={props.listing.error}
      errorTitle={props.notRead}
      onRetry={() => void props.listing.refetch()}
      {...(props.rowHeight ? { rowHeight: props.rowHeight } : {})}
      {...(props.selection ? { selection: props.selection } : {})}
      empty={props.empty}
    />
  );
}
