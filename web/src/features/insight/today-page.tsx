import { useParams, useSearchParams } from "@solidjs/router";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { Match, Show, Switch } from "solid-js";
import { clock, clockOfMinute, dayOf } from "../../format.ts";
import { useRuler } from "../../frame/slots.ts";
import { LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { useCompanyNames, useNow, useToday } from "./data.ts";
import { DayPane } from "./day-pane.tsx";
import { BillsBlock, GoodsBlock, OccupancyBlock, RevenueBlock } from "./money-pane.tsx";
import { TodoPane } from "./todo.tsx";
import { nextOf } from "./view.ts";
import { insightWords } from "./words.ts";

/** Today (今日): what to do, who is where, what came and went, what waits for money and what was earned. */
export default function TodayPage() {
  const t = insightWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ day?: string }>();
  const now = useNow();
  const wide = media("(min-width: 1120px)");
  const today = useToday(
    () => params.space,
    () => search.day,
  );
  const names = useCompanyNames(() => params.space);
  const zone = () => today.data?.zone ?? "Asia/Shanghai";
  const live = () => search.day === undefined;
  const day = () => search.day ?? dayOf(now(), zone());
  const toDay = (next: string) => setSearch({ day: next === dayOf(now(), zone()) ? undefined : next });
  const load = () => {
    const sites = today.data?.sites ?? [];
    const active = sites.reduce((sum, site) => sum + site.resources.filter((one) => one.active).length, 0);
    const rows = sites.flatMap((site) => site.bookings).filter((row) => row.state === "booked");
    return Array.from({ length: 30 }, (_, index) => {
      const at = instantOf(day(), clockOfMinute(420 + index * 30), zone());
      return active === 0 ? 0 : Math.min(1, rows.filter((row) => row.from <= at && at < row.until).length / active);
    });
  };
  useRuler(() => ({
    day: day(),
    load: load(),
    onLook: (minute) => minute === undefined && toDay(dayOf(now(), zone())),
    onDay: (by) => toDay(plusDays(day(), by)),
  }));
  useKeys([
    { keys: "[", label: t.before, run: () => toDay(plusDays(day(), -1)) },
    { keys: "]", label: t.after, run: () => toDay(plusDays(day(), 1)) },
  ]);
  const say = () => {
    const data = today.data;
    if (!data || !live()) return undefined;
    const taken = (kind: "desk" | "room") => data.sites.reduce((sum, { presence }) => sum + presence[kind].taken, 0);
    const next = nextOf(data.sites, now());
    const first = t.say(clock(now(), zone()), taken("desk"), taken("room"));
    return first + (next ? t.sayNext(clock(next.from, next.zone), next.companyName, next.resourceName) : "");
  };
  return (
    <>
      <PageHead
        title={t.title}
        say={say()}
        actions={
          <LinkButton href={`/s/${params.space}/bookings`} icon="plus">
            {t.newBooking}
          </LinkButton>
        }
      />
      <Switch fallback={<Loading rows={10} />}>
        <Match when={today.isError && !today.data}>
          <ErrorState title={t.notRead} problem={today.error} onRetry={() => void today.refetch()} />
        </Match>
        <Match when={today.data}>
          {(data) => {
            const todo = () => <TodoPane today={data()} space={params.space} names={names.data ?? new Map()} />;
            const work = () => <DayPane today={data()} now={now()} space={params.space} live={live()} />;
            const figures = () => (
              <Pane label={t.occupancy}>
                <OccupancyBlock today={data()} now={now()} space={params.space} />
                <GoodsBlock today={data()} space={params.space} />
                <BillsBlock today={data()} space={params.space} />
                <RevenueBlock today={data()} space={params.space} />
              </Pane>
            );
            return (
              <Show
                when={wide()}
                fallback={
                  <div class="min-h-0 flex-1 overflow-y-auto">
                    {todo()}
                    {work()}
                    {figures()}
                  </div>
                }
              >
                <Panes listWidth={388} detailWidth={328} list={todo()} work={work()} detail={figures()} />
              </Show>
            );
          }}
        </Match>
      </Switch>
    </>
  );
}
