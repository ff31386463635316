import type { CountState, ListedCount } from "@yihao/warehouse/count-model";
import { createSignal, Show } from "solid-js";
import { instantCell } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { useCounts } from "./count-data.ts";
import { CountPlan } from "./count-plan.tsx";
import { countWords } from "./count-words.ts";
import { DocumentTable } from "./document-table.tsx";
import { docNumber } from "./view.ts";
import { useRights } from "./warehouse-here.ts";

/** The mark of a count's state. */
export const countMark: Record<CountState, StatusName> = {
  requested: "due",
  counting: "inProgress",
  "to-review": "mismatch",
  posting: "inProgress",
  posted: "done",
  rejected: "closed",
  cancelled: "closed",
};

/** Counts of a warehouse as a list, and the way to plan one. */
export function CountList(props: {
  space: string;
  warehouse: string;
  zone: string;
  current: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = countWords();
  const { works } = useRights(() => props.space);
  const [planning, setPlanning] = createSignal(false);
  const counts = useCounts(
    () => props.space,
    () => props.warehouse,
  );
  const what = (one: ListedCount) => {
    const { basis } = one;
    if (basis.kind === "bins")
      return (
        <>
          <span class="whitespace-nowrap">{basis.from} –</span> <span class="whitespace-nowrap">{basis.to}</span>
        </>
      );
    return basis.kind === "abc" ? `${t.bases.abc} ${basis.class}` : t.bases[basis.kind];
  };
  const columns = (): Column<ListedCount>[] => [
    { key: "number", head: t.number, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    { key: "basis", head: t.basis, cell: what },
    { key: "at", head: t.at, width: "104px", from: "tablet", cell: (one) => instantCell(one.at, props.zone) },
    { key: "done", head: t.done, width: "72px", align: "end", cell: (one) => `${one.done} / ${one.bins}` },
    {
      key: "state",
      head: t.state,
      width: "104px",
      cell: (one) => <Status is={countMark[one.state]} text={t.states[one.state]} />,
    },
  ];
  const plan = () => (
    <Button size="sm" icon="plus" onClick={() => setPlanning(true)}>
      {t.plan}
    </Button>
  );
  return (
    <div class="flex h-full min-h-0 flex-col">
      <Show when={works()}>
        <div class="border-b border-line px-4 py-2">{plan()}</div>
      </Show>
      <div class="flex min-h-0 flex-1 flex-col">
        <DocumentTable
          label={t.count}
          listing={counts}
          columns={columns()}
          current={props.current}
          onOpen={props.onOpen}
          notRead={t.notRead}
          empty={<EmptyState title={t.none} />}
        />
      </div>
      <CountPlan
        space={props.space}
        warehouse={props.warehouse}
        open={planning()}
        onClose={() => setPlanning(false)}
        onPlanned={props.onOpen}
      />
    </div>
  );
}
