import { useNavigate, useParams } from "@solidjs/router";
import type { LeadRowView } from "@yihao/members/lead-model";
import { createMemo, createSignal, onCleanup, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading, NoMatch } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Drawer } from "../../ui/overlay.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { LeadBoard, type OpenStage } from "./lead-board.tsx";
import { moveLead, useDoneLeads, useLead, useOpenLeads, useZone } from "./lead-data.ts";
import { LeadDetail } from "./lead-drawer.tsx";
import { ApplyDrawer } from "./lead-form-drawer.tsx";
import { AddLead, DoneLeads } from "./lead-lists.tsx";
import { leadWords, openStages } from "./lead-words.ts";
import { MemberTabs } from "./member-tabs.tsx";

/** Leads (线索): the board of open ones by stage, those that are closed, one lead in a drawer with its own address. */
export default function LeadsPage() {
  const t = leadWords();
  const params = useParams<{ space: string; lead?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const may = useMay(space);
  const [shelf, setShelf] = createSignal<"open" | "done">("open");
  const [typed, setTyped] = createSignal("");
  const [adding, setAdding] = createSignal(false);
  const [form, setForm] = createSignal(false);
  const [wants, setWants] = createSignal<"tour" | undefined>();
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 60_000);
  onCleanup(() => clearInterval(timer));
  let box: HTMLInputElement | undefined;
  const leads = useOpenLeads(space);
  const closed = useDoneLeads(space, () => shelf() === "done");
  const lead = useLead(space, () => params.lead);
  const fits = (row: LeadRowView) =>
    `${row.name} ${row.contactName ?? ""}`.toLowerCase().includes(typed().trim().toLowerCase());
  const rows = createMemo(() => (leads.data ?? []).filter(fits));
  const done = createMemo(() => (closed.data?.pages.flatMap((page) => page.items) ?? []).filter(fits));
  const keeps = () => may("members.leads");
  const open = (id: string | undefined) => {
    setWants(undefined);
    navigate(id ? `/s/${space()}/members/leads/${id}` : `/s/${space()}/members/leads`, { scroll: false });
  };
  const walked = () =>
    shelf() === "done" ? done() : openStages.flatMap((one) => rows().filter((r) => r.stage === one));
  const step = (by: number) => {
    const next = walked()[walked().findIndex(({ id }) => id === params.lead) + by];
    if (params.lead && next) open(next.id);
  };
  const move = async (row: LeadRowView, stage: OpenStage) => {
    const known = leads.data?.find(({ id }) => id === row.id);
    if (known?.stage === stage) return;
    if (stage === "tour" && known && !known.tour) {
      open(row.id);
      setWants("tour");
      return;
    }
    try {
      await moveLead(space(), row.id, { stage }, row.rev);
      toast({ text: t.moved(row.name, t.stages[stage]) });
      // The card stands in another column now; whoever moved it by keyboard goes on from there.
      document.querySelector<HTMLElement>(`[data-lead="${row.id}"]`)?.focus();
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  useKeys([
    { keys: "n", label: t.add, run: () => keeps() && setAdding(true) },
    { keys: "/", label: t.search, run: () => box?.focus() },
    { keys: "[", label: t.previous, run: () => step(-1) },
    { keys: "]", label: t.next, run: () => step(1) },
  ]);
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<MemberTabs space={space()} />}
        say={
          leads.data ? t.say(leads.data.length, leads.data.filter(({ stage }) => stage === "new").length) : undefined
        }
        actions={
          <>
            <Button icon="link" onClick={() => setForm(true)}>
              {t.form}
            </Button>
            <Show when={keeps()}>
              <Button kind="primary" icon="plus" keys={["N"]} onClick={() => setAdding(true)}>
                {t.add}
              </Button>
            </Show>
          </>
        }
      />
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2">
        <div class="w-full tablet:w-72">
          <SearchBox
            value={typed()}
            onInput={setTyped}
            label={t.search}
            clear={t.clear}
            ref={(element) => {
              box = element;
            }}
          />
        </div>
        <Tabs
          label={t.shelf}
          items={[
            { key: "open" as const, label: t.board, ...(leads.data ? { count: leads.data.length } : {}) },
            { key: "done" as const, label: t.done },
          ]}
          value={shelf()}
          onChange={setShelf}
        />
      </div>
      <Show when={shelf() === "open"} fallback={<DoneLeads rows={done()} asked={closed} zone={zone()} onOpen={open} />}>
        <Show
          when={leads.data}
          fallback={
            <Show when={leads.isError} fallback={<Loading rows={6} />}>
              <ErrorState title={t.notRead} problem={leads.error} onRetry={() => leads.refetch()} />
            </Show>
          }
        >
          <Show
            when={(leads.data?.length ?? 0) > 0}
            fallback={
              <EmptyState
                title={t.none}
                actions={
                  <Show when={keeps()}>
                    <Button icon="plus" onClick={() => setAdding(true)}>
                      {t.add}
                    </Button>
                  </Show>
                }
              />
            }
          >
            <Show
              when={rows().length > 0}
              fallback={<NoMatch text={t.noMatch(typed())} clear={t.clear} onClear={() => setTyped("")} />}
            >
              <LeadBoard
                rows={rows()}
                current={params.lead}
                zone={zone()}
                now={now()}
                mayMove={keeps()}
                onOpen={open}
                onMove={(row, stage) => void move(row, stage)}
              />
            </Show>
          </Show>
        </Show>
      </Show>
      <Drawer
        open={params.lead !== undefined}
        onClose={() => open(undefined)}
        title={lead.data?.name ?? t.title}
        width={520}
      >
        <Show
          when={lead.data}
          fallback={
            <Show when={lead.isError} fallback={<Loading rows={6} />}>
              <ErrorState title={t.oneNotRead} problem={lead.error} onRetry={() => lead.refetch()} />
            </Show>
          }
        >
          {(one) => (
            <Pane label={one().name}>
              <LeadDetail
                space={space()}
                lead={one()}
                zone={zone()}
                mayChange={keeps()}
                wants={wants()}
                onWon={(company) => navigate(`/s/${space()}/members/${company}`)}
              />
            </Pane>
          )}
        </Show>
      </Drawer>
      <AddLead
        space={space()}
        open={adding()}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          open(id);
        }}
      />
      <ApplyDrawer space={space()} mayChange={may("members.apply")} open={form()} onClose={() => setForm(false)} />
    </>
  );
}
