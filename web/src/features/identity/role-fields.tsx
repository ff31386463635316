import { mayGive } from "@yihao/identity/rights";
import { type AnyRole, type StaffRole, staffRoles } from "@yihao/kernel/roles";
import { For } from "solid-js";
import { roleWords } from "../../session.ts";
import { type Binding, bound } from "../../ui/binding.ts";
import { Checkbox } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { useOwnRoles } from "./roles-data.ts";
import { rightsText } from "./roles-words.ts";
import { peopleWords } from "./words.ts";

/** Staff roles to tick, built-in ones, or those that are offered, and the space's own, each with what it allows; those that the reader's own roles cannot give are closed. */
export function RoleFields(props: {
  space: string;
  bind: Binding<readonly AnyRole[]>;
  mine: readonly AnyRole[];
  offered?: readonly StaffRole[];
}) {
  const t = peopleWords();
  const own = useOwnRoles(() => props.space);
  const box = (role: AnyRole, label: string, hint: string) => (
    <Checkbox
      label={label}
      hint={hint}
      disabled={!mayGive(props.mine, [role])}
      bind={bound(
        () => props.bind.value().includes(role),
        (value) => toggle(role, value),
        `${props.bind.id}-${role}`,
      )}
    />
  );
  const toggle = (role: AnyRole, on: boolean) => {
    const rest = props.bind.value().filter((one) => one !== role);
    props.bind.set(on ? [...rest, role] : rest);
    props.bind.blur?.();
  };
  return (
    <fieldset>
      <legend class="mb-2 text-xs text-fg-2" id={`${props.bind.id}-label`}>
        {t.roles}
      </legend>
      <div class="flex flex-col gap-2">
        <For each={props.offered ?? staffRoles}>{(role) => box(role, roleWords()[role], t.explain[role])}</For>
        <For each={own.data?.items ?? []}>{(role) => box(role.id, role.name, rightsText(role.rights))}</For>
      </div>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
    </fieldset>
  );
}
