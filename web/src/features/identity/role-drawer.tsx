import type { RoleView } from "@yihao/identity/model";
import { type Permission, permissionNames } from "@yihao/kernel/permissions";
import { For, Show } from "solid-js";
import { rightWords } from "../../rights.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { emptyFault } from "./checks.ts";
import { changeRole, makeRole } from "./roles-data.ts";
import { ownRoleWords } from "./roles-words.ts";

type Group = keyof ReturnType<typeof ownRoleWords>["groups"];
const groupOf = (right: Permission) => right.split(".", 1)[0] as Group;
const groups = [...new Set(permissionNames.map(groupOf))];

function RoleForm(props: { space: string; role: RoleView | undefined; onClose: () => void }) {
  const t = ownRoleWords();
  const form = createForm<{ name: string; rights: readonly Permission[] }>({
    name: "own-role",
    initial: { name: props.role?.name ?? "", rights: props.role?.rights ?? [] },
    check: (values) => ({
      name: emptyFault(values.name, t.needName),
      rights: values.rights.length === 0 ? t.needRight : undefined,
    }),
    submit: async (values, intent) => {
      const wish = { name: values.name.trim(), rights: [...values.rights] };
      const said = props.role ? t.saved(wish.name) : t.made(wish.name);
      if (props.role) await changeRole(props.space, props.role, wish);
      else await makeRole(props.space, wish, intent);
      toast({ text: said });
      props.onClose();
    },
  });
  const rights = form.field("rights");
  const toggle = (right: Permission, on: boolean) => {
    const rest = rights.value().filter((one) => one !== right);
    rights.set(on ? [...rest, right] : rest);
    rights.blur?.();
  };
  return (
    <FormFrame form={form} label={props.role ? t.edit : t.add}>
      <TextField label={t.name} maxLength={40} bind={form.field("name")} />
      <For each={groups}>
        {(group) => (
          <fieldset>
            <legend class="mb-2 text-xs text-fg-2">{t.groups[group]}</legend>
            <div class="flex flex-col gap-2">
              <For each={permissionNames.filter((right) => groupOf(right) === group)}>
                {(right) => (
                  <Checkbox
                    label={rightWords()[right]}
                    bind={bound(
                      () => rights.value().includes(right),
                      (on) => toggle(right, on),
                      `${rights.id}-${right}`,
                    )}
                  />
                )}
              </For>
            </div>
          </fieldset>
        )}
      </For>
      <FaultLine id={rights.id} fault={rights.fault?.()} />
      <p class="text-pretty text-xs text-fg-2">{t.never}</p>
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.save}
      </Button>
    </FormFrame>
  );
}

/** Makes a role of the space's own, or changes one: its name and what it allows, by room. `for` is `new`, or the role to change. */
export function RoleDrawer(props: { space: string; for: "new" | RoleView | undefined; onClose: () => void }) {
  const t = ownRoleWords();
  return (
    <Drawer
      open={props.for !== undefined}
      onClose={props.onClose}
      title={typeof props.for === "object" ? t.edit : t.add}
    >
      <Show when={props.for} keyed>
        {(one) => <RoleForm space={props.space} role={one === "new" ? undefined : one} onClose={props.onClose} />}
      </Show>
    </Drawer>
  );
}
