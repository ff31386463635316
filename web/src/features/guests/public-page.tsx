import { useNavigate, useParams } from "@solidjs/router";
import type { GuestWish, PublicDay, PublicPage, PublicResource } from "@yihao/booking/guest-model";
import { openSpans } from "@yihao/booking/hours";
import type { Alternatives } from "@yihao/booking/model";
import { dayOf, plusDays } from "@yihao/kernel/days";
import { createEffect, createMemo, createSignal, For, Match, Show, Switch } from "solid-js";
import { offlineSince } from "../../api.ts";
import { useDressed } from "../../brand.ts";
import { clockRange, dayProse, hours, money, weekday } from "../../format.ts";
import { setLang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, Note, OfflineBar } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { PublicHead } from "../../ui/public-head.tsx";
import { Main, SkipLink } from "../../ui/shell-parts.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { BookForm } from "./book-form.tsx";
import { payPage, useGuestQuote, useGuestWaitQuote, usePublicDay, usePublicPage } from "./data.ts";
import { lengthsFrom } from "./free.ts";
import { type Chosen, PlaceItem } from "./place-item.tsx";
import { guestWords } from "./words.ts";

/** What the public may book of a space (对外预订), under the space's own name: a day, a place, the price with tax, who it is for. */
export default function PublicPageView() {
  const t = guestWords();
  const params = useParams<{ space: string }>();
  const page = usePublicPage(() => params.space);
  createEffect(() => {
    const data = page.data;
    document.title = data ? t.at(data.space) : t.title;
    // A guest who never chose a language reads the space's.
    if (data && !localStorage.getItem("yihao.lang")) setLang(data.language === "en" ? "en" : "zh-CN");
  });
  const logo = useDressed(() => params.space);
  return (
    <div class="relative flex min-h-dvh flex-col overflow-x-clip bg-surface">
      <SkipLink />
      <PublicHead name={page.data?.space} logo={logo()} />
      <Main class="mx-auto w-full max-w-160 px-4 py-6">
        <OfflineBar since={offlineSince()} />
        <Switch
          fallback={
            <>
              <h1 class="text-xl">{t.loading}</h1>
              <Loading rows={6} />
            </>
          }
        >
          <Match when={page.error instanceof Problem && page.error.status < 500 && page.error.status > 0}>
            <h1 class="text-xl">{t.closed}</h1>
            <p class="mt-2 text-pretty text-fg-2">{t.closedSay}</p>
          </Match>
          <Match when={page.isError}>
            <h1 class="mb-4 text-xl">{t.title}</h1>
            <ErrorState title={t.notRead} problem={page.error} onRetry={() => page.refetch()} />
          </Match>
          <Match when={page.data}>{(shown) => <Choosing space={params.space} page={shown()} />}</Match>
        </Switch>
      </Main>
    </div>
  );
}

