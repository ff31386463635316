import { useParams } from "@solidjs/router";
import { bookedBy, type ResourceView } from "@yihao/booking/model";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { BulkForm } from "./bulk-form.tsx";
import { addFloor, useNow, usePlaces } from "./data.ts";
import { FloorForm } from "./floor-form.tsx";
import { kindWords } from "./kind-words.ts";
import { LeasePane } from "./lease-pane.tsx";
import { placesWords } from "./places-words.ts";
import { ResourceForm } from "./resource-form.tsx";
import { rulesWords } from "./rules-words.ts";
import { SiteForm } from "./site-form.tsx";
import { SubscribePanel } from "./subscribe-panel.tsx";
import { subscribeWords } from "./subscribe-words.ts";
import { leaseAt, type SiteView } from "./view.ts";
import "./words.ts";

/** Settings of places: sites with their hours, floors with their rules, and what can be booked or let there. */
export default function PlacesPage() {
  const t = placesWords();
  const params = useParams<{ space: string }>();
  const places = usePlaces(() => params.space);
  const [picked, setPicked] = createSignal<string | undefined>();
  const [adding, setAdding] = createSignal(false);
  /** On a phone one pane at a time: the site, or what can be booked there. */
  const [front, setFront] = createSignal<"work" | "list">("work");
  const add = () => {
    setAdding(true);
    setFront("list");
  };
  const [bulk, setBulk] = createSignal(false);
  const [one, setOne] = createSignal(false);
  const [editing, setEditing] = createSignal<string | undefined>();
  const [ruling, setRuling] = createSignal<string | undefined>();
  const kinds = kindWords();
  const r = rulesWords();
  const now = useNow();
  const site = () =>
    adding() ? undefined : (places.data?.sites.find(({ id }) => id === picked()) ?? places.data?.sites[0]);
  const resources = () => (places.data?.resources ?? []).filter((one) => one.site === site()?.id);
  const floors = () => (places.data?.floors ?? []).filter((one) => one.site === site()?.id);
  /** The place that is open in the drawer, as it was last read. */
  const edited = () => resources().find(({ id }) => id === editing());
  const ruled = () => floors().find(({ id }) => id === ruling());
  const leased = (place: ResourceView) => {
    const here = site();
    return here !== undefined && leaseAt(here, place, now()) !== undefined;
  };
  const saved = (id: string) => {
    setAdding(false);
    setPicked(id);
  };
  return (
    <>
      <PageHead
        title={t.title}
        tabs={
          <span class="tablet:hidden">
            <Segmented
              bare
              label={t.title}
              options={[
                { value: "work", label: t.resources },
                { value: "list", label: t.sites },
              ]}
              bind={bound<"work" | "list">(front, setFront)}
            />
          </span>
        }
        actions={
          <Button icon="plus" onClick={add}>
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
              <Button kind="primary" onClick={add}>
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
              front={front()}
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
                      <Floors space={params.space} site={here()} floors={floors()} onRules={setRuling} />
                      <div class="min-h-96 flex-1">
                        <Pane
                          title={t.resources}
                          note={t.count(resources().length)}
                          actions={
                            <>
                              <Button icon="plus" disabled={floors().length === 0} onClick={() => setOne(true)}>
                                {t.addOne}
                              </Button>
                              <Button icon="plus" disabled={floors().length === 0} onClick={() => setBulk(true)}>
                                {t.bulk}
                              </Button>
                            </>
                          }
                        >
                          <DataTable
                            label={t.resources}
                            rows={resources()}
                            rowKey={(one) => one.id}
                            current={editing()}
                            onOpen={(place) => setEditing(place.id)}
                            columns={[
                              {
                                key: "code",
                                head: t.code,
                                width: "110px",
                                cell: (one) => <Plate han>{one.code}</Plate>,
                              },
                              { key: "name", head: t.name, cell: (one) => one.name },
                              {
                                key: "kind",
                                head: t.kind,
                                from: "tablet",
                                cell: (one) => `${kinds.kind[one.kind]}${one.training ? ` · ${t.needsTraining}` : ""}`,
                              },
                              { key: "by", head: t.by, from: "desk", cell: (one) => kinds.by[bookedBy(one)] },
                              {
                                key: "units",
                                head: t.units,
                                width: "64px",
                                align: "end",
                                cell: (one) => one.units ?? 1,
                              },
                              {
                                key: "capacity",
                                head: t.capacity,
                                width: "64px",
                                from: "tablet",
                                align: "end",
                                cell: (one) => one.capacity,
                              },
                              {
                                key: "state",
                                head: t.state,
                                width: "110px",
                                cell: (one) =>
                                  leased(one) ? (
                                    <Status is="active" text={t.letNow} />
                                  ) : (
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
      <Drawer open={one()} onClose={() => setOne(false)} title={t.addOne}>
        <Show when={places.data && site()}>
          {(here) => (
            <ResourceForm
              space={params.space}
              site={here()}
              resource={undefined}
              places={places.data as NonNullable<typeof places.data>}
              onDone={() => setOne(false)}
            />
          )}
        </Show>
      </Drawer>
      <Drawer
        open={edited() !== undefined}
        onClose={() => setEditing(undefined)}
        title={t.editTitle(edited()?.code ?? "")}
      >
        <Show when={site() && editing()} keyed>
          {(id) => {
            const read = resources().find((place) => place.id === id);
            return (
              <div class="flex flex-col gap-6">
                <ResourceForm
                  space={params.space}
                  site={site() as SiteView}
                  resource={read}
                  places={places.data as NonNullable<typeof places.data>}
                  onDone={() => setEditing(undefined)}
                />
                <Show when={edited()}>
                  {(place) => (
                    <>
                      <LeasePane space={params.space} site={site() as SiteView} resource={place()} />
                      <h3 class="text-md">{subscribeWords().title}</h3>
                      <SubscribePanel space={params.space} subject={place().id} code={place().code} staff />
                    </>
                  )}
                </Show>
              </div>
            );
          }}
        </Show>
      </Drawer>
      <Drawer
        open={ruled() !== undefined}
        onClose={() => setRuling(undefined)}
        title={r.floorRules(ruled()?.name ?? "")}
      >
        <Show when={ruling()} keyed>
          {(id) => {
            const floor = floors().find((one) => one.id === id);
            const here = site();
            return floor && here ? (
              <FloorForm space={params.space} site={here} floor={floor} onDone={() => setRuling(undefined)} />
            ) : null;
          }}
        </Show>
      </Drawer>
    </>
  );
}

/** The floors of a site with the way to their rules, and one more. */
function Floors(props: {
  space: string;
  site: SiteView;
  floors: readonly { id: string; name: string }[];
  onRules: (floor: string) => void;
}) {
  const t = placesWords();
  const r = rulesWords();
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
                <button type="button" class="flex items-center gap-1" onClick={() => props.onRules(floor.id)}>
                  <Plate han>{floor.name}</Plate>
                  <span class="y-link text-xs">{r.setRules}</span>
                </button>
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
