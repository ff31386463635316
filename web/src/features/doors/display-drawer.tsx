import type { ShownDisplay } from "@yihao/booking/display-model";
import type { ResourceId, ResourceView } from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { makeDisplay } from "./data.ts";
import { displaysWords } from "./displays-words.ts";

function Address(props: { path: string }) {
  const t = displaysWords();
  const [copied, setCopied] = createSignal(false);
  const url = () => new URL(props.path, location.origin).href;
  return (
    <div class="flex flex-col gap-4">
      <Note tone="warn">{t.once}</Note>
      <QrCode text={url()} label={t.qr} size={220} />
      <code class="border border-line bg-sunken p-3 font-mono text-xs break-all">{url()}</code>
      <div class="flex flex-wrap gap-2">
        <Button icon="copy" onClick={() => void navigator.clipboard.writeText(url()).then(() => setCopied(true))}>
          {copied() ? t.copied : t.copy}
        </Button>
        <a class="y-btn y-btn-outline y-btn-md" href={url()} target="_blank" rel="noreferrer">
          {t.open}
        </a>
      </div>
    </div>
  );
}

function MakeForm(props: { space: string; resources: readonly ResourceView[]; onMade: (made: ShownDisplay) => void }) {
  const t = displaysWords();
  const rooms = () =>
    props.resources.filter(({ kind, state, units = 1 }) => kind !== "desk" && state === "active" && units === 1);
  const form = createForm<{ resource: string }>({
    name: "display",
    initial: { resource: rooms()[0]?.id ?? "" },
    check: ({ resource }) => ({ resource: resource === "" ? t.needRoom : undefined }),
    submit: async ({ resource }, intent) =>
      props.onMade(await makeDisplay(props.space, resource as ResourceId, intent)),
  });
  return (
    <FormFrame form={form} label={t.make}>
      <p class="text-pretty text-fg-2">{t.makeSay}</p>
      <SelectField
        label={t.room}
        options={rooms().map(({ id, code, name }) => ({
          value: id as string,
          label: name === code ? code : `${code} ${name}`,
        }))}
        bind={form.field("resource")}
      />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.make}
      </Button>
    </FormFrame>
  );
}

/** Makes a display and then shows its address, this once. */
export function DisplayDrawer(props: {
  space: string;
  resources: readonly ResourceView[];
  open: boolean;
  onClose: () => void;
}) {
  const t = displaysWords();
  const [made, setMade] = createSignal<ShownDisplay | undefined>();
  const close = () => {
    setMade(undefined);
    props.onClose();
  };
  const code = () => props.resources.find(({ id }) => id === made()?.resource)?.code ?? "";
  return (
    <Drawer
      open={props.open}
      onClose={close}
      title={made() ? t.made(code()) : t.make}
      foot={
        made() ? (
          <Button kind="primary" onClick={close}>
            {t.done}
          </Button>
        ) : undefined
      }
    >
      <Show
        when={made()}
        fallback={
          <Show when={props.resources.length > 0} fallback={<Loading rows={2} />}>
            <MakeForm space={props.space} resources={props.resources} onMade={setMade} />
          </Show>
        }
      >
        {(one) => (
          <Show when={one().path} fallback={<Note tone="warn">{t.lost}</Note>}>
            {(path) => <Address path={path()} />}
          </Show>
        )}
      </Show>
    </Drawer>
  );
}
