import type { Security } from "@yihao/identity/model";
import { Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { mergeAccount, renewSecurity, sendMergeCode } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { codeFault, emailFault } from "./checks.ts";
import { CodeField } from "./code-field.tsx";

/** Merges another account of whoever is signed in into this one, by a code that is sent to its e-mail. Says what becomes of it before. */
export function MergeAccountDrawer(props: { open: boolean; onClose: () => void; security: Security }) {
  const t = accountWords();
  const form = createForm({
    name: "merge-account",
    initial: { email: "", code: "" },
    check: (values) => ({
      email:
        emailFault(values.email) ??
        (values.email.trim().toLowerCase() === props.security.email ? t.sameEmail : undefined),
      code: codeFault(values.code),
    }),
    submit: async (values) => {
      const email = values.email.trim().toLowerCase();
      const spaces = await mergeAccount(email, values.code.trim());
      await renewSecurity();
      toast({ text: t.merged(email, spaces) });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.mergeTitle}
      form={form}
      act={t.mergeAct}
      danger
      size="lg"
    >
      <Note tone="warn">
        <ul class="flex list-disc flex-col gap-1 pl-5">
          <li>{t.mergePlaces}</li>
          <li>{t.mergeGone}</li>
        </ul>
      </Note>
      <TextField
        label={t.mergeEmail}
        type="email"
        inputMode="email"
        size="lg"
        autocomplete="off"
        bind={form.field("email")}
      />
      <CodeField bind={form.field("code")} email={form.values.email} send={sendMergeCode} />
    </FormDrawer>
  );
}
