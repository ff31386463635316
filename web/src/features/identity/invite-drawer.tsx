import type { AnyRole } from "@yihao/kernel/roles";
import { invite } from "../../people.ts";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { emailFault } from "./checks.ts";
import { RoleFields } from "./role-fields.tsx";
import { peopleWords } from "./words.ts";

/** Invites a member of staff: e-mail and roles. */
export function InviteDrawer(props: { space: string; mine: readonly AnyRole[]; open: boolean; onClose: () => void }) {
  const t = peopleWords();
  const form = createForm<{ email: string; roles: readonly AnyRole[] }>({
    name: "invite",
    initial: { email: "", roles: ["frontdesk"] },
    check: (values) => ({
      email: emailFault(values.email),
      roles: values.roles.length === 0 ? t.needRole : undefined,
    }),
    submit: async (values, intent) => {
      const email = values.email.trim().toLowerCase();
      await invite(props.space, { email, roles: [...values.roles] }, intent);
      toast({ text: t.sentTo(email) });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.inviteTitle} form={form} act={t.send}>
      <p class="text-pretty text-fg-2">{t.inviteNote}</p>
      <TextField label={t.email} type="email" inputMode="email" bind={form.field("email")} />
      <RoleFields space={props.space} bind={form.field("roles")} mine={props.mine} />
    </FormDrawer>
  );
}
