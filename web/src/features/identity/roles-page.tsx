import { useParams } from "@solidjs/router";
import type { RoleView } from "@yihao/identity/model";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { Problem } from "../../problem.ts";
import { useMe } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, NoRight, Note } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
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
  const [current, setCurrent] = createSignal<string>();
  const [drawer, setDrawer] = createSignal<"new" | RoleView>();
  const [removing, setRemoving] = createSignal<RoleView>();
  const owns = () => me.data?.spaces.find((one) => one.space === params.space)?.roles.includes("owner") ?? false;
  const forbidden = () => roles.error instanceof Problem && roles.error.status === 403;
  const chosen = () => roles.data?.items.find((one) => one.id === current());
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
    setCurrent(undefined);
  };
  return (
    <Switch>
      <Match when={forbidden()}>
        <PageHead title={t.title} />
        <NoRight title={t.noRight}>{t.noRightNote}</NoRight>
      </Match>
      <Match when={true}>
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
        <Panes
          detailWidth={360}
          detailOpen={chosen() !== undefined}
          detailTitle={chosen()?.name ?? t.title}
          onCloseDetail={() => setCurrent(undefined)}
          work={
            <Pane>
              <DataTable
                label={t.title}
                rows={roles.data?.items ?? []}
                columns={columns()}
                rowKey={(one) => one.id}
                current={current()}
                onOpen={(one) => setCurrent(one.id)}
                state={roles.isPending ? "loading" : roles.isError ? "error" : "ready"}
                problem={roles.error}
                errorTitle={t.notRead}
                onRetry={() => void roles.refetch()}
                empty={<EmptyState title={t.empty}>{t.emptyNote}</EmptyState>}
              />
            </Pane>
          }
          detail={
            <Show when={chosen()} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
              {(one) => (
                <Pane
                  title={one().name}
                  flush={false}
                  foot={
                    <Show when={owns()}>
                      <Button
                        onClick={() => {
                          setDrawer(one());
                          // On a phone the detail is a drawer itself, and one layer is enough.
                          setCurrent(undefined);
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
                    <For each={one().rights}>{(right) => <li>{t.names[right]}</li>}</For>
                  </ul>
                  <Show when={!owns()}>
                    <Note tone="info">{t.ownerOnly}</Note>
                  </Show>
                </Pane>
              )}
            </Show>
          }
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
      </Match>
    </Switch>
  );
}
