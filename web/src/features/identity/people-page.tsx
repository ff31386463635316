import { useParams } from "@solidjs/router";
import { mayGive } from "@yihao/identity/rights";
import { createSignal, Show } from "solid-js";
import { lang } from "../../i18n.ts";
import { useInvitations, usePeople } from "../../people.ts";
import { rolesText } from "../../roles.ts";
import { useHas, useMay, useMe } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { auditWords } from "./audit-words.ts";
import type { Person } from "./data.ts";
import { InviteDrawer } from "./invite-drawer.tsx";
import { dayText, OpenInvitations } from "./open-invitations.tsx";
import { PersonDetail } from "./person-detail.tsx";
import { ownRoleWords } from "./roles-words.ts";
import { peopleWords } from "./words.ts";

/** The companies somebody works in, in one line. */
const companiesOf = (one: Person): string =>
  one.companies.map((place) => place.name).join(lang() === "en" ? ", " : "、");

/** People and roles (人员与角色): who may do what here, open invitations, inviting and removing. */
export default function PeoplePage() {
  const t = peopleWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const people = usePeople(() => params.space);
  const has = useHas(() => params.space);
  const may = useMay(() => params.space);
  const invitations = useInvitations(
    () => params.space,
    () => has("manager", "frontdesk"),
  );
  const [current, setCurrent] = createSignal<string>();
  const desk = media("(min-width: 1120px)");
  const [inviting, setInviting] = createSignal(false);
  const person = () => people.data?.items.find((one) => one.person === current());
  const others = (one: Person) =>
    (people.data?.items ?? []).filter(({ person: other, roles }) => other !== one.person && mayGive(mine(), roles));
  const mine = () => me.data?.spaces.find((one) => one.space === params.space)?.roles ?? [];
  const columns = (): Column<Person>[] => [
    {
      key: "name",
      head: t.name,
      cell: (one) => (
        <>
          <b>{one.name}</b>
          <Show when={one.person === me.data?.person}>
            <span class="ml-2 text-xs text-fg-2">{t.you}</span>
          </Show>
          <Show when={!desk() && companiesOf(one)}>
            {(names) => <span class="block truncate text-xs text-fg-3">{names()}</span>}
          </Show>
        </>
      ),
    },
    { key: "email", head: t.email, from: "tablet", cell: (one) => one.email },
    { key: "roles", head: t.roles, cell: (one) => rolesText(one.roles, one.own) || "—" },
    {
      key: "companies",
      head: t.companies,
      from: "desk",
      cell: (one) => companiesOf(one) || "—",
    },
    {
      key: "joined",
      head: t.joined,
      width: "88px",
      align: "end",
      from: "tablet",
      cell: (one) => dayText(one.joinedAt),
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        say={people.data ? t.say(people.data.items.length, invitations.data?.items.length) : undefined}
        actions={
          <>
            <LinkButton href={`/s/${params.space}/people/roles`}>{ownRoleWords().title}</LinkButton>
            <Show when={may("space.audit")}>
              <LinkButton href={`/s/${params.space}/people/audit`}>{auditWords().open}</LinkButton>
            </Show>
            <Show when={has("manager")}>
              <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
                {t.invite}
              </Button>
            </Show>
          </>
        }
      />
      <Panes
        detailWidth={360}
        detailOpen={person() !== undefined}
        detailTitle={person()?.name ?? t.people}
        onCloseDetail={() => setCurrent(undefined)}
        work={
          <div class="flex min-h-0 flex-1 flex-col overflow-auto">
            <Pane title={t.people}>
              <DataTable
                label={t.people}
                rows={people.data?.items ?? []}
                columns={columns()}
                rowKey={(one) => one.person}
                rowHeight={desk() ? 32 : 48}
                current={current()}
                onOpen={(one) => setCurrent(one.person)}
                state={people.isPending ? "loading" : people.isError ? "error" : "ready"}
                problem={people.error}
                errorTitle={t.notRead}
                onRetry={() => void people.refetch()}
                empty={<EmptyState title={t.noPeople} />}
              />
            </Pane>
            <OpenInvitations space={params.space} rows={invitations.data?.items ?? []} />
          </div>
        }
        detail={
          <Show when={person()} keyed fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
            {(one) => (
              <PersonDetail
                space={params.space}
                person={one}
                mine={mine()}
                others={others(one)}
                onGone={() => setCurrent(undefined)}
              />
            )}
          </Show>
        }
      />
      <InviteDrawer space={params.space} mine={mine()} open={inviting()} onClose={() => setInviting(false)} />
    </>
  );
}
