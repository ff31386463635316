import { type ApiKey, keyRoles, type NewApiKey, type ShownKey } from "@yihao/identity/model";
import type { AnyRole } from "@yihao/kernel/roles";
import { createSignal, Match, Show, Switch } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { emptyFault } from "./checks.ts";
import { makeKey, rotateKey } from "./keys-data.ts";
import { keysWords } from "./keys-words.ts";
import { RoleFields } from "./role-fields.tsx";

type KeyRole = ApiKey["roles"][number];
const isForKeys = (role: AnyRole): role is KeyRole => role !== "owner";
const lasting = ["30", "90", "365", "730"] as const;
const graces = ["0", "24", "72"] as const;

function MakeForm(props: { space: string; company: boolean; onShown: (shown: ShownKey) => void }) {
  const t = keysWords();
  const form = createForm<{
    name: string;
    roles: readonly AnyRole[];
    access: NewApiKey["access"];
    days: (typeof lasting)[number];
  }>({
    name: "key",
    initial: { name: "", roles: [], access: "read", days: "365" },
    check: (values) => ({
      name: emptyFault(values.name, t.needName),
      roles: !props.company && values.roles.length === 0 ? t.needRole : undefined,
    }),
    submit: async ({ name, roles, access, days }, intent) =>
      props.onShown(
        await makeKey(
          props.space,
          {
            ...{ name: name.trim(), access, days: Number(days) },
            ...(props.company ? {} : { roles: roles.filter(isForKeys) }),
          },
          intent,
        ),
      ),
  });
  return (
    <FormFrame form={form} label={t.make}>
      <p class="text-pretty text-fg-2">{props.company ? t.companyNote : t.makeNote}</p>
      <TextField
        label={t.name}
        hint={props.company ? t.companyHint : t.nameHint}
        maxLength={80}
        bind={form.field("name")}
      />
      <Show when={!props.company}>
        <RoleFields space={props.space} bind={form.field("roles")} mine={["owner"]} offered={keyRoles} />
      </Show>
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
export function KeyDrawer(props: {
  space: string;
  company?: boolean | undefined;
  for: "new" | ApiKey | undefined;
  onClose: () => void;
}) {
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
      <Switch fallback={<MakeForm space={props.space} company={props.company === true} onShown={setShown} />}>
        <Match when={shown()}>{(made) => <SecretOnce secret={made().secret} words={t} after={t.limit} />}</Match>
        <Match when={rotating()}>
          {(key) => <RotateForm space={props.space} rotating={key()} onShown={setShown} />}
        </Match>
      </Switch>
    </Drawer>
  );
}
