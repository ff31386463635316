import { useSearchParams } from "@solidjs/router";
import { missingFacts } from "@yihao/members/facts";
import type { CompanyView } from "@yihao/members/model";
import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from "solid-js";
import { useHas, useMay } from "../../session.ts";
import { Button, TextButton, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Facts, media, Pane } from "../../ui/panes.tsx";
import { Status, StatusMark } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AgreementsPanel } from "./agreements-panel.tsx";
import { CompanyEdit } from "./company-form.tsx";
import { CompanyPeople, CompanyTimeline, Section } from "./company-parts.tsx";
import { DocumentsPanel } from "./documents-panel.tsx";
import { EntryDrawer } from "./entry-form.tsx";
import { ExitPanel } from "./exit-panel.tsx";
import { factNames } from "./happenings.ts";
import { MergeDrawer } from "./merge-drawer.tsx";
import { mergeWords } from "./merge-words.ts";
import { PlanPanel, PlanSummary } from "./plan-panel.tsx";
import { memberWords } from "./words.ts";

/** What the space knows of a company, as label and value. */
export function companyFacts(company: CompanyView) {
  const t = memberWords();
  const registered = company.kind === "company";
  const people = (company.contacts ?? []).map(({ name, role, phone, email }) => (
    <span class="block">
      {name} <span class="text-fg-3">{t.contactRoles[role]}</span> {phone} <span class="break-all">{email}</span>
    </span>
  ));
  return [
    { label: t.kind, value: t[company.kind] },
    { label: t.code, value: <span class="font-mono">{company.code ?? "—"}</span> },
    ...(registered
      ? [
          { label: t.legalPerson, value: company.legalPerson ?? "—" },
          { label: t.registeredOn, value: company.registeredOn ?? "—" },
        ]
      : []),
    { label: t.industry, value: company.industry ?? "—" },
    { label: t.contact, value: company.contactName ?? "—" },
    { label: t.phone, value: company.contactPhone ?? "—" },
    { label: t.email, value: <span class="break-all">{company.contactEmail ?? "—"}</span> },
    { label: t.address, value: company.address ?? "—" },
    ...(people.length > 0 ? [{ label: t.contacts, value: people }] : []),
    {
      label: t.since,
      value: [company.since, company.entry && t.entryReasons[company.entry.reason], company.entry?.note]
        .filter(Boolean)
        .join(" · "),
    },
  ];
}

/** What is still missing of what an operator must know of a company, in one line. */
function MissingLine(props: { company: CompanyView }) {
  const t = memberWords();
  const missing = () => missingFacts(props.company);
  return (
    <Show when={missing().length > 0}>
      <p class="mt-3 flex items-start gap-2 text-xs text-fg-2">
        <StatusMark shape="triangle" tone="warn" />
        {t.missing(factNames(missing()))}
      </p>
    </Show>
  );
}

const tabs = ["facts", "plan", "agreements", "documents", "exit"] as const;
type Tab = (typeof tabs)[number];

