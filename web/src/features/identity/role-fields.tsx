import type { StaffRole } from "@yihao/identity/model";
import { mayGive } from "@yihao/identity/rights";
import { staffRoles } from "@yihao/kernel/roles";
import { For } from "solid-js";
import { roleWords } from "../../session.ts";
import { type Binding, bound } from "../../ui/binding.ts";
import { Checkbox } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { peopleWords } from "./words.ts";

/** Staff roles to tick, each with what it allows; those that the reader's own roles cannot give are closed. */
export function RoleFields(props: { bind: Binding<readonly StaffRole[]>; mine: readonly StaffRole[] }) {
  const t = peopleWords();
  const toggle = (role: StaffRole, on: boolean) => {
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
        <For each={staffRoles}>
          {(role) => (
            <Checkbox
              label={roleWords()[role]}
              hint={t.explain[role]}
              disabled={!mayGive(props.mine, [role])}
              bind={bound(
                () => props.bind.value().includes(role),
                (value) => toggle(role, value),
                `${props.bind.id}-${role}`,
              )}
            />
          )}
        </For>
      </div>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
    </fieldset>
  );
}
