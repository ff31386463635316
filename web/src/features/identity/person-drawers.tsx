import type { Security } from "@yihao/identity/model";
import { Show } from "solid-js";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeEmail, changeName, changePassword, makePassword, renewSecurity, sendEmailCode } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { codeFault, emailFault, emptyFault, newPasswordFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { entryWords } from "./words.ts";

type Layer = { open: boolean; onClose: () => void; security: Security };

/** Changes the person's name. */
export function NameDrawer(props: Layer) {
  const t = accountWords();
  const form = createForm({
    name: "person-name",
    initial: { name: props.security.name },
    check: (values) => ({ name: emptyFault(values.name, entryWords().faults.name) }),
    submit: async (values) => {
      await changeName(values.name.trim());
      await renewSecurity();
      toast({ text: t.nameSaved });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.changeName} form={form} act={t.save} size="lg">
      <TextField label={t.name} size="lg" autocomplete="name" maxLength={80} bind={form.field("name")} />
    </FormDrawer>
  );
}

/** Changes the sign-in e-mail: the new one is proven by a code. */
export function EmailDrawer(props: Layer) {
  const t = accountWords();
  const form = createForm({
    name: "person-email",
    initial: { email: "", code: "" },
    check: (values) => ({
      email:
        emailFault(values.email) ??
        (values.email.trim().toLowerCase() === props.security.email ? t.sameEmail : undefined),
      code: codeFault(values.code),
    }),
    submit: async (values) => {
      const email = values.email.trim().toLowerCase();
      await changeEmail(email, values.code.trim());
      await renewSecurity();
      toast({ text: t.emailSaved(email) });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.changeEmail} form={form} act={t.change} size="lg">
      <p class="text-pretty text-fg-2">{t.changeEmailNote}</p>
      <TextField
        label={t.newEmail}
        type="email"
        inputMode="email"
        size="lg"
        autocomplete="email"
        bind={form.field("email")}
      />
      <CodeField bind={form.field("code")} email={form.values.email} send={sendEmailCode} />
    </FormDrawer>
  );
}

/** Sets a first password, or changes the one there is. */
export function PasswordDrawer(props: Layer) {
  const t = accountWords();
  const has = () => props.security.password;
  const title = () => (has() ? t.changePassword : t.setPassword);
  const form = createForm({
    name: "person-password",
    initial: { current: "", fresh: "" },
    check: (values) => ({
      current: has() ? emptyFault(values.current, entryWords().faults.password) : undefined,
      fresh: newPasswordFault(values.fresh, props.security.email),
    }),
    submit: async (values) => {
      const said = has() ? t.passwordSaved : t.passwordMade;
      if (has()) await changePassword(values.current, values.fresh);
      else await makePassword(values.fresh);
      await renewSecurity();
      toast({ text: said });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={title()} form={form} act={title()} size="lg">
      <Show when={has()}>
        <p class="text-pretty text-fg-2">{t.changePasswordNote}</p>
        <TextField
          label={t.currentPassword}
          type="password"
          size="lg"
          autocomplete="current-password"
          bind={form.field("current")}
        />
      </Show>
      <TextField
        label={t.newPassword}
        type="password"
        size="lg"
        autocomplete="new-password"
        hint={entryWords().passwordHint}
        bind={form.field("fresh")}
      />
    </FormDrawer>
  );
}
