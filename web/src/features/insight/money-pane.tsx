import type { Today } from "@yihao/insight/model";
import { daysOfMonth } from "@yihao/kernel/days";
import { For, type JSX, Show } from "solid-js";
import { count, dayCell, money, moneyAxis, monthShort, percent } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { StackedBar } from "../../ui/bar-charts.tsx";
import { TextLink } from "../../ui/button.tsx";
import { StepLine } from "../../ui/line-charts.tsx";
import { type Tick, TickLegend, Ticks } from "../../ui/ticks.tsx";
import { changeOf, desksByArea, partsOf, presenceAt } from "./view.ts";
import { insightWords } from "./words.ts";

/** A block of the right-hand column with its head. */
function Block(props: { title: string; note?: string; action?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="border-b border-line" aria-label={props.title}>
      <header class="y-pane-head">
        <h2>{props.title}</h2>
        <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{props.note}</span>
        {props.action}
      </header>
      <div class="px-4 py-3">{props.children}</div>
    </section>
  );
}

const perRow = 24;
const inRows = (units: readonly Tick[]): Tick[][] =>
  Array.from({ length: Math.ceil(units.length / perRow) }, (_, row) => units.slice(row * perRow, (row + 1) * perRow));

/** Who is in now: desks as ticks by area, rooms, who checked in. */
export function OccupancyBlock(props: { today: Today; now: string; space: string }) {
  const t = insightWords();
  const total = (kind: "desk" | "room", what: "total" | "taken" | "checkedIn" | "due") =>
    props.today.sites.reduce((sum, site) => sum + presenceAt(site, props.now)[kind][what], 0);
  const areas = () => props.today.sites.flatMap((site) => desksByArea(site, props.now));
  const seen = () => new Set(areas().flatMap(({ units }) => units));
  return (
    <Block title={t.occupancy} action={<TextLink href={`/s/${props.space}/bookings`}>{t.plan}</TextLink>}>
      <p class="flex items-baseline gap-2">
        <b class="text-3xl">{total("desk", "taken")}</b>
        <span class="text-lg text-fg-2">{t.ofDesks(total("desk", "total"))}</span>
        <Show when={total("desk", "total") > 0}>
          <span class="ml-auto text-fg-2">{percent(total("desk", "taken") / total("desk", "total"))}</span>
        </Show>
      </p>
      <div class="mt-2 flex flex-col gap-1.5">
        <For each={areas()}>
          {(area) => (
            <div class="flex items-start gap-2">
              <span class="w-8 shrink-0 truncate text-xs text-fg-2">{t.area(area.area)}</span>
              <span class="flex min-w-0 flex-1 flex-col gap-1 pt-0.5">
                <For each={inRows(area.units)}>
                  {(units) => (
                    <Ticks
                      units={units}
                      label={`${t.area(area.area)} ${units.filter((unit) => unit === "in" || unit === "away").length}/${units.length}`}
                    />
                  )}
                </For>
              </span>
              <span class="text-xs whitespace-nowrap">
                {area.taken}/{area.units.length}
              </span>
            </div>
          )}
        </For>
      </div>
      <Show when={areas().length > 0}>
        <div class="mt-2">
          <TickLegend
            items={(["in", "away", "later", "free", "off"] as const)
              .filter((tick) => seen().has(tick))
              .map((tick) => ({ tick, text: t.ticks[tick] }))}
          />
        </div>
      </Show>
      <dl class="mt-3 grid grid-cols-3 border-t border-line pt-2">
        <Figure label={t.checkedIn} value={count(total("desk", "checkedIn") + total("room", "checkedIn"))} />
        <Figure label={t.roomsIn} value={count(total("room", "taken"))} unit={t.ofRooms(total("room", "total"))} />
        <Figure label={t.due} value={count(total("desk", "due") + total("room", "due"))} />
      </dl>
    </Block>
  );
}

function Figure(props: { label: string; value: string; unit?: string }) {
  return (
    <div class="border-l border-line px-3 first:border-l-0 first:pl-0">
      <dt class="text-xs text-fg-2">{props.label}</dt>
      <dd class="text-lg">
        <b>{props.value}</b> <span class="text-xs text-fg-2">{props.unit}</span>
      </dd>
    </div>
  );
}

