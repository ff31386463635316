import { useNavigate } from "@solidjs/router";
import { landing, renewMe } from "../../session.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeFault, emailFault, emptyFault, newPasswordFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { enterByCode, sendCode, setFirstPassword } from "./data.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { EmailField } from "./sign-in-forms.tsx";
import { entryWords } from "./words.ts";

/** Sign up (注册): the mailed code proves the e-mail, the password comes with it; then set-up of the first space. */
export default function SignUpPage() {
  const t = entryWords();
  const navigate = useNavigate();
  let inside = false;
  const form = createForm({
    name: "sign-up",
    initial: { name: "", email: "", code: "", password: "" },
    check: (values) => ({
      name: emptyFault(values.name, t.faults.name),
      email: emailFault(values.email),
      code: codeFault(values.code),
      password: newPasswordFault(values.password, values.email.trim()),
    }),
    submit: async (values) => {
      if (!inside) await enterByCode(values.email.trim(), values.code.trim(), values.name.trim());
      inside = true;
      await setFirstPassword(values.password);
      const me = await renewMe();
      if (me) navigate(landing(me), { replace: true });
    },
  });
  return (
    <EntryFrame title={t.signUp} note={t.signUpNote}>
      <FormFrame form={form} label={t.signUp}>
        <TextField label={t.name} size="lg" autocomplete="name" maxLength={80} bind={form.field("name")} />
        <EmailField bind={form.field("email")} />
        <CodeField bind={form.field("code")} email={form.values.email} send={sendCode} />
        <TextField
          label={t.password}
          type="password"
          size="lg"
          autocomplete="new-password"
          hint={t.passwordHint}
          bind={form.field("password")}
        />
        <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
          {t.create}
        </Button>
        <p class="text-xs">
          <TextLink href="/sign-in">{t.haveAccount}</TextLink>
        </p>
      </FormFrame>
    </EntryFrame>
  );
}
