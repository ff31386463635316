import { contactRoles, contactsMost, type OtherContact } from "@yihao/members/model";
import { For, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { memberWords } from "./words.ts";

/** One more person of a company as its form holds it: empty texts for what is not known. */
export type ContactValues = { name: string; role: OtherContact["role"]; phone: string; email: string };

/** Other contacts as a form holds them. */
export const contactValues = (contacts: readonly OtherContact[] = []): ContactValues[] =>
  contacts.map(({ name, role, phone = "", email = "" }) => ({ name, role, phone, email }));

/** Who else may be asked, beside the main contact: one block a person, added and removed. */
export function ContactList(props: { bind: Binding<ContactValues[]> }) {
  const t = memberWords();
  const list = () => props.bind.value();
  const change = (at: number, part: Partial<ContactValues>) =>
    props.bind.set(list().map((one, index) => (index === at ? { ...one, ...part } : one)));
  const field = <K extends keyof ContactValues>(at: number, name: K): Binding<ContactValues[K]> =>
    bound(
      () => list()[at]?.[name] as ContactValues[K],
      (value) => change(at, { [name]: value }),
      `${props.bind.id}-${at}-${name}`,
    );
  const add = () => {
    const at = list().length;
    props.bind.set([...list(), { name: "", role: "finance", phone: "", email: "" }]);
    queueMicrotask(() => document.getElementById(`${props.bind.id}-${at}-name`)?.focus());
  };
  return (
    <fieldset class="flex flex-col gap-3" id={props.bind.id} tabindex="-1">
      <legend class="y-label mb-1">{t.contacts}</legend>
      <For each={list().map((_, at) => at)}>
        {(at) => (
          <div class="flex flex-col gap-2 border-l-2 border-line pl-3">
            <div class="flex items-end gap-2">
              <div class="y-pair min-w-0 flex-1">
                <TextField label={t.contactName} maxLength={40} bind={field(at, "name")} />
                <SelectField
                  label={t.contactRole}
                  options={contactRoles.map((role) => ({ value: role, label: t.contactRoles[role] }))}
                  bind={field(at, "role")}
                />
              </div>
              <IconButton
                icon="close"
                label={t.dropContact(list()[at]?.name ?? "")}
                onClick={() => props.bind.set(list().filter((_, index) => index !== at))}
              />
            </div>
            <div class="y-pair">
              <TextField label={t.phone} type="tel" inputMode="tel" maxLength={30} bind={field(at, "phone")} />
              <TextField label={t.email} type="email" inputMode="email" maxLength={120} bind={field(at, "email")} />
            </div>
          </div>
        )}
      </For>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
      <Show when={list().length < contactsMost}>
        <span>
          <Button size="sm" icon="plus" onClick={add}>
            {t.addContact}
          </Button>
        </span>
      </Show>
    </fieldset>
  );
}
