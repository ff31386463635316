import { useSearchParams } from "@solidjs/router";
import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { useAnalysis, workOut } from "./analysis-data.ts";
import { AnalysisLists } from "./analysis-lists.tsx";
import { AnalysisOverview } from "./analysis-overview.tsx";
import { AnalysisPast } from "./analysis-past.tsx";
import { analysisWords } from "./analysis-words.ts";
import { useRights } from "./warehouse-here.ts";

const views = ["overview", "lists", "past"] as const;
type View = (typeof views)[number];

/**
 * The analysis of stock (库存分析): overview, lists and past days. `company` is an owner for staff, "" for all of them, and nothing for a company's own.
 */
export function StockAnalysis(props: {
  space: string;
  company: string | undefined;
  zone: string;
  current: string | undefined;
  onOpen: (product: string) => void;
  onCompany?: (company: string) => void;
  aside?: JSX.Element;
}) {
  const t = analysisWords();
  const [search, setSearch] = useSearchParams<{ view?: string }>();
  const view = (): View => views.find((one) => one === search.view) ?? "overview";
  const { works } = useRights(() => props.space);
  const one = () => props.company !== "";
  const owner = () => props.company || undefined;
  const analysis = useAnalysis(() => props.space, owner);
  const day = () => analysis.data?.items.map((item) => item.day).sort()[0] ?? "";
  const [busy, setBusy] = createSignal(false);
  const again = async () => {
    setBusy(true);
    try {
      await workOut(props.space, owner(), newIntent());
      toast({ text: t.done });
    } catch (error) {
      toast({ tone: "bad", text: explain(error) });
    } finally {
      setBusy(false);
    }
  };
  const button = () => (
    <Show when={one() && (props.onCompany === undefined || works())}>
      <Button size="sm" busy={busy()} onClick={() => void again()}>
        {t.again}
      </Button>
    </Show>
  );
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-1">
        <Tabs
          label={t.title}
          items={views.map((key) => ({ key, label: t.views[key] }))}
          value={view()}
          onChange={(key) => setSearch({ view: key === "overview" ? undefined : key })}
        />
        {props.aside}
        <span class="ml-auto flex items-center gap-3 text-xs text-fg-2">
          <Show when={view() !== "past" && day() !== ""}>
            {t.say(day())}
            {button()}
          </Show>
        </span>
      </div>
      <div class="min-h-0 flex-1 overflow-y-auto">
        <Switch fallback={<Loading rows={8} />}>
          <Match when={view() === "past"}>
            <AnalysisPast
              space={props.space}
              company={props.company}
              zone={props.zone}
              current={props.current}
              onOpen={props.onOpen}
            />
          </Match>
          <Match when={analysis.isError && !analysis.data}>
            <div class="p-4">
              <ErrorState
                title={t.notRead}
                still={t.still}
                problem={analysis.error}
                onRetry={() => void analysis.refetch()}
              />
            </div>
          </Match>
          <Match when={analysis.data?.items.length === 0}>
            <EmptyState title={one() ? t.none : t.noneAll} actions={button()} />
          </Match>
          <Match when={view() === "lists" && analysis.data}>
            <AnalysisLists
              space={props.space}
              company={owner()}
              day={day()}
              whole={one()}
              current={props.current}
              onOpen={props.onOpen}
            />
          </Match>
          <Match when={analysis.data}>
            {(data) => (
              <AnalysisOverview
                items={data().items}
                days={data().days}
                {...(props.onCompany && !one() ? { onCompany: props.onCompany } : {})}
              />
            )}
          </Match>
        </Switch>
      </div>
    </div>
  );
}
