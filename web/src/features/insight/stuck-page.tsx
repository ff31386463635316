import { useParams } from "@solidjs/router";
import type { DeadLetterView } from "@yihao/insight/model";
import { createSignal } from "solid-js";
import { newIntent } from "../../api.ts";
import { instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { replay, useStuck } from "./data.ts";
import { insightWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Stuck work (卡住的工作): what failed for good, why, and trying it again. */
export default function StuckPage() {
  const t = insightWords();
  const params = useParams<{ space: string }>();
  const stuck = useStuck(() => params.space);
  const [busy, setBusy] = createSignal<string | undefined>();
  const rows = () => stuck.data?.pages.flatMap(({ items }) => items) ?? [];
  const again = async (id: string) => {
    setBusy(id);
    try {
      await replay(params.space, id, newIntent());
      toast({ text: t.done, tone: "good" });
    } catch (problem) {
      toast({ text: explain(problem), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  const columns = (): Column<DeadLetterView>[] => [
    {
      key: "what",
      head: t.what,
      width: "220px",
      cell: (one) => (
        <>
          <b>{one.type}</b> <span class="font-mono text-xs text-fg-3">{one.subject}</span>
        </>
      ),
    },
    { key: "why", head: t.why, cell: (one) => <span title={one.error}>{one.error}</span> },
    { key: "since", head: t.since, width: "120px", from: "tablet", cell: (one) => instantCell(one.at, zone) },
    {
      key: "again",
      head: t.again,
      width: "112px",
      cell: (one) => (
        <Button size="sm" icon="refresh" busy={busy() === one.id} onClick={() => void again(one.id)}>
          {t.again}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t.stuckTitle} say={t.stuckSay} />
      <Pane label={t.stuckTitle}>
        <div class="flex h-full min-h-0 flex-col">
          <DataTable
            label={t.stuckTitle}
            rows={rows()}
            columns={columns()}
            rowKey={(one) => one.id}
            rowHeight={40}
            state={stuck.isPending ? "loading" : stuck.isError ? "error" : "ready"}
            problem={stuck.error}
            errorTitle={t.stuckNotRead}
            onRetry={() => stuck.refetch()}
            {...(stuck.hasNextPage ? { onMore: () => void stuck.fetchNextPage() } : {})}
            empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
          />
        </div>
      </Pane>
    </>
  );
}
