import type { BookingQuote, Quota, ResourceView } from "@yihao/booking/model";
import { creditKindOf } from "@yihao/booking/price";
import { monthOf, plusDays } from "@yihao/kernel/days";
import { For, Show } from "solid-js";
import { dayProse, hours, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { type Cause, penaltiesDue, penaltiesText, usePenalties } from "../../penalties.ts";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { creditParts } from "./price-text.ts";
import { quotaText } from "./refusal-words.ts";
import { bookingWords, cancelTerms } from "./words.ts";

/** What is chosen, priced: each line, what plan and packs pay of it, and the terms. */
export function Priced(props: {
  quote: BookingQuote;
  resource: ResourceView | undefined;
  staff: boolean;
  companyName?: string | undefined;
  space: string;
  company: string | undefined;
}) {
  const t = bookingWords();
  const price = () => props.quote.quote;
  const code = () => props.resource?.name ?? "";
  const lines = () => [
    ...price().lines.map((line) => ({
      label: line.text ? `${code() || t.quoteLine[line.service]} · ${line.text}` : code() || t.quoteLine[line.service],
      how:
        line.per === "hour"
          ? t.hoursTimes(hours(line.quantity), money(line.unitMinor))
          : t.daysTimes(line.quantity, money(line.unitMinor)),
      minor: line.amountMinor,
    })),
    ...creditParts({ ...price(), packs: props.quote.packs?.filter(({ units }) => units > 0) }, t).map((part) => ({
      ...part,
      minor: 0,
    })),
  ];
  const days = () => props.resource !== undefined && creditKindOf(props.resource) === "desk-days";
  const packSay = ({ left, until }: { left: number; until: string }) =>
    t.packLeft(
      days() ? t.byDays(left) : t.hoursLong(hours(left)),
      dayProse(plusDays(until, -1), { weekday: false, year: until.slice(0, 4) !== props.quote.day.slice(0, 4) }),
    );
  const otherPrices = (day: string) => {
    const minor = props.quote.otherUnitMinor;
    const by = price().lines.some(({ per }) => per === "day") ? "day" : "hour";
    return minor === undefined ? t.otherPrices(dayProse(day)) : t.otherUnit(dayProse(day), money(minor), by);
  };
  const allowance = () => props.quote.allowance;
  const halves = (minutes: number) => Math.round(minutes / 30);
  const used = () => Math.max(0, allowance().grantedMinutes - allowance().leftMinutes);
  const quotaUse = ({ used, ...quota }: Quota & { used: number }) => {
    const already = quota.count === "minutes" ? t.hoursLong(hours(used)) : String(used);
    return t.quotaUsed(quotaText[lang() === "en" ? "en" : "zh"](quota, quota.most), already);
  };
  const say = () =>
    t.allowanceSay(hours(allowance().leftMinutes), hours(allowance().grantedMinutes), hours(price().allowanceMinutes));
  return (
    <div class="flex flex-col gap-3">
      <Show when={allowance().grantedMinutes > 0}>
        <div class="flex flex-col gap-1.5 border-b border-line pb-3">
          <p class="flex justify-between gap-3 text-xs text-fg-2">
            <span>{t.allowance}</span>
            <span class="tabular-nums">{say()}</span>
          </p>
          <Bricks
            total={Math.min(48, halves(allowance().grantedMinutes))}
            done={Math.min(48, halves(used()))}
            using={halves(price().allowanceMinutes)}
            label={say()}
          />
        </div>
      </Show>
      <Show when={allowance().grantedDays}>
        {(granted) => (
          <p class="flex justify-between gap-3 border-b border-line pb-3 text-xs text-fg-2">
            <span>{t.allowanceDays}</span>
            <span class="tabular-nums">
              {t.allowanceDaysSay(allowance().leftDays ?? 0, granted(), price().allowanceDays ?? 0)}
            </span>
          </p>
        )}
      </Show>
      <Show when={props.quote.packs}>
        {(packs) => (
          <ul class="flex flex-col gap-1 border-b border-line pb-3 text-xs text-fg-2" aria-label={t.packs}>
            <For each={packs()}>
              {(pack) => (
                <li class="flex justify-between gap-3">
                  <span class="min-w-0 truncate">{pack.name}</span>
                  <span class="tabular-nums">{packSay(pack)}</span>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <Show when={props.quote.quotas}>
        {(quotas) => (
          <ul class="flex flex-col gap-1 border-b border-line pb-3 text-xs text-fg-2" aria-label={t.quotas}>
            <For each={quotas()}>{(quota) => <li>{quotaUse(quota)}</li>}</For>
          </ul>
        )}
      </Show>
      <h3 class="text-xs font-regular text-fg-3">{t.quote}</h3>
      <PriceLines lines={lines()} />
      <MoneyTotal
        minor={price().totalMinor}
        label={t.total}
        note={t.tax(money(price().taxMinor))}
        words={false}
        size="2xl"
      />
      <p class="text-xs text-fg-3">
        <Show when={price().totalMinor > 0}>{props.staff ? t.later(props.companyName ?? "") : t.laterOwn} </Show>
        {termsOf(props.resource, t)}
        <Show when={props.quote.otherFrom}>{(day) => <> {otherPrices(day())}</>}</Show>
        <PenaltyTerms space={props.space} company={props.company} day={props.quote.day} resource={props.resource} />
      </p>
    </div>
  );
}

/** What cancelling and not coming cost, as a sentence or two. */
function termsOf(resource: ResourceView | undefined, t: ReturnType<typeof bookingWords>): string {
  const minutes = resource?.noShowMinutes ?? resource?.area?.noShowMinutes ?? 0;
  const terms = cancelTerms(resource?.cancellation, t);
  if (minutes === 0) return terms;
  return `${terms} ${t.noShowTerms(minutes, resource?.cancellation?.percent ?? 100)}`;
}

/** What the company's tariff has besides for cancelling late and for not coming, where the place has terms for either. */
function PenaltyTerms(props: {
  space: string;
  company: string | undefined;
  day: string;
  resource: ResourceView | undefined;
}) {
  const t = bookingWords();
  const minutes = () => props.resource?.noShowMinutes ?? props.resource?.area?.noShowMinutes ?? 0;
  const month = () => monthOf(props.day);
  const causes = (): Cause[] => [
    ...(props.resource?.cancellation ? [{ on: "late-cancel", month: month(), quantity: 1 } as const] : []),
    ...(minutes() > 0 ? [{ on: "no-show", month: month(), quantity: 1 } as const] : []),
  ];
  const penalties = usePenalties(
    () => props.space,
    () => (causes().length > 0 ? props.company : undefined),
    () => [month()],
  );
  const due = () => penaltiesDue(penalties.data, causes());
  return <Show when={due().length > 0}> {t.penaltyTerms(penaltiesText(due()))}</Show>;
}
