import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { createSignal, Match, Show, Switch } from "solid-js";
import { clock, clockOfMinute, dayOf, dayProse } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { useRuler } from "../../frame/slots.ts";
import { Kbd, LinkButton, TextButton } from "../../ui/button.tsx";
import { Bar, ErrorState, Loading } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useCompanyNames, useToday } from "./data.ts";
import { DayPane } from "./day-pane.tsx";
import { InsightTabs } from "./insight-tabs.tsx";
import { BillsBlock, GoodsBlock, OccupancyBlock, RevenueBlock } from "./money-pane.tsx";
import { TodoPane } from "./todo.tsx";
import { nextOf, presenceAt } from "./view.ts";
import { insightWords } from "./words.ts";

/** Today (今日): what to do, who is where, what came and went, what waits for money and what was earned. */
export default function TodayPage() {
  const t = insightWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ day?: string }>();
  const navigate = useNavigate();
  const now = useNow();
  const wide = media("(min-width: 1120px)");
  const half = media("(min-width: 900px)");
  const [part, setPart] = createSignal<"todo" | "day" | "figures">("todo");
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
  const [look, setLook] = createSignal<number>();
  const at = () => {
    const minute = look();
    return minute === undefined ? now() : instantOf(day(), clockOfMinute(Math.min(minute, 1439)), zone());
  };
  const back = () => {
    setLook(undefined);
    toDay(dayOf(now(), zone()));
  };
  useRuler(() => ({
    day: day(),
    load: load(),
    look: look(),
    onLook: (minute) => (minute === undefined ? back() : setLook(minute)),
    onDay: (by) => toDay(plusDays(day(), by)),
  }));
  useKeys([
    { keys: "[", label: t.before, run: () => toDay(plusDays(day(), -1)) },
    { keys: "]", label: t.after, run: () => toDay(plusDays(day(), 1)) },
    { keys: "n", label: t.newBooking, run: () => navigate(`/s/${params.space}/bookings`) },
  ]);
  const say = () => {
    const data = today.data;
    if (!data || !live()) return undefined;
    const taken = (kind: "desk" | "room") =>
      data.sites.reduce((sum, site) => sum + presenceAt(site, now())[kind].taken, 0);
    const next = nextOf(data.sites, now());
    const first = t.say(clock(now(), zone()), taken("desk"), taken("room"));
    return first + (next ? t.sayNext(clock(next.from, next.zone), next.companyName, next.resourceName) : "");
  };
  const looking = () => {
    const minute = look();
    if (live() && minute === undefined) return undefined;
    return [live() ? "" : dayProse(day()), minute === undefined ? "" : clockOfMinute(minute)].filter(Boolean).join(" ");
  };
  return (
    <>
      <Show when={looking()}>
        {(when) => (
          <Bar
            tone="info"
            title={t.looking(when())}
            action={
              <TextButton onClick={back}>
                {t.backToNow} <Kbd keys={["T"]} />
              </TextButton>
            }
          >
            {t.lookingSay}
          </Bar>
        )}
      </Show>
      <PageHead
        title={t.title}
        tabs={<InsightTabs space={params.space} current="today" />}
        say={say()}
        actions={
          <LinkButton href={`/s/${params.space}/bookings`} icon="plus" keys={["N"]}>
            {t.newBooking}
          </LinkButton>
        }
      />
      <Switch fallback={<Loading rows={10} />}>
        <Match when={today.isError && !today.data}>
          <div class="p-4">
            <ErrorState title={t.notRead} problem={today.error} onRetry={() => today.refetch()} />
          </div>
        </Match>
        <Match when={today.data}>
          {(data) => {
            const todo = () => <TodoPane today={data()} space={params.space} names={names.data ?? new Map()} />;
            const work = () => (
              <DayPane today={data()} now={at()} space={params.space} live={live()} looking={look() !== undefined} />
            );
            const figures = () => (
              <Pane label={t.occupancy}>
                <OccupancyBlock today={data()} now={at()} space={params.space} />
                <GoodsBlock today={data()} space={params.space} />
                <Show when={data().invoices}>
                  {(invoices) => <BillsBlock invoices={invoices()} space={params.space} />}
                </Show>
                <Show when={data().revenue}>
                  {(revenue) => <RevenueBlock day={data().day} revenue={revenue()} space={params.space} />}
                </Show>
              </Pane>
            );
            const parts = { todo, day: work, figures };
            return (
              <Show
                when={wide()}
                fallback={
                  <Show
                    when={half()}
                    fallback={
                      <>
                        <div class="flex-none border-b border-line px-4">
                          <Tabs
                            label={t.title}
                            items={(["todo", "day", "figures"] as const).map((key) => ({ key, label: t.parts[key] }))}
                            value={part()}
                            onChange={setPart}
                          />
                        </div>
                        <div class="min-h-0 flex-1 overflow-y-auto">{parts[part()]()}</div>
                      </>
                    }
                  >
                    <div class="grid min-h-0 flex-1 grid-cols-[340px_minmax(0,1fr)]">
                      {todo()}
                      <div class="min-h-0 overflow-y-auto">
                        {work()}
                        {figures()}
                      </div>
                    </div>
                  </Show>
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
