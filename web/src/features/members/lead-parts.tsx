import type { LeadView } from "@yihao/members/lead-model";
import { For, Match, Show, Switch } from "solid-js";
import { dayOf, instantCell, relative } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton, TextButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { Section } from "./company-parts.tsx";
import { happening } from "./happenings.ts";
import { moveLead, noteLead, useLeadTimeline } from "./lead-data.ts";
import { leadWords, openStages } from "./lead-words.ts";
import { memberWords } from "./words.ts";

/** What the drawer of a lead shows: the lead, or the form of one of its steps. */
export type LeadMode = "view" | "edit" | "tour" | "offer" | "lose" | "win";

/** Where a lead stands, and the steps from here. */
export function StagePart(props: {
  space: string;
  lead: LeadView;
  may: boolean;
  mayChange: boolean;
  onMode: (mode: LeadMode) => void;
}) {
  const t = leadWords();
  const move = async (stage: (typeof openStages)[number]) => {
    if (stage === props.lead.stage) return;
    if (stage === "tour" && !props.lead.tour) return props.onMode("tour");
    if (stage === "offered" && !props.lead.offer) return props.onMode("offer");
    try {
      await moveLead(props.space, props.lead.id, { stage }, props.lead.rev);
      toast({ text: t.moved(props.lead.name, t.stages[stage]) });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const isOpen = () => props.lead.stage !== "won" && props.lead.stage !== "lost";
  return (
    <section class="flex flex-col gap-3 border-b border-line bg-sunken px-4 py-3">
      <Show
        when={isOpen() && props.may}
        fallback={
          <p class="flex flex-wrap items-center justify-between gap-3">
            <Switch fallback={<Status is="due" text={t.stages[props.lead.stage]} />}>
              <Match when={props.lead.stage === "won"}>
                <Status is="active" text={t.stages.won} />
              </Match>
              <Match when={props.lead.lost}>
                {(lost) => (
                  <Status
                    is="closed"
                    text={[t.lostBecause(t.reasons[lost().reason]), lost().note].filter(Boolean).join(" · ")}
                  />
                )}
              </Match>
            </Switch>
            <Show when={props.lead.company}>
              {(company) => (
                <LinkButton size="sm" href={`/s/${props.space}/members/${company()}`} icon="right">
                  {t.wonLink}
                </LinkButton>
              )}
            </Show>
            <Show when={props.lead.stage === "lost" && props.may}>
              <Button size="sm" icon="undo" onClick={() => void move("contacted")}>
                {t.reopen}
              </Button>
            </Show>
          </p>
        }
      >
        <Segmented
          label={t.stage}
          options={openStages.map((value) => ({ value, label: t.stages[value] }))}
          bind={bound(
            () => props.lead.stage as (typeof openStages)[number],
            (stage) => void move(stage),
            "lead-stage",
          )}
        />
        <div class="flex flex-wrap gap-2">
          <Button kind="primary" icon="building" onClick={() => props.onMode("win")}>
            {t.win}
          </Button>
          <Button kind="text" onClick={() => props.onMode("lose")}>
            {t.lose}
          </Button>
        </div>
      </Show>
    </section>
  );
}

/** What is known of a lead, as label and value. */
export function LeadFactList(props: { lead: LeadView; zone: string }) {
  const t = leadWords();
  const m = memberWords();
  const { lead } = props;
  const items = () => [
    { label: m.kind, value: m[props.lead.kind] },
    { label: m.contact, value: props.lead.contactName ?? "—" },
    { label: m.phone, value: props.lead.contactPhone ?? "—" },
    { label: m.email, value: <span class="break-all">{props.lead.contactEmail ?? "—"}</span> },
    { label: t.needsOf, value: (props.lead.needs ?? []).map((one) => t.needs[one]).join(t.separator) || "—" },
    { label: t.people, value: props.lead.people ? t.peopleOf(props.lead.people) : "—" },
    { label: t.wantsFrom, value: props.lead.wantsFrom || "—" },
    { label: t.source, value: t.sources[props.lead.source] },
    { label: t.keeper, value: props.lead.keeperName ?? t.nobody },
    { label: t.came, value: dayOf(props.lead.at, props.zone) },
    ...(lead.about ? [{ label: t.about, value: <span class="whitespace-pre-line">{lead.about}</span> }] : []),
  ];
  return (
    <Show when={props.lead.rev} keyed>
      <Facts items={items()} />
    </Show>
  );
}

/** Adding a word, and what happened so far. */
export function LeadHistory(props: { space: string; lead: LeadView; zone: string; mayChange: boolean }) {
  const t = leadWords();
  const m = memberWords();
  const timeline = useLeadTimeline(
    () => props.space,
    () => props.lead.id,
  );
  const entries = () => timeline.data?.pages.flatMap((page) => page.items) ?? [];
  const form = createForm({
    name: "lead-note",
    initial: { text: "" },
    submit: async ({ text }, intent) => {
      if (text.trim() === "") return;
      await noteLead(props.space, props.lead.id, text.trim(), intent);
      form.reset();
    },
  });
  const now = new Date().toISOString();
  const when = (at: string) =>
    dayOf(at, props.zone) === dayOf(now, props.zone) ? relative(at, now) : instantCell(at, props.zone);
  return (
    <Section title={t.history}>
      <Show when={props.mayChange && !props.lead.erasedAt}>
        <FormFrame form={form} label={t.notes}>
          <TextArea label={t.note} rows={2} maxLength={600} bind={form.field("text")} />
          <span>
            <Button size="sm" type="submit" busy={form.busy()} disabled={form.values.text.trim() === ""}>
              {t.addNote}
            </Button>
          </span>
        </FormFrame>
      </Show>
      <Show
        when={!timeline.isError}
        fallback={<ErrorState title={m.notRead} problem={timeline.error} onRetry={() => timeline.refetch()} />}
      >
        <Show when={!timeline.isPending} fallback={<Loading rows={3} />}>
          <ol class="mt-2 flex flex-col">
            <For each={entries()}>
              {(entry) => (
                <li class="grid grid-cols-[auto_1fr] gap-x-3 border-t border-line py-1.5 first:border-0">
                  <time class="text-fg-2" dateTime={entry.at}>
                    {when(entry.at)}
                  </time>
                  <span class="min-w-0 whitespace-pre-line">
                    {happening(entry)}
                    <span class="ml-2 text-xs text-fg-2">{entry.byName ?? m.system}</span>
                  </span>
                </li>
              )}
            </For>
          </ol>
          <Show when={timeline.hasNextPage}>
            <TextButton onClick={() => void timeline.fetchNextPage()}>{t.more}</TextButton>
          </Show>
        </Show>
      </Show>
    </Section>
  );
}
