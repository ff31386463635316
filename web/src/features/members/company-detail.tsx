import type { CompanyView } from "@yihao/members/model";
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { dayOf, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { CompanyEdit } from "./company-form.tsx";
import {
  AllowanceLegend,
  AllowanceTicks,
  CompanyPeople,
  CompanyTimeline,
  PlanDrawer,
  Section,
} from "./company-parts.tsx";
import { useAllowances } from "./data.ts";
import { memberWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the space knows of a company, as label and value. */
export function companyFacts(company: CompanyView) {
  const t = memberWords();
  return [
    { label: t.kind, value: t[company.kind] },
    { label: t.code, value: <span class="font-mono">{company.code ?? "—"}</span> },
    { label: t.industry, value: company.industry ?? "—" },
    { label: t.contact, value: company.contactName ?? "—" },
    { label: t.phone, value: company.contactPhone ?? "—" },
    { label: t.email, value: <span class="break-all">{company.contactEmail ?? "—"}</span> },
    { label: t.address, value: company.address ?? "—" },
    { label: t.since, value: company.since },
  ];
}

/** A company's plan and what is left of its allowances. */
export function PlanSection(props: { space: string; company: CompanyView; mayChange: boolean }) {
  const t = memberWords();
  const [changing, setChanging] = createSignal(false);
  const today = dayOf(new Date().toISOString(), zone);
  const allowances = useAllowances(
    () => props.space,
    () => props.company.id,
  );
  const now = () => (allowances.data?.items ?? []).filter(({ month }) => month >= today.slice(0, 7));
  return (
    <Section
      title={t.subscription}
      action={
        <Show when={props.mayChange && props.company.state === "active"}>
          <Button size="sm" onClick={() => setChanging(true)}>
            {props.company.subscription && !props.company.subscription.until ? t.endPlan : t.startPlan}
          </Button>
        </Show>
      }
    >
      <Show when={props.company.subscription} fallback={<p class="text-fg-2">{t.noPlan}</p>}>
        {(subscription) => (
          <>
            <p class="flex flex-wrap items-baseline gap-x-3">
              <b>{subscription().snapshot.name}</b>
              <span>{money(subscription().snapshot.monthlyMinor)}</span>
              <span class="text-xs text-fg-2">
                {t.perMonth} · {t.roomHours(subscription().snapshot.roomMinutes / 60)} · {t.fromOn(subscription().from)}
                <Show when={subscription().until}>{(until) => <> · {t.endsOn(until())}</>}</Show>
              </span>
            </p>
            <For each={now()}>{(allowance) => <AllowanceTicks allowance={allowance} />}</For>
            <Show when={now().length > 0}>
              <AllowanceLegend />
            </Show>
          </>
        )}
      </Show>
      <Show when={changing()}>
        <PlanDrawer
          space={props.space}
          company={props.company}
          today={today}
          open={changing()}
          onClose={() => setChanging(false)}
        />
      </Show>
    </Section>
  );
}

/** One company beside the list: facts, plan, people, what happened. */
export function CompanyDetail(props: { space: string; company: CompanyView; mayEdit: boolean; mayPlan: boolean }) {
  const t = memberWords();
  const [editing, setEditing] = createSignal(false);
  createEffect(
    on(
      () => props.company.id,
      () => setEditing(false),
    ),
  );
  return (
    <Pane
      title={props.company.name}
      label={props.company.name}
      actions={
        <Show when={props.mayEdit && !editing()}>
          <Button size="sm" icon="edit" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        </Show>
      }
    >
      <Show when={props.company.suspended}>
        {(suspended) => (
          <Note tone="warn" title={t.suspended}>
            {t.suspendedNote(suspended().reason)}
          </Note>
        )}
      </Show>
      <Show
        when={!editing()}
        fallback={<CompanyEdit space={props.space} company={props.company} onDone={() => setEditing(false)} />}
      >
        <Section title={t.facts} action={<CompanyStatus company={props.company} />}>
          <Facts items={companyFacts(props.company)} />
        </Section>
        <PlanSection space={props.space} company={props.company} mayChange={props.mayPlan} />
        <CompanyPeople space={props.space} company={props.company} mayInvite={props.mayEdit} />
        <CompanyTimeline space={props.space} company={props.company.id} />
      </Show>
    </Pane>
  );
}

/** A company's state in one word. */
export function CompanyStatus(props: { company: { state: "active" | "left"; suspended?: unknown } }) {
  const t = memberWords();
  return (
    <Show when={props.company.state === "active"} fallback={<Status is="closed" text={t.left} />}>
      <Show when={props.company.suspended} fallback={<Status is="active" text={t.active} />}>
        <Status is="off" text={t.suspended} />
      </Show>
    </Show>
  );
}
