import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { explain } from "../../refusals.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { accountWords } from "./account-words.ts";
import { codeFault, emailFault, emptyFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { enterByCode, enterByPassword, type FirstStep, sendCode } from "./data.ts";
import { enterByPasskey, PasskeyDeclined, passkeyFault } from "./passkey.ts";
import { SecondStep } from "./second-step.tsx";
import { entryWords } from "./words.ts";

type Done = () => Promise<unknown>;
/** A way in: `onDone` when it led in, `onSecond` when the person's second step is to follow. */
export type Way = { act: string; onDone: Done; onSecond: () => void };

/** Goes on after a first step. */
export const stepOn = async (first: FirstStep, way: Pick<Way, "onDone" | "onSecond">): Promise<void> => {
  if (first.twoFactorRedirect) way.onSecond();
  else await way.onDone();
};

/** Shows ways in, and in their place the second step once the first is done. */
export function WithSecondStep(props: { onDone: Done; children: (onSecond: () => void) => JSX.Element }) {
  const [second, setSecond] = createSignal(false);
  return (
    <Show
      when={second()}
      fallback={props.children(() => {
        setSecond(true);
      })}
    >
      <SecondStep onDone={props.onDone} onBack={() => setSecond(false)} />
    </Show>
  );
}

/** Signs in by a code that is mailed; `email` fixes whose. */
export function CodeForm(props: Way & { email?: string }) {
  const t = entryWords();
  const form = createForm({
    name: "by-code",
    initial: { email: props.email ?? "", code: "" },
    check: (values) => ({ email: emailFault(values.email), code: codeFault(values.code) }),
    submit: async (values) => {
      await stepOn(await enterByCode(values.email.trim(), values.code.trim()), props);
    },
  });
  return (
    <FormFrame form={form} label={t.byCode}>
      <EmailField bind={form.field("email")} fixed={props.email !== undefined} />
      <CodeField bind={form.field("code")} email={form.values.email} send={sendCode} />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {props.act}
      </Button>
    </FormFrame>
  );
}

/** Signs in by password. */
export function PasswordForm(props: Way & { email?: string }) {
  const t = entryWords();
  const form = createForm({
    name: "by-password",
    initial: { email: props.email ?? "", password: "" },
    check: (values) => ({
      email: emailFault(values.email),
      password: emptyFault(values.password, t.faults.password),
    }),
    submit: async (values) => {
      await stepOn(await enterByPassword(values.email.trim(), values.password), props);
    },
  });
  return (
    <FormFrame form={form} label={t.byPassword}>
      <EmailField bind={form.field("email")} fixed={props.email !== undefined} />
      <TextField
        label={t.password}
        type="password"
        size="lg"
        autocomplete="current-password"
        bind={form.field("password")}
      />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {props.act}
      </Button>
      <p class="text-xs">
        <TextLink href="/forgot">{t.forgot}</TextLink>
      </p>
    </FormFrame>
  );
}

/** The e-mail of a form before a space. */
export function EmailField(props: { bind: Parameters<typeof TextField>[0]["bind"]; fixed?: boolean }) {
  const t = entryWords();
  return (
    <TextField
      label={t.email}
      type="email"
      inputMode="email"
      size="lg"
      autocomplete="username"
      disabled={props.fixed === true}
      bind={props.bind}
    />
  );
}

/** Signs in by a passkey of this device; nothing at all where there can be none. */
function PasskeyButton(props: { onDone: Done }) {
  const t = accountWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const enter = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await enterByPasskey();
      await props.onDone();
    } catch (error) {
      // Who waves the device's own question away needs no sentence about it.
      if (!(error instanceof PasskeyDeclined)) setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={passkeyFault() === undefined}>
      <div class="mt-4 flex flex-col gap-3">
        <Button size="lg" icon="lock" block busy={busy()} onClick={() => void enter()}>
          {t.byPasskey}
        </Button>
        <Show when={problem()}>
          {(why) => (
            <Note tone="bad" alert>
              {explain(why())}
            </Note>
          )}
        </Show>
      </div>
    </Show>
  );
}

/** All ways in: code and password as tabs, a passkey below, and the second step where the person has one. */
export function SignInForms(props: { email?: string; act: string; onDone: Done; after?: JSX.Element }) {
  const t = entryWords();
  const [way, setWay] = createSignal<"code" | "password">("code");
  const given = () => (props.email === undefined ? {} : { email: props.email });
  return (
    <WithSecondStep onDone={props.onDone}>
      {(onSecond) => (
        <>
          <Tabs
            label={t.ways}
            items={[
              { key: "code", label: t.byCode },
              { key: "password", label: t.byPassword },
            ]}
            value={way()}
            onChange={setWay}
          >
            {(key) => (
              <div class="pt-6">
                <Switch>
                  <Match when={key === "code"}>
                    <CodeForm {...given()} act={props.act} onDone={props.onDone} onSecond={onSecond} />
                  </Match>
                  <Match when={key === "password"}>
                    <PasswordForm {...given()} act={props.act} onDone={props.onDone} onSecond={onSecond} />
                  </Match>
                </Switch>
              </div>
            )}
          </Tabs>
          <PasskeyButton onDone={props.onDone} />
          {props.after}
        </>
      )}
    </WithSecondStep>
  );
}