/** One company beside the list: an overview, and its plan, agreements, documents and exit behind tabs that have addresses of their own. */
export function CompanyDetail(props: { space: string; company: CompanyView; mayEdit: boolean }) {
  const may = useMay(() => props.space);
  const t = memberWords();
  const [query, setQuery] = useSearchParams<{ tab?: string }>();
  const tab = (): Tab => tabs.find((one) => one === query.tab) ?? "facts";
  const show = (key: Tab) => setQuery({ tab: key === "facts" ? undefined : key }, { scroll: false, replace: true });
  // In a drawer the drawer says the name, and a head without a button would stand empty.
  const beside = media("(min-width: 1120px)");
  const [editing, setEditing] = createSignal(false);
  // A memo: the same company read again, after someone else's edit say, must not take away what is being typed.
  const id = createMemo(() => props.company.id);
  createEffect(on(id, () => setEditing(false)));
  const of = () => ({ space: props.space, company: props.company });
  const ids = () => ({ space: props.space, company: props.company.id as string });
  return (
    <Pane
      title={beside() || tab() === "facts" ? props.company.name : undefined}
      label={props.company.name}
      actions={
        <Show when={props.mayEdit && !editing() && tab() === "facts"}>
          <Button size="sm" icon="edit" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        </Show>
      }
    >
      <div class="border-b border-line px-4">
        <Tabs
          label={props.company.name}
          items={tabs.map((key) => ({ key, label: t.tabs[key] }))}
          value={tab()}
          onChange={show}
        />
      </div>
      <Show when={props.company.suspended}>
        {(suspended) => (
          <Note tone="warn" title={t.suspended}>
            {t.suspendedNote(suspended().reason)}
          </Note>
        )}
      </Show>
      <Switch>
        <Match when={tab() === "plan"}>
          <PlanPanel
            {...of()}
            right={may("members.plans") ? "manage" : "look"}
            maySpend={props.mayEdit}
            mayPrice={may("pricing.manage")}
          />
        </Match>
        <Match when={tab() === "agreements"}>
          <AgreementsPanel
            {...ids()}
            active={props.company.state === "active"}
            staff
            mayManage={may("members.agreements")}
            mayFile={props.mayEdit}
          />
        </Match>
        <Match when={tab() === "documents"}>
          <DocumentsPanel {...ids()} staff mayAdd={props.mayEdit} />
        </Match>
        <Match when={tab() === "exit"}>
          <ExitPanel {...of()} mayManage={may("members.exit")} mayTick={props.mayEdit} />
        </Match>
        <Match when={tab() === "facts" && editing()}>
          <CompanyEdit {...of()} onDone={() => setEditing(false)} />
        </Match>
        <Match when={tab() === "facts"}>
          <Overview {...props} />
        </Match>
      </Switch>
    </Pane>
  );
}

/** What is known of a company, its plan in short, its people, what happened. */
function Overview(props: { space: string; company: CompanyView; mayEdit: boolean }) {
  const may = useMay(() => props.space);
  const has = useHas(() => props.space);
  const t = memberWords();
  const [entering, setEntering] = createSignal(false);
  const [merging, setMerging] = createSignal(false);
  const words = mergeWords();
  const base = () => `/s/${props.space}/members/${props.company.id}`;
  return (
    <>
      <Section title={t.facts} action={<CompanyStatus company={props.company} />}>
        <Facts items={companyFacts(props.company)} />
        <MissingLine company={props.company} />
        <For each={props.company.absorbed}>
          {(other) => (
            <p class="mt-3 text-xs text-fg-2">
              {words.absorbed}{" "}
              <TextLink href={`/s/${props.space}/members/${other}/history`}>{words.absorbedHistory}</TextLink>
            </p>
          )}
        </For>
        <Show when={props.mayEdit}>
          <p class="mt-3 flex flex-wrap gap-x-4">
            <TextButton onClick={() => setEntering(true)}>{t.editEntry}</TextButton>
            <Show when={has("manager") && props.company.state === "active"}>
              <TextButton onClick={() => setMerging(true)}>{words.open}</TextButton>
            </Show>
          </p>
        </Show>
      </Section>
      <PlanSummary
        space={props.space}
        company={props.company}
        mayChange={may("members.plans")}
        more={`${base()}?tab=plan`}
      />
      <CompanyPeople space={props.space} company={props.company} mayInvite={has("manager", "frontdesk")} />
      <CompanyTimeline
        space={props.space}
        company={props.company.id}
        action={<TextLink href={`${base()}/history`}>{t.openHistory}</TextLink>}
      />
      <Show when={entering()}>
        <EntryDrawer space={props.space} company={props.company} open onClose={() => setEntering(false)} />
      </Show>
      <Show when={merging()}>
        <MergeDrawer space={props.space} company={props.company} open onClose={() => setMerging(false)} />
      </Show>
    </>
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
