import { Navigate, useNavigate, useSearchParams } from "@solidjs/router";
import { plusMonths } from "@yihao/kernel/days";
import type { Usage } from "@yihao/usage/model";
import { Match, Show, Switch } from "solid-js";
import { offlineSince } from "../../api.ts";
import { axisCount, count, dayCell, monthTitle } from "../../format.ts";
import Missing from "../../missing.tsx";
import { usePlatform } from "../../platform.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { StackedColumns } from "../../ui/column-charts.tsx";
import { EmptyState, ErrorState, Loading, Note, OfflineBar } from "../../ui/feedback.tsx";
import { Metric, PageHead } from "../../ui/panes.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { BillsOfSpaces } from "./bills-pane.tsx";
import { useUsage } from "./data.ts";
import { usageWords } from "./words.ts";

/** US dollars; parts of a cent are shown while it is less than one dollar. */
function dollars(value: number): string {
  if (value === 0) return "$0";
  if (value < 0.0001) return "<$0.0001";
  return value < 1 ? `$${value.toFixed(4)}` : `$${count(Math.floor(value))}${value.toFixed(2).slice(-3)}`;
}
const seconds = (ms: number) => count(Math.round(ms / 1000));
const units = (value: number) => count(Math.round(value));

type Space = Usage["spaces"][number];

/** What every space of the platform uses and costs (平台用量), for its owner. */
export default function UsagePage() {
  const t = usageWords();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams<{ month?: string }>();
  const platform = usePlatform();
  const usage = useUsage(
    () => search.month,
    () => platform.data?.owner === true,
  );
  return (
    <Switch fallback={<Loading rows={10} />}>
      <Match when={platform.data === null}>
        <Navigate href="/sign-in?next=%2Fplatform%2Fusage" />
      </Match>
      <Match when={platform.data?.owner === false}>
        <Missing />
      </Match>
      <Match when={platform.data || platform.isError}>
        <PlainShell
          title={t.title}
          actions={
            <Button kind="text" icon="left" onClick={() => navigate("/account")}>
              {t.back}
            </Button>
          }
        >
          <OfflineBar since={offlineSince()} />
          <div class="mx-auto w-full max-w-6xl">
            <PageHead
              title={t.title}
              say={t.say}
              actions={
                <Show when={usage.data}>
                  {(data) => (
                    <MonthSwitch
                      month={data().month}
                      last={data().today.slice(0, 7)}
                      onMonth={(month) => setSearch({ month })}
                    />
                  )}
                </Show>
              }
            />
            <Switch fallback={<Loading rows={8} />}>
              <Match when={platform.isError || (usage.isError && !usage.data)}>
                <div class="p-4">
                  <ErrorState
                    title={t.notRead}
                    problem={platform.error ?? usage.error}
                    onRetry={() => void (platform.isError ? platform.refetch() : usage.refetch())}
                  />
                </div>
              </Match>
              <Match when={usage.data}>
                {(data) => (
                  <div aria-busy={usage.isPlaceholderData}>
                    <Show when={data().spaceCount > 0} fallback={<EmptyState title={t.empty}>{t.emptySay}</EmptyState>}>
                      <Report usage={data()} />
                    </Show>
                    <BillsOfSpaces month={data().month} />
                  </div>
                )}
              </Match>
            </Switch>
          </div>
        </PlainShell>
      </Match>
    </Switch>
  );
}

function MonthSwitch(props: { month: string; last: string; onMonth: (month: string) => void }) {
  const t = usageWords();
  return (
    <span class="flex items-center gap-1">
      <IconButton icon="left" label={t.before} onClick={() => props.onMonth(plusMonths(props.month, -1))} />
      <b class="min-w-20 text-center">{monthTitle(props.month)}</b>
      <IconButton
        icon="right"
        label={t.after}
        disabled={props.month >= props.last}
        onClick={() => props.onMonth(plusMonths(props.month, 1))}
      />
    </span>
  );
}

function Report(props: { usage: Usage }) {
  const t = usageWords();
  const total = () => props.usage.total;
  const end = (
    key: string,
    head: string,
    cell: (row: Space) => string,
    of: string,
    from?: "tablet",
  ): Column<Space> => ({
    key,
    head,
    width: "104px",
    align: "end",
    cell,
    total: of,
    ...(from ? { from } : {}),
  });
  const columns = (): Column<Space>[] => [
    {
      key: "space",
      head: t.space,
      cell: (row) => row.name ?? `${t.gone} · ${row.space}`,
      total: t.total,
    },
    end("read", t.read, ({ read }) => units(read), units(total().read), "tablet"),
    end("write", t.write, ({ write }) => units(write), units(total().write), "tablet"),
    end("calls", t.calls, ({ calls }) => count(calls), count(total().calls)),
    end("time", `${t.time} (${t.seconds})`, ({ ms }) => seconds(ms), seconds(total().ms), "tablet"),
    end("cost", t.cost, (row) => dollars(row.dollars), dollars(total().dollars)),
  ];
  return (
    <>
      <div class="flex flex-wrap gap-x-10 gap-y-3 border-b border-line px-4 py-3">
        <Metric size="2xl" label={t.cost} value={dollars(total().dollars)} />
        <Metric size="2xl" label={t.read} value={units(total().read)} />
        <Metric size="2xl" label={t.write} value={units(total().write)} />
        <Metric size="2xl" label={t.calls} value={count(total().calls)} />
        <Metric size="2xl" label={t.time} value={seconds(total().ms)} unit={t.seconds} />
      </div>
      <p class="border-b border-line px-4 py-2 text-xs text-pretty text-fg-2">
        {t.costNote(props.usage.prices.asOf, props.usage.prices.region)}
        {t.floor}
      </p>
      <Show when={props.usage.more}>
        <div class="px-4 pt-3">
          <Note tone="info">{t.more(count(props.usage.spaceCount))}</Note>
        </div>
      </Show>
      <div class="border-b border-line">
        <StackedColumns
          title={t.capacity}
          summary={t.capacitySay(units(total().read), units(total().write))}
          pane
          heading={
            <>
              <h2>{t.capacity}</h2>
              <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{t.capacityNote}</span>
            </>
          }
          series={[
            { key: "read", name: t.read, hue: 1 },
            { key: "write", name: t.write, hue: 2 },
          ]}
          columns={props.usage.days.map(({ day, read, write }, index) => ({
            label: index % 5 === 0 || index === 0 ? String(Number(day.slice(8))) : "",
            name: dayCell(day),
            values: [read, write],
            current: day === props.usage.today,
          }))}
          axis={(value) => axisCount(value)}
          format={units}
          total={() => t.total}
        />
      </div>
      <DataTable
        label={t.spaces}
        rows={props.usage.spaces}
        columns={columns()}
        rowKey={({ space }) => space}
        foot={t.shown(props.usage.spaces.length, props.usage.spaceCount)}
      />
    </>
  );
}
