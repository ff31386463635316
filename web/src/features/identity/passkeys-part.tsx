import type { Passkey, Security } from "@yihao/identity/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Pane } from "../../ui/panes.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { removePasskey, renewSecurity } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { emptyFault } from "./checks.ts";
import { deviceName } from "./device.ts";
import { dayText } from "./open-invitations.tsx";
import { makePasskey, PasskeyDeclined, passkeyFault } from "./passkey.ts";

/** Why passkeys cannot be added here, and the way to where they can. */
function NoPasskeysHere(props: { why: "browser" | "host" }) {
  const t = accountWords();
  const local = () => `${location.protocol}//localhost:${location.port}/account`;
  const loopback = () => location.hostname === "127.0.0.1";
  return (
    <Note
      tone="info"
      actions={
        <Show when={props.why === "host" && loopback()}>
          <a class="y-link" href={local()}>
            {t.openLocal}
          </a>
        </Show>
      }
    >
      {props.why === "host" ? t.needHost : t.noBrowser}
    </Note>
  );
}

function AddPasskey(props: { open: boolean; onClose: () => void }) {
  const t = accountWords();
  const [declined, setDeclined] = createSignal<string>();
  const form = createForm({
    name: "passkey",
    initial: { name: deviceName(navigator.userAgent) ?? "" },
    check: (values) => ({ name: emptyFault(values.name, t.needName) }),
    submit: async (values) => {
      setDeclined(undefined);
      try {
        await makePasskey(values.name.trim());
      } catch (error) {
        if (!(error instanceof PasskeyDeclined)) throw error;
        setDeclined(error.already ? t.already : t.notMade);
        return;
      }
      await renewSecurity();
      toast({ text: t.added(values.name.trim()) });
      props.onClose();
      form.reset();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.addPasskey} form={form} act={t.add} size="lg">
      <p class="text-pretty text-fg-2">{t.passkeysSay}</p>
      <TextField label={t.passkeyName} size="lg" maxLength={60} bind={form.field("name")} />
      <Show when={declined()}>
        {(why) => (
          <Note tone="warn" alert>
            {why()}
          </Note>
        )}
      </Show>
    </FormDrawer>
  );
}

function RemovePasskey(props: { passkey: Passkey; onClose: () => void }) {
  const t = accountWords();
  const name = () => props.passkey.name || t.unnamed;
  const remove = async () => {
    const said = t.removed(name());
    await removePasskey(props.passkey.id);
    await renewSecurity();
    toast({ text: said });
    props.onClose();
  };
  return (
    <ConfirmDialog
      open
      onClose={props.onClose}
      title={t.removeTitle(name())}
      act={t.remove}
      keep={t.keep}
      says={[t.removeNote]}
      run={remove}
    />
  );
}

/** The passkeys (通行密钥) of an account: when made and last used, to add and to remove. `ready` lets a change wait until the person has signed in anew. */
export function PasskeysPart(props: { security: Security; ready: (then: () => void) => void }) {
  const t = accountWords();
  const [adding, setAdding] = createSignal(false);
  const [leaving, setLeaving] = createSignal<Passkey>();
  const fault = passkeyFault();
  return (
    <Pane
      title={t.passkeys}
      note={t.passkeysSay}
      actions={
        <Button icon="plus" disabled={fault !== undefined} onClick={() => props.ready(() => setAdding(true))}>
          {t.addPasskey}
        </Button>
      }
    >
      <Show when={fault}>
        {(why) => (
          <div class="p-4">
            <NoPasskeysHere why={why()} />
          </div>
        )}
      </Show>
      <Switch>
        <Match when={props.security.passkeys.length === 0 && fault === undefined}>
          <EmptyState art={false} title={t.noPasskeys} />
        </Match>
        <Match when={props.security.passkeys.length > 0}>
          <DataTable
            label={t.passkeys}
            rowHeight={40}
            rows={props.security.passkeys}
            rowKey={(one) => one.id}
            columns={[
              { key: "name", head: t.named, cell: (one) => <b>{one.name || t.unnamed}</b> },
              {
                key: "made",
                head: t.madeOn,
                width: "88px",
                align: "end",
                from: "tablet",
                cell: (one) => (one.createdAt ? dayText(one.createdAt) : t.never),
              },
              {
                key: "used",
                head: t.usedOn,
                width: "96px",
                align: "end",
                cell: (one) => (one.lastUsedAt ? dayText(one.lastUsedAt) : t.never),
              },
              {
                key: "acts",
                head: "",
                width: "96px",
                align: "end",
                cell: (one) => (
                  <Button
                    kind="text"
                    size="sm"
                    aria-label={t.removeTitle(one.name || t.unnamed)}
                    onClick={() => props.ready(() => setLeaving(one))}
                  >
                    {t.remove}
                  </Button>
                ),
              },
            ]}
          />
        </Match>
      </Switch>
      <AddPasskey open={adding()} onClose={() => setAdding(false)} />
      <Show when={leaving()} keyed>
        {(one) => <RemovePasskey passkey={one} onClose={() => setLeaving(undefined)} />}
      </Show>
    </Pane>
  );
}
