import { Navigate, useNavigate } from "@solidjs/router";
import { freshMinutes, type Security } from "@yihao/identity/model";
import { recoveryFew } from "@yihao/identity/recovery";
import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { offlineSince } from "../../api.ts";
import { usePlatform } from "../../platform.ts";
import { landing, renewMe, useMe } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading, Note, OfflineBar } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { Status } from "../../ui/status.tsx";
import { renewSecurity, useSecurity } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { DevicesPart } from "./devices-part.tsx";
import { FactorDrawer, type FactorWish } from "./factor-drawer.tsx";
import { MergeAccountDrawer } from "./merge-account.tsx";
import { PasskeysPart } from "./passkeys-part.tsx";
import { EmailDrawer, NameDrawer, PasswordDrawer } from "./person-drawers.tsx";
import { SignInForms } from "./sign-in-forms.tsx";

/** One part of the page, framed on all sides. */
function Part(props: { children: JSX.Element }) {
  return <div class="border-y border-r border-line">{props.children}</div>;
}

/** One thing of the account: what it is, how it stands, what to do about it. */
function Row(props: { name: string; note?: JSX.Element; children: JSX.Element; actions: JSX.Element }) {
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
      <span class="min-w-0 flex-1 basis-60">
        <span class="block text-xs text-fg-2">{props.name}</span>
        <span class="block break-words">{props.children}</span>
        <Show when={props.note}>
          <span class="block text-xs text-pretty text-fg-2">{props.note}</span>
        </Show>
      </span>
      <span class="flex flex-wrap gap-2">{props.actions}</span>
    </li>
  );
}

type Open = "name" | "email" | "password" | "merge" | "confirm" | FactorWish;

function Parts(props: { security: Security }) {
  const t = accountWords();
  const [open, setOpen] = createSignal<Open>();
  const [waiting, setWaiting] = createSignal<() => void>();
  const close = () => setOpen(undefined);
  const factor = (): FactorWish | undefined => {
    const now = open();
    return now === "on" || now === "off" || now === "codes" ? now : undefined;
  };
  /** Does it at once after a recent sign-in; otherwise asks for one first and goes on after it. */
  const ready = (then: () => void) => {
    if (props.security.fresh) return then();
    setWaiting(() => then);
    setOpen("confirm");
  };
  const confirmed = async () => {
    const person = props.security.email;
    await renewMe();
    const now = await renewSecurity();
    const then = waiting();
    close();
    if (now?.fresh && now.email === person) then?.();
  };
  const guarded = (wish: FactorWish) => () => (props.security.password ? setOpen(wish) : ready(() => setOpen(wish)));
  return (
    <div class="flex flex-col gap-6">
      <Part>
        <Pane title={t.you}>
          <ul>
            <Row name={t.name} actions={<Button onClick={() => setOpen("name")}>{t.change}</Button>}>
              {props.security.name || "—"}
            </Row>
            <Row name={t.email} actions={<Button onClick={() => ready(() => setOpen("email"))}>{t.change}</Button>}>
              {props.security.email}
            </Row>
            <Row
              name={t.password}
              actions={
                <Button
                  onClick={() => (props.security.password ? setOpen("password") : ready(() => setOpen("password")))}
                >
                  {props.security.password ? t.change : t.setPassword}
                </Button>
              }
            >
              {props.security.password ? t.passwordSet : t.passwordNone}
            </Row>
            <Row
              name={t.mergeTitle}
              actions={<Button onClick={() => ready(() => setOpen("merge"))}>{t.mergeAct}</Button>}
            >
              {t.mergeSay}
            </Row>
          </ul>
        </Pane>
      </Part>
      <Part>
        <Pane title={t.factor}>
          <ul>
            <Row
              name={t.factor}
              note={t.factorSay}
              actions={
                <Show
                  when={props.security.factor}
                  fallback={
                    <Button kind="primary" onClick={guarded("on")}>
                      {t.turnOn}
                    </Button>
                  }
                >
                  <Button kind="danger-outline" onClick={guarded("off")}>
                    {t.turnOff}
                  </Button>
                </Show>
              }
            >
              <Show when={props.security.factor} fallback={<Status is="off" text={t.off} />}>
                <Status is="active" text={t.on} />
              </Show>
            </Row>
            <Show when={props.security.recoveryLeft !== null}>
              <Row
                name={t.recovery}
                note={(props.security.recoveryLeft ?? 0) <= recoveryFew ? t.recoveryFew : undefined}
                actions={<Button onClick={guarded("codes")}>{t.newSet}</Button>}
              >
                {t.recoveryLeft(props.security.recoveryLeft ?? 0)}
              </Row>
            </Show>
          </ul>
        </Pane>
      </Part>
      <Part>
        <PasskeysPart security={props.security} ready={ready} />
      </Part>
      <Part>
        <DevicesPart security={props.security} />
      </Part>
      <NameDrawer open={open() === "name"} onClose={close} security={props.security} />
      <EmailDrawer open={open() === "email"} onClose={close} security={props.security} />
      <MergeAccountDrawer open={open() === "merge"} onClose={close} security={props.security} />
      <PasswordDrawer open={open() === "password"} onClose={close} security={props.security} />
      <FactorDrawer wish={factor()} onClose={close} security={props.security} />
      <Drawer
        open={open() === "confirm"}
        onClose={() => {
          close();
          // A second step that was left halfway has closed the former session.
          void renewSecurity();
        }}
        title={t.confirmTitle}
      >
        <div class="mb-4">
          <Note tone="info">{t.confirmNote(freshMinutes)}</Note>
        </div>
        <SignInForms email={props.security.email} act={t.confirm} onDone={confirmed} />
      </Drawer>
    </div>
  );
}

/** Sign-in and security (登录与安全): name, e-mail, password, authenticator app, passkeys and devices of whoever is signed in. */
export default function AccountPage() {
  const t = accountWords();
  const navigate = useNavigate();
  const security = useSecurity();
  const me = useMe();
  const platform = usePlatform();
  const back = () => navigate(me.data ? landing(me.data) : "/");
  return (
    <PlainShell
      title={t.title}
      actions={
        <Button kind="text" icon="left" onClick={back}>
          {t.back}
        </Button>
      }
    >
      <OfflineBar since={offlineSince()} />
      <div class="mx-auto w-full max-w-3xl">
        <PageHead
          title={t.title}
          say={security.data?.email}
          actions={
            <Show when={platform.data?.owner}>
              <LinkButton href="/platform/usage">{t.platform}</LinkButton>
            </Show>
          }
        />
        <Switch fallback={<Loading rows={8} />}>
          <Match when={security.data === null}>
            <Navigate href="/sign-in?next=%2Faccount" />
          </Match>
          <Match when={security.data}>{(found) => <Parts security={found()} />}</Match>
          <Match when={security.isError}>
            <div class="p-4">
              <ErrorState
                title={t.notRead}
                still={t.still}
                problem={security.error}
                onRetry={() => void security.refetch()}
              />
            </div>
          </Match>
        </Switch>
      </div>
    </PlainShell>
  );
}
