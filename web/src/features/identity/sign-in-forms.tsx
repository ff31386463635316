import { createSignal, type JSX, Match, Switch } from "solid-js";
import { Button, TextLink } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeFault, emailFault, emptyFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { enterByCode, enterByPassword, sendCode } from "./data.ts";
import { entryWords } from "./words.ts";

type Done = () => Promise<unknown>;

/** Signs in by a code that is mailed; `email` fixes whose. */
export function CodeForm(props: { email?: string; act: string; onDone: Done }) {
  const t = entryWords();
  const form = createForm({
    name: "by-code",
    initial: { email: props.email ?? "", code: "" },
    check: (values) => ({ email: emailFault(values.email), code: codeFault(values.code) }),
    submit: async (values) => {
      await enterByCode(values.email.trim(), values.code.trim());
      await props.onDone();
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
export function PasswordForm(props: { email?: string; act: string; onDone: Done }) {
  const t = entryWords();
  const form = createForm({
    name: "by-password",
    initial: { email: props.email ?? "", password: "" },
    check: (values) => ({
      email: emailFault(values.email),
      password: emptyFault(values.password, t.faults.password),
    }),
    submit: async (values) => {
      await enterByPassword(values.email.trim(), values.password);
      await props.onDone();
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

/** Both ways in, as tabs: code and password. */
export function SignInForms(props: { email?: string; act: string; onDone: Done; after?: JSX.Element }) {
  const t = entryWords();
  const [way, setWay] = createSignal<"code" | "password">("code");
  const given = () => (props.email === undefined ? {} : { email: props.email });
  return (
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
                <CodeForm {...given()} act={props.act} onDone={props.onDone} />
              </Match>
              <Match when={key === "password"}>
                <PasswordForm {...given()} act={props.act} onDone={props.onDone} />
              </Match>
            </Switch>
          </div>
        )}
      </Tabs>
      {props.after}
    </>
  );
}
