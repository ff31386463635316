import { type ComponentProps, createSignal, type JSX, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { documentsMost } from "./data.ts";
import { warehouseWords } from "./words.ts";

/** What a list reads: as much of a query as it takes to show it, its error and its emptiness. */
type Listing<Row> = {
  readonly data: readonly Row[] | undefined;
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly isPlaceholderData?: boolean;
};

/** How many documents of a list are read, and reading more of them. */
export type Growing = { readonly most: () => number; readonly grow: () => void };
export function createGrowing(): Growing {
  const [most, setMost] = createSignal(documentsMost);
  return { most, grow: () => setMost(most() + documentsMost) };
}

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
  /** Given where the list is read from its beginning and may go on: shows more of it. */
  growing?: Growing | undefined;
  /** Given when some may be chosen together. */
  selection?: ComponentProps<typeof DataTable<Row>>["selection"] | undefined;
}) {
  const t = warehouseWords();
  const more = () => {
    const [shown, most] = [props.listing.data?.length ?? 0, props.growing?.most() ?? 0];
    return props.growing && shown >= documentsMost && (shown >= most || props.listing.isPlaceholderData);
  };
  return (
    <>
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
      <Show when={more()}>
        <p class="border-t border-line p-3">
          <Button kind="text" busy={props.listing.isPlaceholderData === true} onClick={() => props.growing?.grow()}>
            {t.moreDocuments}
          </Button>
        </p>
      </Show>
    </>
  );
}