function Choosing(props: { space: string; page: PublicPage }) {
  const t = guestWords();
  const navigate = useNavigate();
  const now = new Date().toISOString();
  const [siteId, setSite] = createSignal<string>(props.page.sites[0]?.id ?? "");
  const site = () => props.page.sites.find(({ id }) => id === siteId()) ?? props.page.sites[0];
  const zone = () => site()?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(now, zone());
  const [picked, setPicked] = createSignal<string | undefined>();
  const places = () => props.page.resources.filter((one) => one.site === site()?.id);
  /** The first day, from today on, on which anything is open still. */
  const firstDay = () =>
    Array.from({ length: 14 }, (_, index) => plusDays(today(), index)).find((day) =>
      places().some(({ calendar }) => openSpans(calendar, day).some(({ until }) => until > now)),
    ) ?? today();
  const day = () => picked() ?? firstDay();
  const seen = usePublicDay(
    () => props.space,
    () => site()?.id,
    day,
  );
  const [chosen, setChosen] = createSignal<Chosen | undefined>();
  const busyOf = (place: PublicResource): PublicDay["resources"][string] =>
    seen.data?.resources[place.id] ?? { busy: [] };
  const wish = createMemo((): GuestWish | undefined => {
    const one = chosen();
    if (!one) return undefined;
    if (one.place.by === "day") return { resource: one.place.id, day: day() };
    if (!one.from) return undefined;
    const until = new Date(Date.parse(one.from) + one.minutes * 60_000).toISOString();
    return { resource: one.place.id, from: one.from, until };
  });
  const waiting = () => chosen()?.wait === true;
  const priced = useGuestQuote(
    () => props.space,
    () => (waiting() ? undefined : wish()),
  );
  const waited = useGuestWaitQuote(
    () => props.space,
    () => (waiting() ? wish() : undefined),
  );
  const quote = () => (waiting() ? waited : priced);
  const choose = (next: Chosen) => {
    setChosen(next);
    queueMicrotask(() => {
      window.scrollTo({ top: 0 });
      document.getElementById("guest-choice")?.focus();
    });
  };
  const days = () => Array.from({ length: 7 }, (_, index) => plusDays(today(), index));
  const booked = async ({ token, state }: { token: string; state: string }) => {
    if (state === "waiting") return navigate(`/guest-wait/${token}`);
    if (state === "held")
      try {
        location.assign((await payPage(token)).url);
        return;
      } catch {
        // The booking's own page has the button again, and says what is wrong.
      }
    navigate(`/guest/${token}`);
  };
  return (
    <Show
      when={chosen()}
      fallback={
        <>
          <h1 class="text-xl">{t.at(props.page.space)}</h1>
          <Show when={props.page.sites.length > 1}>
            <div class="mt-4">
              <Segmented
                label={t.site}
                size="lg"
                options={props.page.sites.map(({ id, name }) => ({ value: id as string, label: name }))}
                bind={bound(siteId, setSite)}
              />
            </div>
          </Show>
          <p class="mt-1 text-fg-2">
            {[...new Set([site()?.city, site()?.name, site()?.address])].filter(Boolean).join(" · ")}
          </p>
          <fieldset class="mt-4 flex gap-1 overflow-x-auto" aria-label={t.days}>
            <For each={days()}>
              {(on) => (
                <button
                  type="button"
                  class="flex h-14 min-w-11 flex-1 flex-col items-center justify-center border border-line"
                  classList={{ "bg-brand text-fg-on-solid": on === day() }}
                  aria-pressed={on === day()}
                  title={dayProse(on)}
                  onClick={() => setPicked(on)}
                >
                  <span class="text-xs">{on === today() ? t.today : weekday(on)}</span>
                  <b class="text-md tabular-nums">{Number(on.slice(8))}</b>
                </button>
              )}
            </For>
          </fieldset>
          <div class="mt-2 w-44">
            <DateField label={t.otherDay} size="lg" min={today()} bind={bound(day, setPicked)} />
          </div>
          <Show when={seen.isError}>
            <div class="mt-4">
              <ErrorState title={t.dayNotRead} problem={seen.error} onRetry={() => void seen.refetch()} />
            </div>
          </Show>
          <ul class="mt-4 border-t border-line">
            <For each={places()}>
              {(place) => (
                <PlaceItem
                  space={props.space}
                  place={place}
                  day={day()}
                  busy={busyOf(place)}
                  loaded={seen.data !== undefined}
                  now={now}
                  onChoose={choose}
                />
              )}
            </For>
          </ul>
        </>
      }
    >
      {(one) => (
        <div class="flex flex-col gap-5">
          <div class="flex items-start gap-3" id="guest-choice" tabindex="-1">
            <Plate tone="solid" size="lg" han>
              {one().place.code}
            </Plate>
            <span class="min-w-0 flex-1">
              <h1 class="text-md">{one().place.name}</h1>
              <span class="text-fg-2">
                {dayProse(day())} {one().from ? clockRange(one().from ?? "", endOf(one()), zone()) : t.wholeDay}
              </span>
            </span>
            <Button onClick={() => setChosen(undefined)}>{t.change}</Button>
          </div>
          <Show when={waiting() ? undefined : one().from}>
            {(from) => (
              <Segmented
                label={t.howLong}
                size="lg"
                options={lengthsFrom(one().place, day(), busyOf(one().place), from(), now).map((minutes) => ({
                  value: String(minutes),
                  label: t.hoursLong(hours(minutes)),
                }))}
                bind={bound(
                  () => String(one().minutes),
                  (minutes) => setChosen({ ...one(), minutes: Number(minutes) }),
                )}
              />
            )}
          </Show>
          <Switch fallback={<Loading rows={2} slow={t.quoting} />}>
            <Match when={quote().isError}>
              <Lost
                problem={quote().error}
                zone={zone()}
                onTime={(from) => setChosen({ ...one(), from })}
                onRetry={() => void quote().refetch()}
              />
            </Match>
            <Match when={quote().data}>
              {(shown) => (
                <>
                  <div class="border-y border-line py-3">
                    <p class="flex items-baseline gap-3">
                      <span class="flex-1">{t.total}</span>
                      <b class="text-xl tabular-nums">{shown().totalMinor > 0 ? money(shown().totalMinor) : t.free}</b>
                    </p>
                    <p class="text-right text-xs text-fg-3">{t.taxed(money(shown().taxMinor))}</p>
                    <p class="mt-2 text-fg-2">
                      <Show when={one().place.cancellation} fallback={t.freeUntilStart}>
                        {(terms) => t.terms(terms().freeHours, terms().percent)}
                      </Show>
                    </p>
                    <Show when={waiting() ? waited.data : undefined}>
                      {(said) => <p class="mt-2">{t.waitAhead(said().ahead)}</p>}
                    </Show>
                    <Show when={one().place.approval}>
                      <p class="text-fg-2">{t.approval}</p>
                    </Show>
                  </div>
                  <BookForm
                    id={props.space}
                    space={props.page.space}
                    wish={wish() as GuestWish}
                    quote={shown()}
                    waits={waiting()}
                    onBooked={booked}
                    onRefused={() => void quote().refetch()}
                  />
                </>
              )}
            </Match>
          </Switch>
        </div>
      )}
    </Show>
  );
}

const endOf = ({ from = "", minutes }: Chosen) => new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** Why what was chosen cannot be had, and the nearest times that can. */
function Lost(props: { problem: unknown; zone: string; onTime: (from: string) => void; onRetry: () => void }) {
  const t = guestWords();
  const times = () => {
    const params = props.problem instanceof Problem ? props.problem.params : {};
    return (params.alternatives as Alternatives | undefined)?.times ?? [];
  };
  return (
    <Note tone="bad" alert title={explain(props.problem)}>
      <Show when={times().length > 0}>
        <p class="my-2">{t.instead}</p>
        <p class="flex flex-wrap gap-2">
          <For each={times()}>
            {({ from, until }) => (
              <Button size="lg" onClick={() => props.onTime(from)}>
                {clockRange(from, until, props.zone)}
              </Button>
            )}
          </For>
        </p>
      </Show>
    </Note>
  );
}
