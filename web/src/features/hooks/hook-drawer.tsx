import { type HookGroup, type HookKind, type HookView, hookGroups, type ShownHook } from "@yihao/hooks/model";
import { readTarget } from "@yihao/hooks/target";
import { createSignal, For, Match, Switch } from "solid-js";
import { lang } from "../../i18n.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeHook, makeHook, rotateHook } from "./data.ts";
import { hooksWords, urlSaid } from "./words.ts";

const overlaps = ["0", "24", "72"] as const;
const groups = Object.entries(hookGroups) as [HookGroup, readonly HookKind[]][];

/** The URL is held against the server's own rule when it is left; this machine's own address is the server's to judge, whose setting the page does not know. */
function urlFault(url: string): string | undefined {
  const read = readTarget(url.trim(), true);
  return read.ok ? undefined : urlSaid(read.refusal.params.why, lang());
}

function EditForm(props: {
  space: string;
  of: HookView | undefined;
  onShown: (shown: ShownHook) => void;
  onDone: () => void;
}) {
  const t = hooksWords();
  const before = props.of;
  const form = createForm<{ name: string; url: string; kinds: readonly HookKind[] }>({
    name: "hook",
    initial: { name: before?.name ?? "", url: before?.url ?? "", kinds: before?.kinds ?? [] },
    ...(before ? {} : { draftKey: `hook.${props.space}` }),
    check: ({ name, url, kinds }) => ({
      name: name.trim() === "" ? t.needName : undefined,
      url: urlFault(url),
      kinds: kinds.length === 0 ? t.needKind : undefined,
    }),
    submit: async ({ name, url, kinds }, intent) => {
      const wish = { name: name.trim(), url: url.trim(), kinds: [...kinds] };
      if (!before) return props.onShown(await makeHook(props.space, wish, intent));
      await changeHook(props.space, before, wish);
      toast({ text: t.changed, tone: "good" });
      props.onDone();
    },
  });
  const kinds = form.field("kinds");
  const toggle = (kind: HookKind, on: boolean) => {
    const rest = kinds.value().filter((one) => one !== kind);
    kinds.set(on ? [...rest, kind] : rest);
    kinds.blur?.();
  };
  return (
    <FormFrame form={form} label={before ? t.changeTitle(before.name) : t.add}>
      <TextField label={t.name} hint={t.nameHint} maxLength={60} bind={form.field("name")} />
      <TextField label={t.url} hint={t.urlHint} type="url" mono maxLength={500} bind={form.field("url")} />
      <fieldset>
        <legend class="mb-2 text-xs text-fg-2" id={`${kinds.id}-label`}>
          {t.kinds}
        </legend>
        <div class="grid gap-x-6 gap-y-4 tablet:grid-cols-2">
          <For each={groups}>
            {([group, of]) => (
              <div class="flex flex-col gap-2">
                <b class="text-xs">{t.groups[group]}</b>
                <For each={of}>
                  {(kind) => (
                    <Checkbox
                      label={t.kind[kind]}
                      bind={bound(
                        () => kinds.value().includes(kind),
                        (on) => toggle(kind, on),
                        `${kinds.id}-${kind}`,
                      )}
                    />
                  )}
                </For>
              </div>
            )}
          </For>
        </div>
        <FaultLine id={kinds.id} fault={kinds.fault?.()} />
      </fieldset>
      <Button kind="primary" type="submit" busy={form.busy()}>
        {before ? t.save : t.add}
      </Button>
    </FormFrame>
  );
}

function RotateForm(props: { space: string; of: HookView; onShown: (shown: ShownHook) => void }) {
  const t = hooksWords();
  const form = createForm<{ overlap: (typeof overlaps)[number] }>({
    name: "rotate",
    initial: { overlap: "24" },
    submit: async ({ overlap }, intent) =>
      props.onShown(await rotateHook(props.space, props.of.id, Number(overlap), intent)),
  });
  return (
    <FormFrame form={form} label={t.rotateTitle(props.of.name)}>
      <p class="text-pretty text-fg-2">{t.rotateNote}</p>
      <SelectField
        label={t.overlap}
        options={overlaps.map((value) => ({ value, label: t.overlapHours(Number(value)) }))}
        bind={form.field("overlap")}
      />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.rotate}
      </Button>
    </FormFrame>
  );
}

/** What the drawer is open for: a new endpoint, one to edit, or one whose secret is rotated. */
export type HookDrawerFor = "new" | { readonly edit: HookView } | { readonly rotate: HookView };

/** Makes or edits an endpoint, or rotates its secret, and shows a new secret once. */
export function HookDrawer(props: {
  space: string;
  for: HookDrawerFor | undefined;
  onMade: (hook: HookView) => void;
  onClose: () => void;
}) {
  const t = hooksWords();
  const [shown, setShown] = createSignal<ShownHook>();
  const close = () => {
    setShown(undefined);
    props.onClose();
  };
  const show = (made: ShownHook) => {
    setShown(made);
    props.onMade(made.hook);
  };
  const editing = () => (typeof props.for === "object" && "edit" in props.for ? props.for.edit : undefined);
  const rotating = () => (typeof props.for === "object" && "rotate" in props.for ? props.for.rotate : undefined);
  const title = () => {
    const [edit, rotate] = [editing(), rotating()];
    if (shown()) return t.secretTitle;
    return edit ? t.changeTitle(edit.name) : rotate ? t.rotateTitle(rotate.name) : t.add;
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
      <Switch fallback={<EditForm space={props.space} of={undefined} onShown={show} onDone={close} />}>
        <Match when={shown()}>{(made) => <SecretOnce secret={made().secret} words={t} after={t.secretHow} />}</Match>
        <Match when={rotating()}>{(one) => <RotateForm space={props.space} of={one()} onShown={show} />}</Match>
        <Match when={editing()}>
          {(one) => <EditForm space={props.space} of={one()} onShown={show} onDone={close} />}
        </Match>
      </Switch>
    </Drawer>
  );
}
