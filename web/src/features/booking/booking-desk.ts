import { decideBooking } from "@yihao/booking/decide";
import {
  type Alternatives,
  type BookingQuote,
  bookedBy,
  type ResourceId,
  type ResourceView,
  type Wish,
} from "@yihao/booking/model";
import type { Training } from "@yihao/booking/training";
import { instantOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { createMemo, createSignal } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockOfMinute, clockRange, dayProse } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { toast } from "../../ui/toast.tsx";
import { book, keepQuote, useNow, useQuote } from "./data.ts";
import { requestWords } from "./request-words.ts";
import { createSeriesDesk } from "./series-panel.tsx";
import { asResource, type SiteView } from "./view.ts";
import { bookingWords } from "./words.ts";

/** What is chosen on the screen: a place, a day and, for rooms, local minutes of it. */
export type Choice = {
  readonly resource: ResourceView | undefined;
  readonly day: string;
  readonly minutes: { readonly from: number; readonly until: number } | undefined;
};

/** Who has what was chosen, and what else there is. */
export type Taken = { by?: { company: string }; alternatives: Alternatives; let: boolean };

/**
 * From a choice to a booking: the rule is tried at once here, the server prices it, and the booking carries that price. A refusal keeps all that
 * was chosen; what was taken offers other times and places, each of which is priced again.
 */
export function createBookingDesk(props: {
  space: string;
  site: SiteView | undefined;
  choice: Choice;
  /** Staff name the company; nothing in the portal, where it is one's own. */
  company?: { id: CompanyId; name: string } | undefined;
  staff: boolean;
  /** The person's own training records; left out for staff, and until they are read. */
  trainings?: readonly Pick<Training, "resource" | "until">[] | undefined;
  onTime: (minutes: { from: number; until: number }) => void;
  onPlace: (resource: ResourceId) => void;
  onBooked: () => void;
}) {
  const t = bookingWords();
  const r = requestWords();
  const now = useNow();
  const series = createSeriesDesk(props);
  const wish = createMemo((): Wish | undefined => {
    const { resource, day, minutes } = props.choice;
    const site = props.site;
    if (!resource || !site || (props.staff && !props.company)) return undefined;
    const target = { resource: resource.id, ...(props.company ? { company: props.company.id } : {}) };
    if (bookedBy(resource) === "day") return { ...target, day };
    if (!minutes) return undefined;
    const at = (minute: number) => instantOf(day, clockOfMinute(minute), site.zone);
    return { ...target, from: at(minutes.from), until: at(minutes.until) };
  });
  const decided = createMemo(() => {
    const asked = wish();
    const { resource } = props.choice;
    if (!asked || !resource || !props.site) return undefined;
    // Who may book hangs on the company, which the server knows; what hangs on the person is decided here once it is read.
    const { who: _who, area: { who: _area, ...area } = {}, ...ruled } = asResource(props.site, resource);
    const trainings = props.trainings;
    const booker = props.staff ? { staff: true, trainings: [] } : trainings && { staff: false, trainings };
    const facts = {
      resource: { ...ruled, area },
      company: { state: "active" as const },
      ...(booker ? { booker } : {}),
    };
    return decideBooking(facts, asked, now());
  });
  /** What is let is asked of the server too: it knows what else there is. */
  const allowed = () => {
    const now = decided();
    return !series.on() && now && (now.ok || now.refusal.code === "booking.let") ? wish() : undefined;
  };
  const quote = useQuote(() => props.space, allowed);
  const key = () => JSON.stringify(wish());
  const [refused, setRefused] = createSignal<{ key: string; problem: Problem } | undefined>();
  const [busy, setBusy] = createSignal(false);
  const intent = createMemo(
    () => [key(), quote.data?.quote.totalMinor, quote.data?.quote.allowanceMinutes, newIntent()] as const,
  );
  const refusal = (): Problem | undefined => {
    const mine = refused();
    if (mine && mine.key === key()) return mine.problem;
    return allowed() && quote.error instanceof Problem ? quote.error : undefined;
  };
  const taken = (): Taken | undefined => {
    const problem = refusal();
    const lost = problem?.code === "booking.taken" || problem?.code === "booking.let";
    return lost ? ({ ...problem.params, let: problem.code === "booking.let" } as unknown as Taken) : undefined;
  };
  const when = (from: string, until: string) =>
    props.choice.resource && bookedBy(props.choice.resource) === "day"
      ? `${dayProse(props.choice.day)} ${t.wholeDay}`
      : clockRange(from, until, props.site?.zone ?? "UTC");
  const confirm = async () => {
    const asked = allowed();
    const priced = quote.data;
    if (!asked || !priced || busy() || taken()) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const made = await book(props.space, asked, priced, intent()[3]);
      const at = when(made.from, made.until);
      toast({ text: made.state === "tentative" ? r.asked(made.code, at) : t.booked(made.code, at) });
      props.onBooked();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ code: "client.fault", status: 0 });
      const fresh = problem.params.quote as BookingQuote | undefined;
      if (problem.code === "price-changed" && fresh) keepQuote(props.space, asked, fresh);
      setRefused({ key: key(), problem });
    } finally {
      setBusy(false);
    }
  };
  const take = (option: string) => {
    const found = taken();
    const [kind, id] = option.split(" ") as [string, string];
    setRefused(undefined);
    if (kind === "place") return props.onPlace(id as ResourceId);
    const time = found?.alternatives.times.find(({ from }) => from === id);
    const zone = props.site?.zone ?? "UTC";
    const minute = (text: string) => {
      const [hour = 0, rest = 0] = clock(text, zone).split(":").map(Number);
      return hour * 60 + rest;
    };
    if (time) props.onTime({ from: minute(time.from), until: minute(time.until) || 1440 });
  };
  const readyOnce = () => allowed() !== undefined && quote.data !== undefined && !quote.isPlaceholderData && !taken();
  /** Of a series the whole is priced, checked and booked instead. */
  const ready = () => (series.on() ? series.ready() : readyOnce());
  const confirmWhole = () => (series.on() ? series.confirm() : confirm());
  const working = () => busy() || series.busy();
  /** Until when staff would answer what is chosen, where they approve first. */
  const approval = () => {
    if (series.on()) return series.ready() ? series.quote.data?.approval?.until : undefined;
    return readyOnce() ? quote.data?.approval?.until : undefined;
  };
  const space = () => props.space;
  return {
    space,
    approval,
    wish,
    decided,
    quote,
    refusal,
    taken,
    busy: working,
    confirm: confirmWhole,
    take,
    ready,
    when,
    series,
  };
}

export type BookingDesk = ReturnType<typeof createBookingDesk>;
