import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import type { Collection } from "@yihao/billing/collect-model";
import { createMemo, createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { retryCollection, useCollections, useCollectSettings } from "./collect-data.ts";
import { CollectDrawer } from "./collect-drawer.tsx";
import { collectWords } from "./collect-words.ts";
import { CollectionBlock, CollectionStatus } from "./collection-block.tsx";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

/** Collection (自动扣款): bills that are charged to saved ways to pay, and what became of each. */
export default function CollectionsPage() {
  const params = useParams<{ space: string }>();
  return <Collections space={params.space} />;
}

const amountOf = ({ attempts }: Collection) => attempts.at(-1)?.amountMinor ?? 0;

function Collections(props: { space: string }) {
  const t = collectWords();
  const rights = useRights(() => props.space);
  const navigate = useNavigate();
  const [query] = useSearchParams<{ invoice?: string; state?: string }>();
  const tablet = media("(min-width: 768px)");
  const tab = () => (query.state === "done" ? "done" : "open");
  const running = useCollections(
    () => props.space,
    () => "open",
  );
  const over = useCollections(
    () => props.space,
    () => "done",
  );
  const rows = () => (tab() === "open" ? running : over);
  const settings = useCollectSettings(() => props.space);
  const [setting, setSetting] = createSignal(false);
  const chosen = createMemo(() =>
    [...(running.data ?? []), ...(over.data ?? [])].find(({ invoice }) => invoice === query.invoice),
  );
  const open = (state: string, invoice?: string) =>
    navigate(`/s/${props.space}/billing/collections?state=${state}${invoice ? `&invoice=${invoice}` : ""}`, {
      scroll: false,
    });
  const next = (one: Collection) => (one.nextOn ? dayCell(one.nextOn, Number(deviceDay().slice(0, 4))) : "—");
  const columns = (): Column<Collection>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.companyName}</span>
          <Show when={!tablet()}>
            <span class="block truncate text-xs text-fg-3">{one.number}</span>
          </Show>
        </span>
      ),
    },
    { key: "bill", head: t.bill, width: "20%", from: "tablet", cell: (one) => <Plate>{one.number}</Plate> },
    {
      key: "tries",
      head: t.attempts,
      width: "112px",
      from: "desk",
      cell: (one) => t.tries(one.attempts.length),
    },
    { key: "next", head: t.next, width: "88px", from: "tablet", cell: next },
    {
      key: "amount",
      head: t.amount,
      width: "120px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(amountOf(one))}</b>,
    },
    { key: "state", head: t.state, width: "144px", cell: (one) => <CollectionStatus of={one} /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        say={settings.data?.on === false ? t.off : running.data && t.say(running.data.length)}
        actions={
          <Show when={rights.mayRecord()}>
            <Button icon="settings" onClick={() => setSetting(true)}>
              {t.setUp}
            </Button>
          </Show>
        }
      />
      <Panes
        detailOpen={chosen() !== undefined}
        detailTitle={chosen()?.companyName ?? t.title}
        onCloseDetail={() => open(tab())}
        detailWidth={440}
        work={
          <Pane label={t.list}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="border-b border-line px-4 py-2">
                <Tabs
                  label={t.list}
                  items={[
                    { key: "open" as const, label: t.tabs.open, count: running.data?.length ?? 0 },
                    { key: "done" as const, label: t.tabs.done },
                  ]}
                  value={tab()}
                  onChange={(state) => open(state)}
                />
              </div>
              <DataTable
                label={t.list}
                rows={rows().data ?? []}
                columns={columns()}
                rowKey={(one) => one.invoice}
                rowHeight={tablet() ? 34 : 56}
                current={query.invoice}
                onOpen={(one) => open(tab(), one.invoice)}
                state={rows().isPending ? "loading" : rows().isError ? "error" : "ready"}
                problem={rows().error}
                errorTitle={t.notRead}
                onRetry={() => rows().refetch()}
                empty={<EmptyState title={t.none[tab()]}>{t.noneSay[tab()]}</EmptyState>}
              />
            </div>
          </Pane>
        }
        detail={
          <Show when={chosen()} fallback={<Pane label={t.title}>{t.pick}</Pane>}>
            {(one) => <CollectionDetail space={props.space} of={one()} mayRetry={rights.mayRecord()} />}
          </Show>
        }
      />
      <Show when={setting() && settings.data}>
        {(now) => <CollectDrawer space={props.space} settings={now()} open onClose={() => setSetting(false)} />}
      </Show>
    </>
  );
}

function CollectionDetail(props: { space: string; of: Collection; mayRetry: boolean }) {
  const t = collectWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const retry = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await retryCollection(props.space, props.of.invoice, newIntent());
      toast({ text: t.retried, tone: "good" });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Pane
      flush={false}
      label={props.of.companyName}
      title={<TextLink href={`/s/${props.space}/members/${props.of.company}`}>{props.of.companyName}</TextLink>}
      actions={<CollectionStatus of={props.of} chip />}
      foot={
        props.mayRetry && props.of.state === "stopped" ? (
          <Button kind="primary" busy={busy()} onClick={() => void retry()}>
            {t.retry}
          </Button>
        ) : undefined
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <div class="y-open">
        <span class="text-xs text-fg-2">{t.amount}</span>
        <b class="text-2xl">{money(amountOf(props.of))}</b>
      </div>
      <Show when={props.of.state === "stopped"}>
        <p class="text-fg-2">{t.byHand}</p>
      </Show>
      <CollectionBlock space={props.space} of={props.of} plain />
      <p>
        <TextLink href={`/s/${props.space}/billing/${props.of.invoice}`}>
          {t.openBill} <Plate>{props.of.number}</Plate>
        </TextLink>
      </p>
    </Pane>
  );
}
