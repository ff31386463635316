import { mayGive } from "@yihao/identity/rights";
import type { AnyRole } from "@yihao/kernel/roles";
import { createSignal, Show } from "solid-js";
import { lang } from "../../i18n.ts";
import { rolesText } from "../../roles.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeRoles, type Person, removePerson } from "./data.ts";
import { MergePersonDialog } from "./merge-person.tsx";
import { RoleFields } from "./role-fields.tsx";
import { peopleWords } from "./words.ts";

/** One person: their roles to change, and removal with what follows from it. */
export function PersonDetail(props: {
  space: string;
  person: Person;
  mine: readonly AnyRole[];
  onGone: () => void;
  others: readonly Person[];
}) {
  const t = peopleWords();
  const [asking, setAsking] = createSignal(false);
  const [merging, setMerging] = createSignal(false);
  const list = (names: readonly string[]) => names.join(lang() === "en" ? ", " : "、");
  const companies = () => list(props.person.companies.map((one) => one.name));
  const mayChange = () => mayGive(props.mine, props.person.roles);
  const form = createForm<{ roles: readonly AnyRole[] }>({
    name: "roles",
    initial: { roles: [...props.person.roles] },
    submit: async (values) => {
      await changeRoles(props.space, props.person, [...values.roles]);
      toast({ text: t.saved(props.person.name) });
    },
  });
  const remove = async () => {
    const { name } = props.person;
    await removePerson(props.space, props.person.person);
    setAsking(false);
    toast({ text: t.removed(name) });
    props.onGone();
  };
  return (
    <Pane
      title={props.person.name}
      flush={false}
      foot={
        <Show when={mayChange()}>
          <Button kind="primary" busy={form.busy()} onClick={() => void form.submit()}>
            {t.save}
          </Button>
          <Show when={props.others.length > 0}>
            <Button onClick={() => setMerging(true)}>{t.merge}</Button>
          </Show>
          <Button kind="danger-outline" onClick={() => setAsking(true)}>
            {t.remove}
          </Button>
        </Show>
      }
    >
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            { label: t.email, value: props.person.email },
            { label: t.companies, value: companies() || "—" },
          ]}
        />
        <FormFrame form={form} label={t.roles}>
          <RoleFields space={props.space} bind={form.field("roles")} mine={mayChange() ? props.mine : []} />
        </FormFrame>
        <Show when={!mayChange()}>
          <Note tone="info">{t.byManagers}</Note>
        </Show>
      </div>
      <Show when={merging()}>
        <MergePersonDialog
          space={props.space}
          person={props.person}
          others={props.others}
          open
          onClose={() => setMerging(false)}
          onGone={props.onGone}
        />
      </Show>
      <ConfirmDialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.removeTitle(props.person.name)}
        act={t.remove}
        keep={t.keep}
        says={[
          t.removeNow,
          ...(props.person.roles.length > 0 ? [t.removeRoles(rolesText(props.person.roles, props.person.own))] : []),
          ...(companies() ? [t.removeCompanies(companies())] : []),
          t.removeKept,
        ]}
        run={remove}
      />
    </Pane>
  );
}
