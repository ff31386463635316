import type { ScanExceptionView } from "@yihao/warehouse/scan-exception-model";
import { createSignal, Show } from "solid-js";
import { type Intent, newIntent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { explained, instantCell } from "../../format.ts";
import { usePeople } from "../../people.ts";
import { createInfiniteQuery, liveEveryMs, queryClient } from "../../query.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { exceptionWords } from "./exception-words.ts";
import { stepWords } from "./hand-step-words.ts";
import type { StepKind } from "./hand-steps.ts";
import { useRights } from "./warehouse-here.ts";

const exceptions = api.spaces[":space"]["scan-exceptions"];
type State = "open" | "settled";

const useExceptions = (space: () => string, state: () => State) =>
  createInfiniteQuery(() => ({
    queryKey: ["wh", space(), "exceptions", state()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        exceptions.$get({
          param: { space: space() },
          query: {
            ...(state() === "settled" ? { settled: "true" as const } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
    refetchInterval: liveEveryMs,
  }));

async function settle(space: string, exception: string, outcome: string, intent: Intent): Promise<void> {
  await ok(exceptions[":exception"].settle.$post({ param: { space, exception }, json: { outcome } }, intent.with()));
  await queryClient.invalidateQueries({ queryKey: ["wh", space, "exceptions"] });
}

/** Steps that phones did, that were refused and given up: who, what, where and why, until somebody writes down what came of it. */
export function ExceptionList(props: { space: string; zone: string }) {
  const t = exceptionWords();
  const { works } = useRights(() => props.space);
  const s = stepWords();
  const [state, setState] = createSignal<State>("open");
  const [chosen, setChosen] = createSignal<ScanExceptionView>();
  const [outcome, setOutcome] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let intent = newIntent();
  const read = useExceptions(() => props.space, state);
  const people = usePeople(() => props.space);
  const rows = () => read.data?.pages.flatMap(({ items }) => items) ?? [];
  // Names are for those who may read them; whoever left has none any more.
  const nameOf = (person: string) =>
    people.data ? (people.data.items.find((one) => one.person === person)?.name ?? t.former) : "—";
  const codes = () => t.codes as Readonly<Record<string, string>>;
  const open = (one: ScanExceptionView) => {
    intent = newIntent();
    setOutcome("");
    setProblem(undefined);
    setChosen(one);
  };
  const save = async () => {
    const one = chosen();
    if (!one || outcome().trim() === "") return;
    setBusy(true);
    try {
      await settle(props.space, one.id, outcome().trim(), intent);
      setChosen(undefined);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const goods = (one: ScanExceptionView) =>
    [one.name ?? one.product, one.units === undefined ? undefined : s.units(one.units)].filter(Boolean).join(" × ");
  const said = (one: ScanExceptionView) => explained(s.reasons[one.reason], one.note);
  const columns = (): Column<ScanExceptionView>[] => [
    { key: "at", head: t.doneAt, width: "104px", cell: (one) => instantCell(one.doneAt, props.zone) },
    { key: "who", head: t.who, width: "96px", cell: (one) => nameOf(one.by) },
    { key: "what", head: t.what, width: "80px", cell: (one) => s.kinds[one.step as StepKind] ?? one.step },
    { key: "goods", head: t.goods, from: "tablet", cell: goods },
    {
      key: "where",
      head: t.where,
      width: "152px",
      from: "tablet",
      cell: (one) => (
        <Show when={one.bin} fallback="—">
          {(bin) => <Plate>{one.to ? s.way(bin(), one.to) : bin()}</Plate>}
        </Show>
      ),
    },
    { key: "why", head: t.why, width: "120px", from: "desk", cell: (one) => codes()[one.refusal] ?? one.refusal },
    { key: "said", head: state() === "open" ? t.said : t.outcome, cell: (one) => one.outcome ?? said(one) },
    ...(state() === "open" && works()
      ? [
          {
            key: "settle",
            head: t.settle,
            width: "88px",
            cell: (one: ScanExceptionView) => (
              <Button size="sm" onClick={() => open(one)}>
                {t.settle}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="border-b border-line px-4 py-2">
        <Segmented
          bare
          label={t.title}
          bind={bound(state, setState)}
          options={[
            { value: "open" as const, label: t.open },
            { value: "settled" as const, label: t.settled },
          ]}
        />
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <DataTable
          label={t.title}
          rows={rows()}
          columns={columns()}
          rowKey={(one) => one.id}
          rowHeight={40}
          state={read.isPending ? "loading" : read.isError ? "error" : "ready"}
          problem={read.error}
          errorTitle={t.notRead}
          onRetry={() => void read.refetch()}
          {...(read.hasNextPage ? { onMore: () => void read.fetchNextPage() } : {})}
          empty={<EmptyState title={state() === "open" ? t.none : t.noneSettled} />}
        />
      </div>
      <Drawer
        open={chosen() !== undefined}
        onClose={() => setChosen(undefined)}
        title={t.settleTitle}
        foot={
          <>
            <Button kind="primary" busy={busy()} disabled={outcome().trim() === ""} onClick={() => void save()}>
              {t.save}
            </Button>
            <Button onClick={() => setChosen(undefined)}>{t.cancel}</Button>
          </>
        }
      >
        <Show when={chosen()}>
          {(one) => (
            <form
              class="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                void save();
              }}
            >
              <Show when={problem() !== undefined}>
                <Note tone="bad" alert>
                  {explain(problem())}
                </Note>
              </Show>
              <p>
                <b>{nameOf(one().by)}</b> · {s.kinds[one().step as StepKind] ?? one().step} · {goods(one())}
              </p>
              <p class="text-fg-2">
                {codes()[one().refusal] ?? one().refusal} · {said(one())}
              </p>
              <TextField label={t.outcome} hint={t.outcomeHint} maxLength={200} bind={bound(outcome, setOutcome)} />
            </form>
          )}
        </Show>
      </Drawer>
    </div>
  );
}
