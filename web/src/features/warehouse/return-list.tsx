import type { ReturnView } from "@yihao/warehouse/return-model";
import type { JSX } from "solid-js";
import { count, instantCell } from "../../format.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { DocumentTable } from "./document-table.tsx";
import type { useReturns } from "./return-data.ts";
import { returnWords } from "./return-words.ts";
import { docNumber } from "./view.ts";
import { warehouseWords } from "./words.ts";

/** The mark of a return's state. */
export const returnMark: Record<ReturnView["state"], StatusName> = {
  expected: "due",
  receiving: "inProgress",
  closed: "done",
  cancelled: "closed",
};

/** Returns as a list. */
export function ReturnList(props: {
  returns: ReturnType<typeof useReturns>;
  zone: string;
  ownerName?: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
  rowHeight?: number;
  start?: JSX.Element;
}) {
  const t = returnWords();
  const w = warehouseWords();
  const sum = (one: ReturnView, of: "expected" | "received") => one.lines.reduce((all, line) => all + line[of], 0);
  const tablet = media("(min-width: 768px)");
  const columns = (): Column<ReturnView>[] => [
    { key: "number", head: w.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    ...(props.ownerName
      ? [{ key: "owner", head: w.owner, cell: (one: ReturnView) => props.ownerName?.(one.company) ?? one.company }]
      : [{ key: "at", head: w.time, cell: (one: ReturnView) => instantCell(one.at, props.zone) }]),
    { key: "reason", head: t.reason, width: "104px", from: "tablet", cell: (one) => t.reasons[one.reason] },
    ...(tablet()
      ? ([
          {
            key: "expected",
            head: t.expected,
            width: "80px",
            align: "end",
            cell: (one) => count(sum(one, "expected")),
          },
          {
            key: "received",
            head: t.received,
            width: "80px",
            align: "end",
            cell: (one) => count(sum(one, "received")),
          },
        ] satisfies Column<ReturnView>[])
      : ([
          {
            ...{ key: "received", head: t.received, width: "80px", align: "end" },
            cell: (one) => `${count(sum(one, "received"))} / ${count(sum(one, "expected"))}`,
          },
        ] satisfies Column<ReturnView>[])),
    {
      key: "state",
      head: w.state,
      width: "112px",
      cell: (one) => <Status is={returnMark[one.state]} text={t.states[one.state]} />,
    },
  ];
  return (
    <DocumentTable
      label={t.returns}
      listing={props.returns}
      columns={columns()}
      current={props.current}
      onOpen={props.onOpen}
      notRead={t.notRead}
      rowHeight={props.rowHeight}
      empty={<EmptyState title={t.none} actions={props.start} />}
    />
  );
}
