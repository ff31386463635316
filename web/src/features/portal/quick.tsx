import { A } from "@solidjs/router";
import type { BookingFacts } from "@yihao/booking/decide";
import { openingDay } from "@yihao/booking/hours";
import type { Availability } from "@yihao/booking/model";
import { agreedOn } from "@yihao/pricing/agreed";
import type { AgreedPrice, RateCard } from "@yihao/pricing/model";
import { cardOn } from "@yihao/pricing/periods";
import { unitFor } from "@yihao/pricing/rates";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { clock, money } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { TextLink } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Reading } from "../../ui/reading.tsx";
import { type ResourceView, type SiteView, useAvailability, useCompany, type usePlaces, useRateCard } from "./data.ts";
import { isUnseen, Part, Quiet } from "./part.tsx";
import { entriesOf, freeSlots, isDeskFree, withCalendar } from "./slots.ts";
import { portalWords } from "./words.ts";

const roomsShown = 6;
const desksShown = 4;

/** Rooms with their next free hours and desks that are free, each a button to the booking page with that chosen. */
export function QuickBooking(props: {
  space: string;
  places: ReturnType<typeof usePlaces>;
  base: string;
  today: string;
  tomorrow: string;
  now: string;
}) {
  const t = portalWords();
  const [when, setWhen] = createSignal<"today" | "tomorrow">("today");
  const day = () => (when() === "today" ? props.today : props.tomorrow);
  const site = () => props.places.data?.sites[0];
  const active = createMemo(() =>
    (props.places.data?.resources ?? []).filter((one) => one.site === site()?.id && one.state === "active"),
  );
  const seen = useAvailability(
    () => props.space,
    () => site()?.id,
    day,
    () => active().length > 0,
  );
  const company = useCompany(() => props.space);
  const suspended = () => company.data?.suspended;
  return (
    <Show when={!isUnseen(props.places)}>
      <Part
        title={t.quick}
        actions={
          <Segmented
            bare
            small
            label={t.quick}
            options={[
              { value: "today", label: t.today },
              { value: "tomorrow", label: t.tomorrow },
            ]}
            bind={bound<"today" | "tomorrow">(when, setWhen)}
          />
        }
      >
        <Show when={!suspended()} fallback={<Suspended reason={suspended()?.reason ?? ""} />}>
          <Reading asked={props.places} failed={t.quickNotRead} rows={5}>
            {() => (
              <Show when={site() && active().length > 0 && site()} fallback={<Quiet>{t.noPlaces}</Quiet>}>
                {(here) => (
                  <Show
                    when={openingDay(here(), day())}
                    fallback={
                      <Quiet more={<TextLink href={`${props.base}/bookings`}>{t.otherTimes}</TextLink>}>
                        {t.closed}
                      </Quiet>
                    }
                  >
                    <Reading asked={seen} failed={t.quickNotRead} rows={5}>
                      {(sheets) => (
                        <Free
                          space={props.space}
                          site={here()}
                          active={active()}
                          seen={sheets()}
                          company={{ state: company.data?.state ?? "active" }}
                          agreed={company.data?.prices}
                          when={when()}
                          day={day()}
                          now={props.now}
                          base={props.base}
                        />
                      )}
                    </Reading>
                  </Show>
                )}
              </Show>
            )}
          </Reading>
        </Show>
      </Part>
    </Show>
  );
}

function Suspended(props: { reason: string }) {
  const t = portalWords();
  return (
    <div class="p-4">
      <Note tone="warn" title={t.suspended}>
        {t.suspendedSay(props.reason)}
      </Note>
    </div>
  );
}

function Free(props: {
  space: string;
  site: SiteView;
  active: readonly ResourceView[];
  seen: Availability;
  company: BookingFacts["company"];
  agreed: readonly AgreedPrice[] | undefined;
  when: "today" | "tomorrow";
  day: string;
  now: string;
  base: string;
}) {
  const t = portalWords();
  const card = useRateCard(() => props.space);
  const thing = (kind: "room" | "desk", resource: string) => ({
    ...{ kind, resource },
    agreed: agreedOn(props.agreed, kind, props.day),
  });
  const holding = () => (card.data ? cardOn(card.data as RateCard, props.day) : undefined);
  const facts = (one: ResourceView): BookingFacts => ({
    resource: withCalendar(one, props.site),
    company: props.company,
  });
  const rooms = createMemo(() =>
    props.active
      .filter(({ kind }) => kind === "room")
      .slice(0, roomsShown)
      .map((room) => ({ room, slots: freeSlots(facts(room), props.day, entriesOf(props.seen, room.id), props.now) })),
  );
  const desks = createMemo(() =>
    props.active.filter(
      (one) => one.kind === "desk" && isDeskFree(facts(one), props.day, entriesOf(props.seen, one.id), props.now),
    ),
  );
  const dayWord = () => (props.when === "today" ? t.today : t.tomorrow);
  const to = (one: ResourceView, span?: { from: string; until: string }) => {
    const query = new URLSearchParams({ resource: one.id, day: props.day, ...(span ?? {}) });
    return `${props.base}/bookings?${query}`;
  };
  const hourly = (room: ResourceView) => {
    const minor = holding() && unitFor(holding() as RateCard, thing("room", room.id), "hourMinor");
    return minor === undefined ? "" : ` · ${t.perHour(short(minor))}`;
  };
  const daily = () => {
    const minor = holding() && unitFor(holding() as RateCard, thing("desk", ""), "dayMinor");
    return minor === undefined ? "" : ` · ${t.perDay(short(minor))}`;
  };
  return (
    <ul>
      <For each={rooms()}>
        {({ room, slots }) => (
          <Row name={room.name} note={t.seats(room.capacity) + hourly(room)}>
            <For each={slots} fallback={<span class="text-xs text-fg-2">{t.full[props.when]}</span>}>
              {(slot) => (
                <A class="y-slot" href={to(room, slot)}>
                  <span class="y-hidden">{t.bookAt(room.name, dayWord())}</span>
                  {clock(slot.from, props.site.zone)}
                </A>
              )}
            </For>
          </Row>
        )}
      </For>
      <Show when={props.active.some(({ kind }) => kind === "desk")}>
        <Row name={t.desks} note={t.freeDesks(desks().length) + daily()}>
          <For
            each={desks().slice(0, desksShown)}
            fallback={<span class="text-xs text-fg-2">{t.full[props.when]}</span>}
          >
            {(desk) => (
              <A class="y-slot" href={to(desk)}>
                <span class="y-hidden">{t.bookAt(t.desks, dayWord())}</span>
                {desk.code}
              </A>
            )}
          </For>
        </Row>
      </Show>
      <li>
        <Quiet>
          <TextLink href={`${props.base}/bookings`}>{t.otherTimes}</TextLink>
        </Quiet>
      </li>
    </ul>
  );
}

const short = (minor: number) => money(minor).replace(/\.00$/, "");

function Row(props: { name: string; note: string; children: JSX.Element }) {
  return (
    <li class="flex flex-col gap-2 border-b border-line px-4 py-3">
      <p class="flex items-baseline gap-2">
        <span class="min-w-0 flex-1 truncate">{props.name}</span>
        <span class="text-xs text-fg-2">{props.note}</span>
      </p>
      <div class="flex flex-wrap items-center gap-2">{props.children}</div>
    </li>
  );
}
