import { useParams } from "@solidjs/router";
import type { RoleView } from "@yihao/identity/model";
import { createSignal, For, Show } from "solid-js";
import { rightWords } from "../../rights.ts";
import { useMe } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { RecordPanes } from "../../ui/record-panes.tsx";
import type { Column } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { RoleDrawer } from "./role-drawer.tsx";
import { removeRole, useOwnRoles } from "./roles-data.ts";
import { ownRoleWords, rightsText } from "./roles-words.ts";

/** The space's own roles (自定义角色): what each allows and how many have it; an owner makes, changes and removes them. */
export default function RolesPage() {
  const t = ownRoleWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const roles = useOwnRoles(() => params.space);
  const [drawer, setDrawer] = createSignal<"new" | RoleView>();
  const [removing, setRemoving] = createSignal<RoleView>();
  const owns = () => me.data?.spaces.find((one) => one.space === params.space)?.roles.includes("owner") ?? false;
  const columns = (): Column<RoleView>[] => [
    { key: "name", head: t.name, width: "30%", cell: (one) => <b>{one.name}</b> },
    { key: "rights", head: t.rights, from: "tablet", cell: (one) => rightsText(one.rights) },
    { key: "used", head: t.used, width: "72px", align: "end", cell: (one) => one.used },
  ];
  const add = () => (
    <Button kind="primary" icon="plus" onClick={() => setDrawer("new")}>
      {t.add}
    </Button>
  );
  const remove = async (role: RoleView) => {
    await removeRole(params.space, role.id);
    toast({ text: t.removed(role.name) });
    setRemoving(undefined);
  };
  return (
    <>
      <PageHead
        title={t.title}
        say={roles.data ? t.say(roles.data.items.length) : undefined}
        actions={
          <>
            <LinkButton href={`/s/${params.space}/people`}>{t.back}</LinkButton>
            <Show when={owns()}>{add()}</Show>
          </>
        }
      />
      <RecordPanes
        label={t.title}
        asked={roles}
        columns={columns()}
        errorTitle={t.notRead}
        empty={<EmptyState title={t.empty}>{t.emptyNote}</EmptyState>}
        pick={t.pick}
        detail={(one, close) => (
          <Pane
            title={one().name}
            flush={false}
            foot={
              <Show when={owns()}>
                <Button
                  onClick={() => {
                    setDrawer(one());
                    close();
                  }}
                >
                  {t.edit}
                </Button>
                <Button kind="danger-outline" onClick={() => setRemoving(one())}>
                  {t.remove}
                </Button>
              </Show>
            }
          >
            <h3 class="mb-2 text-xs text-fg-2">{t.rights}</h3>
            <ul class="flex flex-col gap-1">
              <For each={one().rights}>{(right) => <li>{rightWords()[right]}</li>}</For>
            </ul>
            <Show when={!owns()}>
              <Note tone="info">{t.ownerOnly}</Note>
            </Show>
          </Pane>
        )}
      />
      <RoleDrawer space={params.space} for={drawer()} onClose={() => setDrawer(undefined)} />
      <Show when={removing()} keyed>
        {(one) => (
          <ConfirmDialog
            open
            onClose={() => setRemoving(undefined)}
            title={t.removeTitle(one.name)}
            act={t.remove}
            keep={t.keep}
            says={[t.removeNote]}
            run={() => remove(one)}
          />
        )}
      </Show>
    </>
  );
}
