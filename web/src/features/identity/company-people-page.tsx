import { useParams } from "@solidjs/router";
import type { CompanyPlace, CompanyRole } from "@yihao/identity/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { actingCompany } from "../../api.ts";
import { invite, useInvitations, usePeople } from "../../people.ts";
import { Problem } from "../../problem.ts";
import { roleWords, useMe } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, NoRight } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { emailFault } from "./checks.ts";
import { type Person, removeFromCompany } from "./data.ts";
import { OpenInvitations } from "./open-invitations.tsx";
import { peopleWords } from "./words.ts";

function InviteColleague(props: { space: string; place: CompanyPlace; open: boolean; onClose: () => void }) {
  const t = peopleWords();
  const form = createForm<{ email: string; role: CompanyRole }>({
    name: "invite-colleague",
    initial: { email: "", role: "member" },
    check: (values) => ({ email: emailFault(values.email) }),
    submit: async (values, intent) => {
      const email = values.email.trim().toLowerCase();
      const { company, name } = props.place;
      await invite(props.space, { email, company, companyName: name, companyRole: values.role }, intent);
      toast({ text: t.sentTo(email) });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.inviteColleague} form={form} act={t.send} size="lg">
      <p class="text-pretty text-fg-2">{t.inviteNote}</p>
      <TextField label={t.email} type="email" inputMode="email" size="lg" bind={form.field("email")} />
      <Segmented
        label={t.role}
        size="lg"
        hint={t.adminDoes}
        options={(["member", "admin"] as const).map((value) => ({ value, label: roleWords()[value] }))}
        bind={form.field("role")}
      />
    </FormDrawer>
  );
}

/** People of one's own company (企业成员), for its admins: who they are, inviting and removing. */
export default function CompanyPeoplePage() {
  const t = peopleWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const people = usePeople(() => params.space);
  const invitations = useInvitations(() => params.space);
  const [inviting, setInviting] = createSignal(false);
  const [leaving, setLeaving] = createSignal<Person>();
  const place = () => {
    const mine = me.data?.spaces.find((one) => one.space === params.space)?.companies ?? [];
    return mine.find((one) => one.company === actingCompany()) ?? mine[0];
  };
  const forbidden = () => people.error instanceof Problem && people.error.status === 403;
  const roleOf = (one: Person) => one.companies.find((held) => held.company === place()?.company)?.role;
  const remove = async (one: Person) => {
    const company = place()?.company;
    if (!company) return;
    await removeFromCompany(params.space, company, one.person);
    setLeaving(undefined);
    toast({ text: t.removedColleague(one.name) });
  };
  return (
    <Switch>
      <Match when={forbidden()}>
        <PageHead title={t.people} />
        <NoRight title={t.adminOnly}>{t.adminOnlyNote}</NoRight>
      </Match>
      <Match when={true}>
        <PageHead
          title={place() ? t.colleagues(place()?.name ?? "") : t.people}
          say={people.data ? t.colleaguesSay(people.data.items.length) : undefined}
          actions={
            <Button kind="primary" size="lg" icon="plus" onClick={() => setInviting(true)}>
              {t.inviteColleague}
            </Button>
          }
        />
        <Pane title={t.people}>
          <DataTable
            label={t.people}
            rowHeight={40}
            rows={people.data?.items ?? []}
            columns={[
              { key: "name", head: t.name, cell: (one) => <b>{one.name}</b> },
              { key: "email", head: t.email, from: "tablet", cell: (one) => one.email },
              { key: "role", head: t.role, width: "150px", cell: (one) => roleWords()[roleOf(one) ?? "member"] },
              {
                key: "acts",
                head: "",
                width: "180px",
                align: "end",
                cell: (one) => (
                  <Show when={one.person !== me.data?.person}>
                    <Button kind="text" size="sm" onClick={() => setLeaving(one)}>
                      {t.removeColleague}
                    </Button>
                  </Show>
                ),
              },
            ]}
            rowKey={(one) => one.person}
            state={people.isPending ? "loading" : people.isError ? "error" : "ready"}
            problem={people.error}
            errorTitle={t.notRead}
            onRetry={() => void people.refetch()}
            empty={<EmptyState title={t.noPeople} />}
          />
        </Pane>
        <OpenInvitations space={params.space} rows={invitations.data?.items ?? []} rowHeight={40} />
        <Show when={place()}>
          {(own) => (
            <InviteColleague space={params.space} place={own()} open={inviting()} onClose={() => setInviting(false)} />
          )}
        </Show>
        <Show when={leaving()}>
          {(one) => (
            <ConfirmDialog
              open
              onClose={() => setLeaving(undefined)}
              title={t.removeColleagueTitle(one().name)}
              act={t.removeColleague}
              keep={t.keep}
              says={[t.removeColleagueNow, t.removeKept]}
              run={() => remove(one())}
            />
          )}
        </Show>
      </Match>
    </Switch>
  );
}
