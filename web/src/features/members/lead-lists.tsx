import type { LeadRowView } from "@yihao/members/lead-model";
import { dayOf } from "../../format.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { addLead, type useDoneLeads } from "./lead-data.ts";
import { LeadFields, type LeadValues, leadFacts, leadFaults, leadValues } from "./lead-fields.tsx";
import { leadWords } from "./lead-words.ts";

/** Leads that became companies or were lost, the latest first. */
export function DoneLeads(props: {
  rows: readonly LeadRowView[];
  asked: ReturnType<typeof useDoneLeads>;
  zone: string;
  onOpen: (id: string) => void;
}) {
  const t = leadWords();
  const columns = (): Column<LeadRowView>[] => [
    { key: "name", head: t.title, cell: (row) => <b>{row.name}</b> },
    { key: "source", head: t.source, width: "104px", from: "tablet", cell: (row) => t.sources[row.source] },
    {
      key: "why",
      head: t.loseWhy,
      width: "30%",
      from: "tablet",
      cell: (row) =>
        row.lost ? [t.reasons[row.lost.reason], row.lost.note].filter(Boolean).join(" · ") : t.stages.won,
    },
    {
      key: "since",
      head: t.came,
      width: "104px",
      align: "end",
      from: "tablet",
      cell: (row) => dayOf(row.at, props.zone),
    },
    {
      key: "stage",
      head: t.stage,
      width: "104px",
      cell: (row) => <Status is={row.stage === "won" ? "active" : "closed"} text={t.stages[row.stage]} />,
    },
  ];
  return (
    <Pane label={t.done}>
      <DataTable
        label={t.done}
        rows={props.rows}
        columns={columns()}
        rowKey={(row) => row.id}
        onOpen={(row) => props.onOpen(row.id)}
        state={props.asked.isPending ? "loading" : props.asked.isError ? "error" : "ready"}
        problem={props.asked.error}
        errorTitle={t.notRead}
        onRetry={() => void props.asked.refetch()}
        empty={<EmptyState title={t.noneDone} />}
        {...(props.asked.hasNextPage ? { onMore: () => void props.asked.fetchNextPage() } : {})}
      />
    </Pane>
  );
}

/** Writes a lead down. */
export function AddLead(props: { space: string; open: boolean; onClose: () => void; onAdded: (id: string) => void }) {
  const t = leadWords();
  const form = createForm<LeadValues>({
    name: "lead",
    initial: leadValues(),
    draftKey: `lead.${props.space}`,
    check: (values) => leadFaults(values, (code) => form.set("code", code)),
    submit: async (values, intent) => {
      const added = await addLead(props.space, { ...leadFacts(values), source: values.source }, intent);
      toast({ text: t.added(added.name) });
      form.reset(leadValues());
      props.onAdded(added.id);
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.add} form={form} act={t.add}>
      <LeadFields form={form} space={props.space} fresh />
    </FormDrawer>
  );
}
