import type { CompanyView } from "@yihao/members/model";
import type { Allowance } from "@yihao/members/subscription-model";
import { createSignal, For, type JSX, Show } from "solid-js";
import { instantCell, monthTitle } from "../../format.ts";
import { invite, useInvitations, usePeople } from "../../people.ts";
import { roleWords } from "../../session.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Status } from "../../ui/status.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { TickLegend, Ticks } from "../../ui/ticks.tsx";
import { toast } from "../../ui/toast.tsx";
import { emailFault } from "./company-fields.tsx";
import { useTimeline } from "./data.ts";
import { happening } from "./happenings.ts";
import { memberWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A month's room minutes as ticks of half an hour: used, booked, left. */
export function AllowanceTicks(props: { allowance: Allowance }) {
  const t = memberWords();
  const half = (minutes: number) => Math.round(minutes / 30);
  const units = () => {
    const { used, booked, left, expired } = props.allowance;
    return [
      ...Array.from({ length: half(used) }, () => "in" as const),
      ...Array.from({ length: half(booked) }, () => "later" as const),
      ...Array.from({ length: half(left) }, () => "free" as const),
      ...Array.from({ length: half(expired) }, () => "off" as const),
    ];
  };
  const say = () => {
    const { used, booked, left } = props.allowance;
    return `${t.used} ${t.minutes(used)}, ${t.booked} ${t.minutes(booked)}, ${t.rest} ${t.minutes(left)}`;
  };
  return (
    <div class="flex flex-col gap-1 py-1">
      <p class="flex justify-between gap-3 text-xs text-fg-2">
        <span>{t.allowance(monthTitle(props.allowance.month))}</span>
        <span class="text-fg-1">
          {t.rest} {t.minutes(props.allowance.left)} / {t.minutes(props.allowance.granted)}
        </span>
      </p>
      <Ticks units={units()} label={`${t.allowance(monthTitle(props.allowance.month))}: ${say()}`} />
    </div>
  );
}

/** What the ticks of allowances mean. */
export function AllowanceLegend() {
  const t = memberWords();
  return (
    <TickLegend
      items={[
        { tick: "in", text: t.used },
        { tick: "later", text: t.booked },
        { tick: "free", text: t.rest },
      ]}
    />
  );
}

/** Invites somebody of a company by mail. */
export function CompanyInvite(props: { space: string; company: CompanyView; open: boolean; onClose: () => void }) {
  const t = memberWords();
  const form = createForm({
    name: "company-invite",
    initial: { email: "", role: "admin" as "admin" | "member" },
    check: (values) => ({ email: values.email.trim() === "" ? t.badEmail : emailFault(values.email) }),
    submit: async ({ email, role }, intent) => {
      const to = email.trim().toLowerCase();
      const wish = { email: to, company: props.company.id, companyName: props.company.name, companyRole: role };
      await invite(props.space, wish, intent);
      toast({ text: t.sentTo(to) });
      form.reset();
      props.onClose();
    },
  });
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.inviteTitle(props.company.name)}
      form={form}
      act={t.send}
    >
      <p class="text-pretty text-fg-2">{t.inviteNote}</p>
      <TextField label={t.email} type="email" inputMode="email" required bind={form.field("email")} />
      <Segmented
        label={t.role}
        options={[
          { value: "admin" as const, label: t.admin },
          { value: "member" as const, label: t.member },
        ]}
        bind={form.field("role")}
      />
    </FormDrawer>
  );
}

/** The people of a company, invitations that are open, and inviting. */
export function CompanyPeople(props: { space: string; company: CompanyView; mayInvite: boolean }) {
  const t = memberWords();
  const people = usePeople(() => props.space);
  const invitations = useInvitations(() => props.space);
  const [inviting, setInviting] = createSignal(false);
  const mine = () =>
    (people.data?.items ?? []).flatMap((person) => {
      const place = person.companies.find((one) => one.company === props.company.id);
      return place ? [{ key: person.person, name: person.name || person.email, note: roleWords()[place.role] }] : [];
    });
  const open = () =>
    (invitations.data?.items ?? []).filter((one) => one.company?.company === props.company.id && one.state === "open");
  return (
    <Section
      title={t.people}
      action={
        <Show when={props.mayInvite}>
          <Button size="sm" icon="mail" onClick={() => setInviting(true)}>
            {t.invite}
          </Button>
        </Show>
      }
    >
      <Show when={mine().length + open().length > 0} fallback={<p class="text-fg-2">{t.noPeople}</p>}>
        <ul class="flex flex-col">
          <For each={mine()}>
            {(person) => (
              <li class="flex justify-between gap-3 border-t border-line py-1.5 first:border-0">
                <span>{person.name}</span>
                <span class="text-fg-2">{person.note}</span>
              </li>
            )}
          </For>
          <For each={open()}>
            {(one) => (
              <li class="flex justify-between gap-3 border-t border-line py-1.5 first:border-0">
                <span class="min-w-0 break-all">{one.email}</span>
                <Status is="queued" text={t.invited} />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <CompanyInvite space={props.space} company={props.company} open={inviting()} onClose={() => setInviting(false)} />
    </Section>
  );
}

/** A titled part of a pane. */
export function Section(props: { title: string; action?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="border-b border-line px-4 py-3">
      <header class="mb-2 flex min-h-7 items-center justify-between gap-3">
        <h3 class="text-sm font-strong">{props.title}</h3>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}

/** What happened with a company, newest first. */
export function CompanyTimeline(props: { space: string; company: string; action?: JSX.Element }) {
  const t = memberWords();
  const timeline = useTimeline(
    () => props.space,
    () => props.company,
  );
  const entries = () => timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t.timeline} action={props.action}>
      <Show when={!timeline.isPending} fallback={<Loading rows={3} />}>
        <Show
          when={!timeline.isError}
          fallback={<ErrorState title={t.notRead} problem={timeline.error} onRetry={() => void timeline.refetch()} />}
        >
          <Show when={entries().length > 0} fallback={<EmptyState title={t.noEvents} />}>
            <ol class="flex flex-col">
              <For each={entries()}>
                {(entry) => (
                  <li class="grid grid-cols-[auto_1fr] gap-x-3 border-t border-line py-1.5 first:border-0">
                    <time class="text-fg-2" dateTime={entry.at}>
                      {instantCell(entry.at, zone)}
                    </time>
                    <span class="min-w-0">
                      {happening(entry)}
                      <span class="ml-2 text-xs text-fg-2">
                        {entry.byName ?? (entry.by === "space" ? t.bySpace : t.system)}
                      </span>
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
      </Show>
    </Section>
  );
}
