import { type Day, daysOfMonth, type Month, plusMonths } from "@yihao/kernel/days";
import { timesRatio } from "@yihao/kernel/money";
import type { ForecastMonth, Move, Mover, MrrMonth, Recurring, RecurringPhase } from "./stream-model.ts";

type Stretch = { readonly from: Day; readonly until?: Day | undefined };
const holds = ({ from, until }: Stretch, day: Day) => from <= day && (until === undefined || day < until);
const rests = (phase: RecurringPhase, day: Day) => phase.pauses.some((pause) => holds(pause, day));

/** What phases bring a month on a day, in fen; nothing of those that rest then. */
export function monthlyOn(phases: readonly RecurringPhase[], day: Day): number {
  return phases.reduce((sum, one) => (holds(one, day) && !rests(one, day) ? sum + one.monthlyMinor : sum), 0);
}

const all = ({ plans, rents }: Recurring) => [...plans, ...rents];

/** The day on which a month is looked at: its last, or today while it runs. */
export function closingDay(month: Month, today: Day): Day {
  const last = daysOfMonth(month).at(-1) ?? today;
  return last < today ? last : today;
}

/** Whether phases brought anything on some day up to and with one. */
function brought(phases: readonly RecurringPhase[], through: Day): boolean {
  return phases.some((one) => {
    if (one.monthlyMinor === 0) return false;
    // It begins to bring on its first day, or on the day after a pause that covers it.
    const days = [one.from, ...one.pauses.flatMap(({ until }) => until ?? [])];
    return days.some((day) => day <= through && holds(one, day) && !rests(one, day));
  });
}

/**
 * How a company's monthly revenue changed over a month: `new` when it brought nothing before ever, `reactivation` (回归) when it did but not at the last month's end, `churn` (流失) when it brings
 * nothing at this one's, a pause included; otherwise `expansion` or `contraction`. Undefined when it is the same.
 */
export function moveOf(one: Recurring, month: Month, today: Day): Mover | undefined {
  const before = closingDay(plusMonths(month, -1), today);
  const phases = all(one);
  const [beforeMinor, afterMinor] = [monthlyOn(phases, before), monthlyOn(phases, closingDay(month, today))];
  if (beforeMinor === afterMinor) return undefined;
  const kind = (): Move => {
    if (afterMinor === 0) return "churn";
    if (beforeMinor === 0) return brought(phases, before) ? "reactivation" : "new";
    return afterMinor > beforeMinor ? "expansion" : "contraction";
  };
  return { company: one.company, name: one.name, move: kind(), beforeMinor, afterMinor };
}

/** The monthly recurring revenue of companies over a month (MRR), from what their plans and rents really went through. */
export function mrrOf(companies: readonly Recurring[], month: Month, today: Day): MrrMonth {
  const before = closingDay(plusMonths(month, -1), today);
  const end = closingDay(month, today);
  const moves: Record<Move, number> = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0 };
  let [startMinor, endMinor, count] = [0, 0, 0];
  for (const one of companies) {
    const brings = monthlyOn(all(one), end);
    startMinor += monthlyOn(all(one), before);
    endMinor += brings;
    if (brings > 0) count += 1;
    const mover = moveOf(one, month, today);
    if (mover) moves[mover.move] += Math.abs(mover.afterMinor - mover.beforeMinor);
  }
  return { month, startMinor, endMinor, moves, companies: count };
}

/** What a phase costs in a month: its days that do not rest, each stretch the difference of what is due up to its two ends, half-up there, as it will be charged. */
export function dueIn(phase: RecurringPhase, month: Month): number {
  const days = daysOfMonth(month);
  const runs = days.map((day) => holds(phase, day) && !rests(phase, day));
  const due = (count: number) => timesRatio(phase.monthlyMinor, count, days.length);
  let sum = 0;
  for (let at = 0; at < days.length; at += 1)
    if (runs[at] && !runs[at - 1]) {
      let end = at;
      while (runs[end]) end += 1;
      sum += due(end) - due(at);
    }
  return sum;
}

/** What plans and rents will bring in a month as they stand (预测). */
export function forecastOf(companies: readonly Recurring[], month: Month): ForecastMonth {
  const sum = (phases: (one: Recurring) => readonly RecurringPhase[]) =>
    companies.reduce((total, one) => total + phases(one).reduce((part, phase) => part + dueIn(phase, month), 0), 0);
  return { month, plansMinor: sum(({ plans }) => plans), rentsMinor: sum(({ rents }) => rents) };
}
