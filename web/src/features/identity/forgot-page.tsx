import { useNavigate } from "@solidjs/router";
import { landing, renewMe } from "../../session.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { codeFault, emailFault, newPasswordFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";
import { enterByPassword, resetPassword, sendResetCode } from "./data.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { EmailField, stepOn, type Way, WithSecondStep } from "./sign-in-forms.tsx";
import { entryWords } from "./words.ts";

function ResetForm(props: Pick<Way, "onDone" | "onSecond">) {
  const t = entryWords();
  let reset = false;
  const form = createForm({
    name: "forgot",
    initial: { email: "", code: "", password: "" },
    check: (values) => ({
      email: emailFault(values.email),
      code: codeFault(values.code),
      password: newPasswordFault(values.password, values.email.trim()),
    }),
    submit: async (values) => {
      if (!reset) await resetPassword(values.email.trim(), values.code.trim(), values.password);
      reset = true;
      await stepOn(await enterByPassword(values.email.trim(), values.password), props);
    },
  });
  return (
    <FormFrame form={form} label={t.reset}>
      <EmailField bind={form.field("email")} />
      <CodeField bind={form.field("code")} email={form.values.email} send={sendResetCode} />
      <TextField
        label={t.newPassword}
        type="password"
        size="lg"
        autocomplete="new-password"
        hint={t.passwordHint}
        bind={form.field("password")}
      />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.resetDo}
      </Button>
      <p class="text-xs">
        <TextLink href="/sign-in">{t.back}</TextLink>
      </p>
    </FormFrame>
  );
}

/** Reset a password (重设密码) by a mailed code, and sign in with the new one. */
export default function ForgotPage() {
  const t = entryWords();
  const navigate = useNavigate();
  const goIn = async () => {
    const me = await renewMe();
    if (me) navigate(landing(me), { replace: true });
  };
  return (
    <EntryFrame title={t.reset} note={t.resetNote}>
      <WithSecondStep onDone={goIn}>{(onSecond) => <ResetForm onDone={goIn} onSecond={onSecond} />}</WithSecondStep>
    </EntryFrame>
  );
}
