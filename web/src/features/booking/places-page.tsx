import { useParams } from "@solidjs/router";
import type { ResourceView } from "@yihao/booking/model";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { addFloor, usePlaces } from "./data.ts";
import { placesWords } from "./places-words.ts";
import { BulkForm, ResourceForm } from "./resource-forms.tsx";
import { SiteForm } from "./site-form.tsx";
import type { SiteView } from "./view.ts";
import "./words.ts";

/** Settings of places: sites with their hours, floors, and the desks and rooms that can be booked. */
export default function PlacesPage() {
  const t = placesWords();
  const params = useParams<{ space: string }>();
  const places = usePlaces(() => params.space);
  const [picked, setPicked] = createSignal<string | undefined>();
  const [adding, setAdding] = createSignal(false);
  const [bulk, setBulk] = createSignal(false);
  const [editing, setEditing] = createSignal<ResourceView | undefined>();
  const site = () =>
    adding() ? undefined : (places.data?.sites.find(({ id }) => id === picked()) ?? places.data?.sites[0]);
  const resources = () => (places.data?.resources ?? []).filter((one) => one.site === site()?.id);
  const floors = () => (places.data?.floors ?? []).filter((one) => one.site === site()?.id);
  const count = (kind: string) => resources().filter((one) => one.kind === kind).length;
  const saved = (id: string) => {
    setAdding(false);
    setPicked(id);
  };
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t.addSite}
          </Button>
        }
      />
      <Switch fallback={<Loading rows={8} />}>
        <Match when={places.isError}>
          <div class="p-4">
            <ErrorState title={t.notRead} problem={places.error} onRetry={() => void places.refetch()} />
          </div>
        </Match>
        <Match when={places.data && places.data.sites.length === 0 && !adding()}>
          <EmptyState
            title={t.noSite}
            actions={
              <Button kind="primary" onClick={() => setAdding(true)}>
                {t.addSite}
              </Button>
            }
          >
            {t.noSiteSay}
          </EmptyState>
        </Match>
        <Match when={places.data}>
          {(data) => (
            <Panes
              listWidth={440}
              list={
                <Pane title={t.sites} flush={false}>
                  <div class="flex flex-col gap-4">
                    <Show when={data().sites.length > 1}>
                      <fieldset class="flex flex-wrap gap-2" aria-label={t.sites}>
                        <For each={data().sites}>
                          {(one) => (
                            <Button size="sm" aria-pressed={one.id === site()?.id} onClick={() => saved(one.id)}>
                              {one.name}
                            </Button>
                          )}
                        </For>
                      </fieldset>
                    </Show>
                    <For each={[`${site()?.id ?? "new"} ${site()?.rev ?? 0}`]}>
                      {() => <SiteForm space={params.space} site={site()} onSaved={saved} />}
                    </For>
                  </div>
                </Pane>
              }
              work={
                <Show
                  when={site()}
                  fallback={
                    <EmptyState art={false} title={t.siteNew}>
                      {t.noSiteSay}
                    </EmptyState>
                  }
                >
                  {(here) => (
                    <div class="flex min-h-0 flex-col">
                      <Floors space={params.space} site={here()} floors={floors()} />
                      <div class="min-h-96 flex-1">
                        <Pane
                          title={t.resources}
                          note={t.count(count("desk"), count("room"))}
                          actions={
                            <Button icon="plus" disabled={floors().length === 0} onClick={() => setBulk(true)}>
                              {t.bulk}
                            </Button>
                          }
                        >
                          <DataTable
                            label={t.resources}
                            rows={resources()}
                            rowKey={(one) => one.id}
                            current={editing()?.id}
                            onOpen={setEditing}
                            columns={[
                              {
                                key: "code",
                                head: t.code,
                                width: "110px",
                                cell: (one) => <Plate han>{one.code}</Plate>,
                              },
                              { key: "name", head: t.name, cell: (one) => one.name },
                              { key: "kind", head: t.kind, from: "tablet", cell: (one) => t.kinds[one.kind] },
                              { key: "capacity", head: t.capacity, align: "end", cell: (one) => one.capacity },
                              {
                                key: "buffer",
                                head: t.buffer,
                                align: "end",
                                from: "tablet",
                                cell: (one) => `${one.bufferMinutes} ${t.minutes}`,
                              },
                              {
                                key: "state",
                                head: t.state,
                                width: "110px",
                                cell: (one) => (
                                  <Status is={one.state === "off" ? "off" : "free"} text={t.states[one.state]} />
                                ),
                              },
                            ]}
                            empty={
                              <EmptyState title={t.empty}>{floors().length === 0 ? t.noFloor : t.emptySay}</EmptyState>
                            }
                          />
                        </Pane>
                      </div>
                    </div>
                  )}
                </Show>
              }
            />
          )}
        </Match>
      </Switch>
      <Drawer open={bulk()} onClose={() => setBulk(false)} title={t.bulkTitle}>
        <Show when={places.data && site()}>
          {(here) => (
            <BulkForm
              space={params.space}
              site={here().id}
              places={places.data as NonNullable<typeof places.data>}
              onDone={() => setBulk(false)}
            />
          )}
        </Show>
      </Drawer>
      <Drawer
        open={editing() !== undefined}
        onClose={() => setEditing(undefined)}
        title={t.editTitle(editing()?.code ?? "")}
      >
        <Show when={editing()} keyed>
          {(one) => (
            <ResourceForm
              space={params.space}
              resource={one}
              places={places.data as NonNullable<typeof places.data>}
              onDone={() => setEditing(undefined)}
            />
          )}
        </Show>
      </Drawer>
    </>
  );
}

/** The floors of a site, and one more. */
function Floors(props: { space: string; site: SiteView; floors: readonly { id: string; name: string }[] }) {
  const t = placesWords();
  const [name, setName] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const add = async () => {
    if (name().trim() === "") return;
    setBusy(true);
    setProblem(undefined);
    try {
      await addFloor(
        props.space,
        { site: props.site.id, name: name().trim(), order: props.floors.length + 1 },
        newIntent(),
      );
      setName("");
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Pane title={t.floors} flush={false}>
      <div class="flex flex-wrap items-end gap-3">
        <ul class="flex flex-wrap gap-2 self-center">
          <For each={props.floors}>
            {(floor) => (
              <li>
                <Plate han>{floor.name}</Plate>
              </li>
            )}
          </For>
        </ul>
        <span class="w-44">
          <TextField
            label={t.floorName}
            bare
            placeholder={t.floorName}
            bind={bound(name, setName)}
            maxLength={40}
            onEnter={() => void add()}
          />
        </span>
        <Button icon="plus" busy={busy()} onClick={() => void add()}>
          {t.addFloor}
        </Button>
      </div>
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
    </Pane>
  );
}
