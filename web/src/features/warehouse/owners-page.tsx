import { useParams } from "@solidjs/router";
import type { GoodsClass } from "@yihao/warehouse/model";
import type { OwnerRulesView } from "@yihao/warehouse/owner-model";
import { createSignal, Show } from "solid-js";
import { count } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { ClassField } from "./class-field.tsx";
import { saveOwnerRules, useOwnerRules } from "./owner-data.ts";
import { ownerWords } from "./owner-words.ts";
import { useRights } from "./warehouse-here.ts";

const litres = (ml: number) => Math.ceil(ml / 1000);

/** How full an owner's limits are: the fullest of them, 1 being full; 0 without limits. */
function fullness({ use, mostBins, mostUnits, mostMl }: OwnerRulesView): number {
  const share = (value: number, most: number | null) => (most === null ? 0 : most === 0 ? 1 : value / most);
  return Math.max(share(use.bins, mostBins), share(use.units, mostUnits), share(use.ml, mostMl));
}

/** What each company may store and how much it has (货主规则). */
export default function OwnersPage() {
  const t = ownerWords();
  const params = useParams<{ space: string }>();
  const rules = useOwnerRules(() => params.space);
  const [chosen, setChosen] = createSignal<string>();
  const one = () => rules.data?.find(({ company }) => company === chosen());
  const limit = (use: number, most: number | null) => (most === null ? count(use) : t.of(count(use), count(most)));
  const columns = (): Column<OwnerRulesView>[] => [
    { key: "name", head: t.owner, cell: (row) => row.name },
    {
      key: "classes",
      head: t.classes,
      from: "desk",
      cell: (row) => row.classes.map((kind) => t.goodsClasses[kind]).join(" · ") || t.allClasses,
    },
    { key: "bins", head: t.bins, width: "96px", align: "end", cell: (row) => limit(row.use.bins, row.mostBins) },
    {
      key: "units",
      head: t.units,
      width: "136px",
      align: "end",
      from: "tablet",
      cell: (row) => limit(row.use.units, row.mostUnits),
    },
    {
      key: "litres",
      head: t.litres,
      width: "136px",
      align: "end",
      from: "tablet",
      // Without sizes of its products nobody knows.
      cell: (row) =>
        row.use.ml === 0 && row.mostMl === null
          ? "—"
          : limit(litres(row.use.ml), row.mostMl === null ? null : litres(row.mostMl)),
    },
    {
      key: "state",
      head: t.state,
      width: "112px",
      cell: (row) => {
        const full = fullness(row);
        return full >= 1 ? (
          <Status is="soldOut" tone="warn" text={t.over} />
        ) : full >= 0.9 ? (
          <Status is="low" text={t.near} />
        ) : (
          <Status is="enough" text={t.within} />
        );
      },
    },
  ];
  return (
    <>
      <PageHead title={t.owners} say={t.say} />
      <Panes
        detailWidth={400}
        work={
          <Pane label={t.owners}>
            <DataTable
              label={t.owners}
              rows={rules.data ?? []}
              columns={columns()}
              rowKey={(row) => row.company}
              current={chosen()}
              onOpen={(row) => setChosen(row.company)}
              state={rules.isPending ? "loading" : rules.isError ? "error" : "ready"}
              problem={rules.error}
              errorTitle={t.notRead}
              onRetry={() => void rules.refetch()}
              empty={<EmptyState title={t.none} />}
            />
          </Pane>
        }
        detail={
          <Show when={one()} keyed>
            {(row) => <RulesForm space={params.space} rules={row} />}
          </Show>
        }
        detailOpen={one() !== undefined}
        detailTitle={t.owner}
        onCloseDetail={() => setChosen(undefined)}
      />
    </>
  );
}

function RulesForm(props: { space: string; rules: OwnerRulesView }) {
  const t = ownerWords();
  const { manages } = useRights(() => props.space);
  const { rules } = props;
  const some = (value: number | null) => value ?? undefined;
  const form = createForm({
    name: "owner-rules",
    initial: {
      classes: rules.classes as readonly GoodsClass[],
      bins: some(rules.mostBins),
      units: some(rules.mostUnits),
      litres: rules.mostMl === null ? undefined : litres(rules.mostMl),
    },
    submit: async ({ classes, bins, units, litres: volume }) => {
      await saveOwnerRules(props.space, rules.company, rules.rev, {
        ...{ classes: [...classes], mostBins: bins ?? null, mostUnits: units ?? null },
        mostMl: volume === undefined ? null : volume * 1000,
      });
      toast({ text: t.saved });
    },
  });
  return (
    <div class="flex h-full min-h-0 flex-col bg-surface">
      <header class="border-b border-line px-4 py-4">
        <h2 class="text-md">{rules.name}</h2>
        <p class="mt-1 text-xs text-fg-2">
          {t.use(count(rules.use.bins), count(rules.use.units), count(litres(rules.use.ml)))}
        </p>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto p-4">
        <FormFrame form={form} label={rules.name}>
          <ClassField label={t.classes} hint={t.classesHint} bind={form.field("classes")} />
          <NumberField label={t.mostBins} hint={t.unlimited} min={0} max={1_000_000} bind={form.field("bins")} />
          <NumberField label={t.mostUnits} hint={t.unlimited} min={0} max={1_000_000_000} bind={form.field("units")} />
          <NumberField label={t.mostLitres} hint={t.unlimited} min={0} max={1_000_000} bind={form.field("litres")} />
          <Show when={manages()} fallback={<p class="text-xs text-fg-2">{t.onlyManager}</p>}>
            <Button kind="primary" type="submit" busy={form.busy()}>
              {t.save}
            </Button>
          </Show>
        </FormFrame>
      </div>
    </div>
  );
}
