import { type Accessor, createSignal, type JSX, Show } from "solid-js";
import type { Asked } from "../query.ts";
import { Pane, Panes } from "./panes.tsx";
import { type Column, DataTable } from "./table.tsx";

/**
 * A list that comes whole, and beside it the row that is looked at. What `detail` gives is drawn for that row; it closes the detail before another layer opens, since on a phone the detail is a drawer itself and
 * one layer is enough.
 */
export function RecordPanes<Row extends { readonly id: string; readonly name: string }>(props: {
  label: string;
  asked: Asked<{ readonly items: readonly Row[] }>;
  columns: Column<Row>[];
  errorTitle: string;
  empty: JSX.Element;
  /** Stands where the detail will be while nothing is chosen. */
  pick: string;
  detail: (row: Accessor<Row>, close: () => void) => JSX.Element;
}) {
  const [current, setCurrent] = createSignal<string>();
  const close = () => setCurrent(undefined);
  const chosen = () => props.asked.data?.items.find((one) => one.id === current());
  return (
    <Panes
      detailWidth={360}
      detailOpen={chosen() !== undefined}
      detailTitle={chosen()?.name ?? props.label}
      onCloseDetail={close}
      work={
        <Pane>
          <DataTable
            label={props.label}
            rows={props.asked.data?.items ?? []}
            columns={props.columns}
            rowKey={(one) => one.id}
            current={current()}
            onOpen={(one) => setCurrent(one.id)}
            state={props.asked.isPending ? "loading" : props.asked.isError ? "error" : "ready"}
            problem={props.asked.error}
            errorTitle={props.errorTitle}
            onRetry={() => void props.asked.refetch()}
            empty={props.empty}
          />
        </Pane>
      }
      detail={
        <Show when={chosen()} fallback={<p class="p-4 text-fg-2">{props.pick}</p>}>
          {(one) => props.detail(one, close)}
        </Show>
      }
    />
  );
}
