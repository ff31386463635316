import { useNavigate, useParams } from "@solidjs/router";
import type { OpenInvitation } from "@yihao/identity/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { rolesText, roleWords } from "../../roles.ts";
import { authCall, homeOf, renewMe, useMe } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeFault, emptyFault, newPasswordFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { acceptInvitation, enterByCode, joinByPassword, sendCode, useInvitation } from "./data.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { PasswordForm, stepOn, WithSecondStep } from "./sign-in-forms.tsx";
import { entryWords } from "./words.ts";

type Way = "password" | "code" | "account";

function roleOf(invitation: OpenInvitation): string {
  if (invitation.company) return `${invitation.company.name} · ${roleWords()[invitation.company.role]}`;
  return rolesText(invitation.roles, invitation.own);
}

/** A new account for the e-mail of the invitation, with a password. */
function NewAccount(props: { token: string; email: string; onDone: () => Promise<unknown>; onExists: () => void }) {
  const t = entryWords();
  const form = createForm({
    name: "join",
    initial: { name: "", password: "" },
    check: (values) => ({
      name: emptyFault(values.name, t.faults.name),
      password: newPasswordFault(values.password, props.email),
    }),
    submit: async (values) => {
      try {
        await joinByPassword(props.token, values.name.trim(), values.password);
      } catch (error) {
        if (error instanceof Problem && error.code === "auth.account-exists") props.onExists();
        throw error;
      }
      await props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.setPassword}>
      <TextField label={t.name} size="lg" autocomplete="name" maxLength={80} bind={form.field("name")} />
      <TextField
        label={t.password}
        type="password"
        size="lg"
        autocomplete="new-password"
        hint={t.passwordHint}
        bind={form.field("password")}
      />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.joinDo}
      </Button>
    </FormFrame>
  );
}

/** The same by a code, with no password to remember. */
function ByCode(props: { token: string; email: string; onDone: () => Promise<unknown>; onSecond: () => void }) {
  const t = entryWords();
  const form = createForm({
    name: "join-code",
    initial: { name: "", code: "" },
    check: (values) => ({ name: emptyFault(values.name, t.faults.name), code: codeFault(values.code) }),
    submit: async (values) => {
      await stepOn(await enterByCode(props.email, values.code.trim(), values.name.trim()), props);
    },
  });
  return (
    <FormFrame form={form} label={t.withCode}>
      <TextField label={t.name} size="lg" autocomplete="name" maxLength={80} bind={form.field("name")} />
      <CodeField bind={form.field("code")} email={props.email} send={(email) => sendCode(email, props.token)} />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.joinDo}
      </Button>
    </FormFrame>
  );
}

function Ways(props: { token: string; email: string; onDone: () => Promise<unknown> }) {
  return (
    <WithSecondStep onDone={props.onDone}>{(onSecond) => <FirstStep {...props} onSecond={onSecond} />}</WithSecondStep>
  );
}

function FirstStep(props: { token: string; email: string; onDone: () => Promise<unknown>; onSecond: () => void }) {
  const t = entryWords();
  const [way, setWay] = createSignal<Way>("password");
  const [exists, setExists] = createSignal(false);
  return (
    <Tabs
      label={t.join}
      items={[
        { key: "password", label: t.setPassword },
        { key: "code", label: t.withCode },
        { key: "account", label: t.withAccount },
      ]}
      value={way()}
      onChange={setWay}
    >
      {(key) => (
        <div class="pt-6">
          <Show when={exists() && key === "account"}>
            <div class="mb-4">
              <Note tone="info">{explain(new Problem({ code: "auth.account-exists", status: 409 }))}</Note>
            </div>
          </Show>
          <Switch>
            <Match when={key === "password"}>
              <NewAccount
                token={props.token}
                email={props.email}
                onDone={props.onDone}
                onExists={() => {
                  setExists(true);
                  setWay("account");
                }}
              />
            </Match>
            <Match when={key === "code"}>
              <ByCode token={props.token} email={props.email} onDone={props.onDone} onSecond={props.onSecond} />
            </Match>
            <Match when={key === "account"}>
              <PasswordForm email={props.email} act={t.joinDo} onDone={props.onDone} onSecond={props.onSecond} />
            </Match>
          </Switch>
        </div>
      )}
    </Tabs>
  );
}

/** Join by invitation (接受邀请): shows who invites into what, then lets the invited person in by password, code or the account they have. */
export default function JoinPage() {
  const t = entryWords();
  const params = useParams<{ token: string }>();
  const navigate = useNavigate();
  const me = useMe();
  const invitation = useInvitation(() => params.token);
  const intent = newIntent();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();

  const accept = async () => {
    const place = await acceptInvitation(params.token, intent);
    await renewMe();
    navigate(homeOf(place), { replace: true });
  };
  const acceptAfterEntry = async () => {
    try {
      await accept();
    } catch (error) {
      await renewMe();
      setProblem(() => error);
    }
  };
  const acceptHere = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await accept();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const switchPerson = async () => {
    await authCall("/sign-out", {});
    await renewMe();
  };
  const refused = () =>
    invitation.error instanceof Problem && invitation.error.status > 0 && invitation.error.status < 500;

  return (
    <Switch
      fallback={
        <EntryFrame title={t.join} note={t.reading}>
          <Loading rows={3} />
        </EntryFrame>
      }
    >
      <Match when={invitation.isError && refused()}>
        <EntryFrame title={t.join}>
          <Note
            tone="warn"
            title={t.notOpen}
            actions={
              <LinkButton href="/sign-in" kind="primary" size="lg">
                {t.goIn}
              </LinkButton>
            }
          >
            {explain(invitation.error)}
          </Note>
        </EntryFrame>
      </Match>
      <Match when={invitation.isError}>
        <EntryFrame title={t.join}>
          <ErrorState title={t.notOpen} problem={invitation.error} onRetry={() => void invitation.refetch()} />
        </EntryFrame>
      </Match>
      <Match when={me.data !== undefined && invitation.data}>
        {(open) => (
          <EntryFrame title={t.joinTitle(open().space.name)} note={t.joinBy(open().byName, roleOf(open()))}>
            <p class="mb-4">
              <span class="text-xs text-fg-2">{t.joinFor} </span>
              <b>{open().email}</b>
            </p>
            <Switch fallback={<Ways token={params.token} email={open().email} onDone={acceptAfterEntry} />}>
              <Match when={me.data?.email === open().email}>
                <Show when={problem()}>
                  {(why) => (
                    <div class="mb-4">
                      <Note tone="bad" alert>
                        {explain(why())}
                      </Note>
                    </div>
                  )}
                </Show>
                <Button kind="primary" size="lg" block busy={busy()} onClick={() => void acceptHere()}>
                  {t.signedInAs(me.data?.name || open().email)}
                </Button>
              </Match>
              <Match when={me.data}>
                {(person) => (
                  <Note
                    tone="warn"
                    actions={
                      <Button size="lg" onClick={() => void switchPerson()}>
                        {t.switchPerson}
                      </Button>
                    }
                  >
                    {t.otherPerson(person().email)}
                  </Note>
                )}
              </Match>
            </Switch>
          </EntryFrame>
        )}
      </Match>
    </Switch>
  );
}
