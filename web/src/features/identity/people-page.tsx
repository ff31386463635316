import { useNavigate, useParams } from "@solidjs/router";
import type { Invitation, StaffRole } from "@yihao/identity/model";
import { createEffect, createSignal, Match, on, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, dayOf } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { roleWords, useMe } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, NoRight } from "../../ui/feedback.tsx";
import { Menu } from "../../ui/menu.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Person, resend, revoke, useInvitations, usePeople } from "./data.ts";
import { InviteDrawer } from "./invite-drawer.tsx";
import { PersonDetail } from "./person-detail.tsx";
import { peopleWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const cell = (instant: string) => dayCell(dayOf(instant, zone), new Date().getFullYear());

/** The names of roles in one line. */
export function rolesText(roles: readonly StaffRole[]): string {
  const names = roleWords();
  return roles.map((role) => names[role]).join(lang() === "en" ? ", " : "、");
}

/** People and roles (人员与角色): who may do what here, open invitations, inviting and removing. */
export default function PeoplePage() {
  const t = peopleWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const me = useMe();
  const people = usePeople(() => params.space);
  const invitations = useInvitations(() => params.space);
  const [current, setCurrent] = createSignal<string>();
  const [inviting, setInviting] = createSignal(false);
  const person = () => people.data?.items.find((one) => one.person === current());
  const forbidden = () => people.error instanceof Problem && people.error.status === 403;
  const mine = () => me.data?.spaces.find((one) => one.space === params.space)?.roles ?? [];
  createEffect(
    on(
      () => me.data,
      (who) => {
        if (who === null) navigate(`/sign-in?next=${encodeURIComponent(location.pathname)}`, { replace: true });
      },
    ),
  );

  const attempt = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      toast({ text: done });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };

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
        </>
      ),
    },
    { key: "email", head: t.email, from: "tablet", cell: (one) => one.email },
    { key: "roles", head: t.roles, cell: (one) => rolesText(one.roles) || "—" },
    {
      key: "companies",
      head: t.companies,
      from: "desk",
      cell: (one) => one.companies.map((place) => place.name).join(lang() === "en" ? ", " : "、") || "—",
    },
    { key: "joined", head: t.joined, width: "88px", align: "end", from: "tablet", cell: (one) => cell(one.joinedAt) },
  ];
  const openColumns = (): Column<Invitation>[] => [
    { key: "email", head: t.email, cell: (one) => <b>{one.email}</b> },
    {
      key: "roles",
      head: t.roles,
      cell: (one) => (one.company ? `${one.company.name} · ${roleWords()[one.company.role]}` : rolesText(one.roles)),
    },
    { key: "sent", head: t.sent, width: "72px", align: "end", from: "tablet", cell: (one) => cell(one.sentAt) },
    {
      key: "expires",
      head: t.expires,
      width: "120px",
      cell: (one) =>
        one.expiresAt <= new Date().toISOString() ? (
          <Status is="dueSoon" text={t.expired} />
        ) : (
          <Status is="queued" text={cell(one.expiresAt)} />
        ),
    },
    {
      key: "acts",
      head: "",
      width: "56px",
      cell: (one) => (
        <Menu
          label={`${one.email} …`}
          class="y-btn y-btn-text y-btn-sm"
          trigger="⋯"
          items={[
            {
              key: "again",
              label: t.again,
              icon: "mail",
              run: () => void attempt(() => resend(params.space, one.id, newIntent()), t.sentTo(one.email)),
            },
            {
              key: "withdraw",
              label: t.withdraw,
              icon: "close",
              danger: true,
              run: () => void attempt(() => revoke(params.space, one.id), t.withdrawn(one.email)),
            },
          ]}
        />
      ),
    },
  ];

  return (
    <Switch>
      <Match when={forbidden()}>
        <PageHead title={t.title} />
        <NoRight title={t.noRight}>{t.noRightNote}</NoRight>
      </Match>
      <Match when={true}>
        <PageHead
          title={t.title}
          say={
            people.data && invitations.data ? t.say(people.data.items.length, invitations.data.items.length) : undefined
          }
          actions={
            <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
              {t.invite}
            </Button>
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
                  current={current()}
                  onOpen={(one) => setCurrent(one.person)}
                  state={people.isPending ? "loading" : people.isError ? "error" : "ready"}
                  problem={people.error}
                  errorTitle={t.notRead}
                  onRetry={() => void people.refetch()}
                  empty={<EmptyState title={t.noPeople} />}
                />
              </Pane>
              <Show when={(invitations.data?.items.length ?? 0) > 0}>
                <Pane title={t.invitations}>
                  <DataTable
                    label={t.invitations}
                    rows={invitations.data?.items ?? []}
                    columns={openColumns()}
                    rowKey={(one) => one.id}
                  />
                </Pane>
              </Show>
            </div>
          }
          detail={
            <Show when={person()} keyed fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
              {(one) => (
                <PersonDetail space={params.space} person={one} mine={mine()} onGone={() => setCurrent(undefined)} />
              )}
            </Show>
          }
        />
        <InviteDrawer space={params.space} mine={mine()} open={inviting()} onClose={() => setInviting(false)} />
      </Match>
    </Switch>
  );
}
