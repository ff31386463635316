import { useParams, useSearchParams } from "@solidjs/router";
import type { ResourceView } from "@yihao/booking/model";
import { type TrainingView, trainedOn } from "@yihao/booking/training";
import type { PersonId } from "@yihao/kernel/ids";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { dayCell, dayOf } from "../../format.ts";
import { usePeople } from "../../people.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useNow, usePlaces } from "./data.ts";
import { grantTraining, revokeTraining, useTraining } from "./training-data.ts";
import { trainingWords } from "./training-words.ts";
import "./words.ts";

/** How many days before its end a record is said to end soon. */
const soonDays = 30;
const days = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
const blank = { person: "", until: "", note: "" };
type Grant = typeof blank;

/** Training records (培训记录): the equipment that needs one, who has one until when, and recording one more. */
export default function TrainingPage() {
  const t = trainingWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ resource?: string }>();
  const now = useNow();
  const places = usePlaces(() => params.space);
  const equipment = () => (places.data?.resources ?? []).filter((one) => one.training);
  const chosen = () => equipment().find(({ id }) => id === search.resource) ?? equipment()[0];
  const zone = () => places.data?.sites.find(({ id }) => id === chosen()?.site)?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(now(), zone());
  const records = useTraining(
    () => params.space,
    () => chosen()?.id,
  );
  const [granting, setGranting] = createSignal(false);
  const people = usePeople(() => params.space);
  const form = createForm<Grant>({
    name: "training",
    initial: blank,
    check: ({ person }) => (person === "" ? { person: t.needed } : {}),
    submit: async ({ person, until, note }, intent) => {
      const one = chosen();
      if (!one) return;
      const wish = {
        person: person as PersonId,
        ...(until ? { until } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      };
      const made = await grantTraining(params.space, one.id, wish, intent);
      toast({ text: t.granted(made.personName, one.code), tone: "good" });
      form.reset(blank);
      setGranting(false);
    },
  });
  const renew = (record: TrainingView) => {
    form.reset({ person: record.person, until: "", note: record.note ?? "" });
    setGranting(true);
  };
  const revoke = (one: ResourceView, record: TrainingView) =>
    void revokeTraining(params.space, one.id, record.person as PersonId)
      .then(() => toast({ text: t.revoked(record.personName) }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <Show when={chosen()}>
            <Button icon="plus" onClick={() => setGranting(true)}>
              {t.grant}
            </Button>
          </Show>
        }
      />
      <Switch fallback={<Loading rows={6} />}>
        <Match when={places.isError}>
          <div class="p-4">
            <ErrorState
              title={t.notRead}
              still={t.notReadStill}
              problem={places.error}
              onRetry={() => void places.refetch()}
            />
          </div>
        </Match>
        <Match when={places.data && equipment().length === 0}>
          <EmptyState
            title={t.noEquipment}
            actions={<LinkButton href={`/s/${params.space}/settings/places`}>{t.places}</LinkButton>}
          >
            {t.noEquipmentSay}
          </EmptyState>
        </Match>
        <Match when={chosen()}>
          {(one) => (
            <Panes
              detailWidth={344}
              detailOpen={granting()}
              detailTitle={t.grant}
              onCloseDetail={() => setGranting(false)}
              front={search.resource ? "work" : "list"}
              list={
                <Pane title={t.equipment}>
                  <ul>
                    <For each={equipment()}>
                      {(machine) => (
                        <li class="border-b border-line">
                          <button
                            type="button"
                            class="flex min-h-11 w-full items-center gap-3 px-4 py-2 text-left hover:bg-hover"
                            classList={{ "bg-brand-soft": machine.id === one().id }}
                            aria-pressed={machine.id === one().id}
                            onClick={() => setSearch({ resource: machine.id })}
                          >
                            <Plate han>{machine.code}</Plate>
                            <span class="min-w-0 flex-1 truncate">{machine.name}</span>
                          </button>
                        </li>
                      )}
                    </For>
                  </ul>
                </Pane>
              }
              work={
                <Pane
                  title={t.records(one().name)}
                  note={t.count(records.data?.length ?? 0)}
                  actions={
                    <span class="tablet:hidden">
                      <Button size="sm" onClick={() => setSearch({ resource: undefined })}>
                        {t.back}
                      </Button>
                    </span>
                  }
                >
                  <DataTable
                    label={t.records(one().name)}
                    rows={records.data ?? []}
                    rowKey={(record) => record.person}
                    rowHeight={44}
                    state={records.isError ? "error" : records.isPending ? "loading" : "ready"}
                    problem={records.error}
                    errorTitle={t.notRead}
                    onRetry={() => void records.refetch()}
                    columns={[
                      {
                        key: "person",
                        head: t.person,
                        cell: (record) => (
                          <span>
                            {record.personName}
                            <Show when={record.note}>
                              {(note) => <span class="ml-2 text-xs text-fg-3">{note()}</span>}
                            </Show>
                          </span>
                        ),
                      },
                      {
                        key: "at",
                        head: t.at,
                        width: "104px",
                        from: "desk",
                        cell: (record) => dayCell(dayOf(record.at, zone())),
                      },
                      {
                        key: "until",
                        head: t.until,
                        width: "104px",
                        from: "tablet",
                        cell: (record) => (record.until ? dayCell(record.until) : t.forever),
                      },
                      {
                        key: "act",
                        head: t.act,
                        width: "124px",
                        cell: (record) => (
                          <span class="inline-flex">
                            <Button size="sm" onClick={() => renew(record)}>
                              {t.renew}
                            </Button>
                            <Button
                              size="sm"
                              kind="text"
                              aria-label={t.revokeFor(record.personName)}
                              onClick={() => revoke(one(), record)}
                            >
                              {t.revoke}
                            </Button>
                          </span>
                        ),
                      },
                      {
                        key: "state",
                        head: t.state,
                        width: "120px",
                        cell: (record) => <StateOf record={record} today={today()} />,
                      },
                    ]}
                    empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
                  />
                </Pane>
              }
              detail={
                <Pane
                  title={t.grant}
                  flush={false}
                  actions={
                    <Button kind="text" icon="close" onClick={() => setGranting(false)}>
                      {t.close}
                    </Button>
                  }
                >
                  <FormFrame form={form} label={t.grant}>
                    <ComboField
                      label={t.person}
                      placeholder={t.pickPerson}
                      options={(people.data?.items ?? []).map(({ person, name, email }) => ({
                        value: person as string,
                        label: name,
                        note: email,
                      }))}
                      bind={form.field("person")}
                    />
                    <DateField label={t.until} hint={t.untilHint} min={today()} bind={form.field("until")} />
                    <TextField label={t.note} hint={t.noteHint} maxLength={120} bind={form.field("note")} />
                    <Button type="submit" kind="primary" busy={form.busy()}>
                      {t.grant}
                    </Button>
                  </FormFrame>
                </Pane>
              }
            />
          )}
        </Match>
      </Switch>
    </>
  );
}

function StateOf(props: { record: TrainingView; today: string }) {
  const t = trainingWords();
  const left = () => (props.record.until ? days(props.today, props.record.until) : Number.POSITIVE_INFINITY);
  return (
    <Show when={trainedOn(props.record, props.today)} fallback={<Status is="off" text={t.over} />}>
      <Show when={left() <= soonDays} fallback={<Status is="active" text={t.valid} />}>
        <Status is="dueSoon" text={t.soon(left())} />
      </Show>
    </Show>
  );
}
