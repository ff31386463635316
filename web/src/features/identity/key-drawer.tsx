import { type ApiKey, keyRoles, type NewApiKey, type ShownKey } from "@yihao/identity/model";
import { createSignal, For, Match, Switch } from "solid-js";
import { roleWords } from "../../session.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { emptyFault } from "./checks.ts";
import { makeKey, rotateKey } from "./keys-data.ts";
import { keysWords } from "./keys-words.ts";
import { peopleWords } from "./words.ts";

type KeyRole = ApiKey["roles"][number];
const lasting = ["30", "90", "365", "730"] as const;
const graces = ["0", "24", "72"] as const;

function MakeForm(props: { space: string; onShown: (shown: ShownKey) => void }) {
  const t = keysWords();
  const form = createForm<{
    name: string;
    roles: readonly KeyRole[];
    access: NewApiKey["access"];
    days: (typeof lasting)[number];
  }>({
    name: "key",
    initial: { name: "", roles: [], access: "read", days: "365" },
    check: (values) => ({
      name: emptyFault(values.name, t.needName),
      roles: values.roles.length === 0 ? t.needRole : undefined,
    }),
    submit: async ({ name, roles, access, days }, intent) =>
      props.onShown(
        await makeKey(props.space, { name: name.trim(), roles: [...roles], access, days: Number(days) }, intent),
      ),
  });
  const roles = form.field("roles");
  const toggle = (role: KeyRole, on: boolean) => {
    const rest = roles.value().filter((one) => one !== role);
    roles.set(on ? [...rest, role] : rest);
    roles.blur?.();
  };
  return (
    <FormFrame form={form} label={t.make}>
      <p class="text-pretty text-fg-2">{t.makeNote}</p>
      <TextField label={t.name} hint={t.nameHint} maxLength={80} bind={form.field("name")} />
      <fieldset>
        <legend class="mb-2 text-xs text-fg-2" id={`${roles.id}-label`}>
          {t.roles}
        </legend>
        <div class="flex flex-col gap-2">
          <For each={keyRoles}>
            {(role) => (
              <Checkbox
                label={roleWords()[role]}
                hint={peopleWords().explain[role]}
                bind={bound(
                  () => roles.value().includes(role),
                  (on) => toggle(role, on),
                  `${roles.id}-${role}`,
                )}
              />
            )}
          </For>
        </div>
        <FaultLine id={roles.id} fault={roles.fault?.()} />
      </fieldset>
      <Segmented
        label={t.access}
        options={[
          { value: "read", label: t.read },
          { value: "write", label: t.write },
        ]}
        bind={form.field("access")}
      />
      <SelectField
        label={t.lasts}
        options={lasting.map((value) => ({ value, label: t.days(Number(value)) }))}
        bind={form.field("days")}
      />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.make}
      </Button>
    </FormFrame>
  );
}

function RotateForm(props: { space: string; rotating: ApiKey; onShown: (shown: ShownKey) => void }) {
  const t = keysWords();
  const form = createForm<{ grace: (typeof graces)[number] }>({
    name: "rotate",
    initial: { grace: "24" },
    submit: async ({ grace }, intent) =>
      props.onShown(await rotateKey(props.space, props.rotating.id, Number(grace), intent)),
  });
  return (
    <FormFrame form={form} label={t.rotateTitle(props.rotating.name)}>
      <p class="text-pretty text-fg-2">{t.rotateNote}</p>
      <SelectField
        label={t.grace}
        options={graces.map((value) => ({ value, label: t.graceHours(Number(value)) }))}
        bind={form.field("grace")}
      />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.rotate}
      </Button>
    </FormFrame>
  );
}

/** Makes a key, or rotates one, and then shows its secret. `for` is `new`, or the key to rotate. */
export function KeyDrawer(props: { space: string; for: "new" | ApiKey | undefined; onClose: () => void }) {
  const t = keysWords();
  const [shown, setShown] = createSignal<ShownKey>();
  const close = () => {
    setShown(undefined);
    props.onClose();
  };
  const rotating = () => (typeof props.for === "object" ? props.for : undefined);
  const title = () => {
    const key = rotating();
    return shown() ? t.secretTitle : key ? t.rotateTitle(key.name) : t.make;
  };
  return (
    <Drawer
      open={props.for !== undefined}
      onClose={close}
      title={title()}
      foot={
        shown() ? (
          <Button kind="primary" onClick={close}>
            {t.done}
          </Button>
        ) : undefined
      }
    >
      <Switch fallback={<MakeForm space={props.space} onShown={setShown} />}>
        <Match when={shown()}>{(made) => <SecretOnce secret={made().secret} words={t} after={t.limit} />}</Match>
        <Match when={rotating()}>
          {(key) => <RotateForm space={props.space} rotating={key()} onShown={setShown} />}
        </Match>
      </Switch>
    </Drawer>
  );
}