/** Units that came and went, on the day and in its week. */
export function GoodsBlock(props: { today: Today; space: string }) {
  const t = insightWords();
  const stock = () => props.today.stock;
  return (
    <Block title={t.goods}>
      <dl class="grid grid-cols-2">
        <Figure label={t.inToday} value={count(stock().today.inUnits)} unit={t.week(count(stock().week.inUnits))} />
        <Figure label={t.outToday} value={count(stock().today.outUnits)} unit={t.week(count(stock().week.outUnits))} />
      </dl>
    </Block>
  );
}

/** Bills by state with their amounts. */
export function BillsBlock(props: { invoices: NonNullable<Today["invoices"]>; space: string }) {
  const t = insightWords();
  const rows = () => {
    const { draft, due, overdue, paidThisMonth } = props.invoices;
    return [
      { label: t.billStates.draft, bad: false, ...draft },
      { label: t.billStates.due, bad: false, ...due },
      { label: t.billStates.overdue, bad: overdue.count > 0, ...overdue },
      { label: t.billStates.paid, bad: false, ...paidThisMonth },
    ];
  };
  return (
    <Block title={t.bills} action={<TextLink href={`/s/${props.space}/billing`}>{t.openBills}</TextLink>}>
      <table class="w-full">
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr classList={{ "text-bad-fg": row.bad }}>
                <th scope="row" class="py-0.5 text-left font-regular">
                  {row.label}
                </th>
                <td class="text-right text-xs text-fg-2">{t.pieces(row.count)}</td>
                <td class="pl-3 text-right">{money(row.amountMinor)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Block>
  );
}

/** What the month brought so far by stream, and day by day against the month before. */
export function RevenueBlock(props: { day: Today["day"]; revenue: NonNullable<Today["revenue"]>; space: string }) {
  const t = insightWords();
  const revenue = () => props.revenue;
  const total = () => revenue().thisByDay.at(-1) ?? 0;
  const before = () => revenue().lastByDay[revenue().thisByDay.length - 1] ?? revenue().lastByDay.at(-1) ?? 0;
  const summary = () => t.summary(money(total()), money(before()));
  const change = () => changeOf(total(), before());
  return (
    <Block
      title={t.revenue(monthShort(revenue().thisMonth.month))}
      note={t.until(dayCell(props.day, Number(props.day.slice(0, 4))))}
      action={<TextLink href={`/s/${props.space}/billing`}>{t.detail}</TextLink>}
    >
      <p class="flex flex-wrap items-baseline justify-between gap-x-3">
        <b class="text-2xl">{money(total())}</b>
        <span class="text-xs text-fg-2">{change() ? t.versus(change() ?? "") : t.noBefore}</span>
      </p>
      <p class="mt-0.5 mb-2 text-xs text-fg-2">
        {t.net(money(revenue().thisMonth.netMinor))} · {t.final(money(revenue().thisMonth.finalisedMinor))}
      </p>
      <Show when={revenue().thisMonth.streams.length > 0} fallback={<p class="text-fg-2">{t.noRevenue}</p>}>
        <StackedBar
          title={t.byStream}
          summary={summary()}
          parts={partsOf(revenue().thisMonth, streamWords())}
          format={(value) => money(value)}
        />
        <div class="mt-2" />
        <StepLine
          title={t.cumulative}
          heading={<h3 class="text-xs text-fg-2">{t.cumulativeIn(moneyAxis(Math.max(total(), before())).unit)}</h3>}
          summary={summary()}
          labels={daysOfMonth(revenue().thisMonth.month).map((day) => String(Number(day.slice(8))))}
          now={{ name: monthShort(revenue().thisMonth.month), values: revenue().thisByDay }}
          {...(revenue().lastMonth.grossMinor > 0
            ? { before: { name: monthShort(revenue().lastMonth.month), values: revenue().lastByDay } }
            : {})}
          axis={(value) => moneyAxis(Math.max(total(), before())).text(value)}
          format={(value) => money(value)}
        />
      </Show>
    </Block>
  );
}
