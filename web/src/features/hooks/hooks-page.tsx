import { useParams, useSearchParams } from "@solidjs/router";
import type { Delivery, HookId, HookView } from "@yihao/hooks/model";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Bar, EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { actOn, removeHook, useDeliveries, useDelivery, useHooks } from "./data.ts";
import { DeliveryPane, DeliveryState, kindText } from "./delivery-pane.tsx";
import { HookDrawer, type HookDrawerFor } from "./hook-drawer.tsx";
import { hooksWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function HookState(props: { of: HookView }) {
  const t = hooksWords();
  const since = () => props.of.failingSince;
  return (
    <Switch fallback={<Status is="active" text={t.states.active} />}>
      <Match when={props.of.cause === "failures" || props.of.cause === "gone"}>
        <Status is="alarm" text={props.of.cause === "gone" ? t.states.gone : t.states.failures} />
      </Match>
      <Match when={props.of.state === "paused"}>
        <Status is="off" text={t.states.paused} />
      </Match>
      <Match when={since()}>{(at) => <Status is="mismatch" text={t.states.failing(instantCell(at(), zone))} />}</Match>
    </Switch>
  );
}

function Remove(props: { space: string; of: HookView; onDone: () => void; onClose: () => void }) {
  const t = hooksWords();
  const remove = async () => {
    const said = t.removed(props.of.name);
    await removeHook(props.space, props.of.id);
    toast({ text: said });
    props.onDone();
  };
  return (
    <ConfirmDialog
      open
      onClose={props.onClose}
      title={t.removeTitle(props.of.name)}
      act={t.remove}
      keep={t.keep}
      says={[t.removeNow, t.removeLog]}
      run={remove}
    />
  );
}

type WorkProps = {
  space: string;
  of: HookView;
  delivery: string | undefined;
  onOpen: (delivery: string) => void;
  onBack: () => void;
  onDrawer: (wish: HookDrawerFor) => void;
  onRemove: () => void;
};

/** What was sent to one endpoint, and what can be done with it. */
function Work(props: WorkProps) {
  const t = hooksWords();
  const log = useDeliveries(
    () => props.space,
    () => props.of.id,
  );
  const [busy, setBusy] = createSignal<string>();
  const act = async (what: "pause" | "resume" | "ping", said: string) => {
    setBusy(what);
    try {
      await actOn(props.space, props.of.id, what);
      toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  const ping = () => void act("ping", t.pinged);
  const former = () => {
    const until = props.of.formerUntil;
    return until !== null && Date.parse(until) > Date.now() ? until : undefined;
  };
  const answer = (one: Delivery) =>
    one.lastStatus === null ? (one.lastFault ? t.fault[one.lastFault] : "—") : String(one.lastStatus);
  const columns = (): Column<Delivery>[] => [
    { key: "event", head: t.event, cell: (one) => <b>{kindText(one.type)}</b> },
    { key: "at", head: t.at, width: "112px", from: "tablet", cell: (one) => instantCell(one.at, zone) },
    { key: "answer", head: t.answer, width: "30%", from: "desk", cell: answer },
    { key: "tries", head: t.tries, width: "56px", align: "end", from: "tablet", cell: (one) => one.attempts },
    { key: "state", head: t.state, width: "136px", cell: (one) => <DeliveryState of={one} /> },
  ];
  return (
    <Pane
      title={props.of.name}
      note={<span class="font-mono">{props.of.url}</span>}
      actions={
        <>
          <span class="tablet:hidden">
            <Button size="sm" onClick={() => props.onBack()}>
              {t.back}
            </Button>
          </span>
          {/* On a phone it stands in the menu alone. */}
          <span class="hidden tablet:block">
            <Button size="sm" icon="radio" busy={busy() === "ping"} onClick={ping}>
              {t.ping}
            </Button>
          </span>
          <Menu
            label={t.more}
            class="y-btn y-btn-outline y-btn-sm"
            trigger={
              <>
                <span>{t.more}</span>
                <Icon name="down" size={14} />
              </>
            }
            items={[
              { key: "ping", label: t.ping, icon: "radio", run: ping },
              { key: "edit", label: t.change, icon: "edit", run: () => props.onDrawer({ edit: props.of }) },
              { key: "rotate", label: t.rotate, icon: "refresh", run: () => props.onDrawer({ rotate: props.of }) },
              props.of.state === "active"
                ? { key: "pause", label: t.pause, icon: "pause" as const, run: () => void act("pause", t.paused) }
                : { key: "resume", label: t.resume, icon: "play" as const, run: () => void act("resume", t.resumed) },
              { key: "remove", label: t.remove, icon: "close", danger: true, run: () => props.onRemove() },
            ]}
          />
        </>
      }
    >
      <div class="flex h-full min-h-0 flex-col">
        <Show when={props.of.state === "paused"}>
          <Bar
            tone={props.of.cause === "person" ? "info" : "bad"}
            title={
              props.of.cause === "failures"
                ? t.states.failures
                : props.of.cause === "gone"
                  ? t.states.gone
                  : t.pausedBar
            }
            action={
              <Button size="sm" icon="play" busy={busy() === "resume"} onClick={() => void act("resume", t.resumed)}>
                {t.resume}
              </Button>
            }
          >
            {t.pausedSay}
          </Bar>
        </Show>
        <ul
          class="flex flex-wrap gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-xs text-fg-2"
          aria-label={t.kinds}
        >
          <For each={props.of.kinds}>{(kind) => <li>{t.kind[kind]}</li>}</For>
          <Show when={former()}>{(until) => <li class="text-fg">{t.formerUntil(instantCell(until(), zone))}</li>}</Show>
        </ul>
        <DataTable
          label={t.log}
          rows={log.data?.pages.flatMap(({ items }) => items) ?? []}
          columns={columns()}
          rowKey={(one) => one.id}
          current={props.delivery}
          onOpen={(one) => props.onOpen(one.id)}
          state={log.isPending ? "loading" : log.isError ? "error" : "ready"}
          problem={log.error}
          errorTitle={t.logNotRead}
          onRetry={() => void log.refetch()}
          {...(log.hasNextPage ? { onMore: () => void log.fetchNextPage() } : {})}
          foot={<span class="text-xs text-fg-3">{t.logKept}</span>}
          empty={<EmptyState title={t.logNone}>{t.logNoneSay}</EmptyState>}
        />
      </div>
    </Pane>
  );
}

/** Signed webhooks (Webhook) of a space, for its owners: endpoints, what was sent to each and what came back. */
export default function HooksPage() {
  const t = hooksWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ hook?: string; delivery?: string }>();
  const hooks = useHooks(() => params.space);
  const [drawer, setDrawer] = createSignal<HookDrawerFor>();
  const [removing, setRemoving] = createSignal<HookView>();
  const items = () => hooks.data?.items ?? [];
  const chosen = () => items().find(({ id }) => id === search.hook) ?? items()[0];
  const opened = useDelivery(
    () => params.space,
    () => chosen()?.id,
    () => search.delivery,
  );
  const open = (hook: HookId | undefined) => setSearch({ hook, delivery: undefined });
  const inList = (id: HookId) => id === chosen()?.id;
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <Button kind="primary" icon="plus" onClick={() => setDrawer("new")}>
            {t.add}
          </Button>
        }
      />
      <Switch fallback={<Loading rows={6} />}>
        <Match when={hooks.isError}>
          <div class="p-4">
            <ErrorState title={t.notRead} problem={hooks.error} onRetry={() => hooks.refetch()} />
          </div>
        </Match>
        <Match when={hooks.data && items().length === 0}>
          <EmptyState title={t.none}>{t.noneSay}</EmptyState>
        </Match>
        <Match when={chosen()}>
          {(one) => (
            <Panes
              detailWidth={400}
              detailOpen={search.delivery !== undefined}
              detailTitle={opened.data ? kindText(opened.data.type) : t.log}
              onCloseDetail={() => setSearch({ delivery: undefined })}
              front={search.hook ? "work" : "list"}
              list={
                <Pane title={t.list}>
                  <ul>
                    <For each={items()}>
                      {(hook) => (
                        <li class="border-b border-line">
                          <button
                            type="button"
                            class="flex min-h-14 w-full flex-col gap-0.5 px-4 py-2 text-left hover:bg-hover"
                            classList={{ "bg-brand-soft": inList(hook.id) }}
                            aria-pressed={inList(hook.id)}
                            onClick={() => open(hook.id)}
                          >
                            <b class="w-full truncate">{hook.name}</b>
                            <span class="w-full truncate font-mono text-xs text-fg-2">{hook.url}</span>
                            <HookState of={hook} />
                          </button>
                        </li>
                      )}
                    </For>
                  </ul>
                </Pane>
              }
              work={
                <Work
                  space={params.space}
                  of={one()}
                  delivery={search.delivery}
                  onOpen={(delivery) => setSearch({ hook: one().id, delivery })}
                  onBack={() => open(undefined)}
                  onDrawer={setDrawer}
                  onRemove={() => setRemoving(one())}
                />
              }
              detail={
                <Show when={search.delivery} fallback={<p class="p-4 text-fg-2">{t.pickDelivery}</p>}>
                  {(delivery) => (
                    <DeliveryPane space={params.space} hook={one().id} delivery={delivery()} asked={opened} />
                  )}
                </Show>
              }
            />
          )}
        </Match>
      </Switch>
      <HookDrawer
        space={params.space}
        for={drawer()}
        onMade={(hook) => open(hook.id)}
        onClose={() => setDrawer(undefined)}
      />
      <Show when={removing()} keyed>
        {(hook) => (
          <Remove
            space={params.space}
            of={hook}
            onDone={() => {
              setRemoving(undefined);
              open(undefined);
            }}
            onClose={() => setRemoving(undefined)}
          />
        )}
      </Show>
    </>
  );
}
