import type { Agreement } from "./agreement-model.ts";
import { type ExitItem, type ExitLine, type ExitList, exitItems, handItems, selfItems } from "./exit-model.ts";
import type { Company } from "./model.ts";

const isSelf = (item: ExitItem) => (selfItems as readonly string[]).includes(item);

type Read = Pick<ExitLine, "state" | "count" | "minor">;

/** How an item stands by what is known, before anybody waived it. */
function read(item: ExitItem, list: ExitList, company: Company, agreements: readonly Agreement[]): Read {
  const { goods, debts, on } = list;
  switch (item) {
    case "goods":
      return goods ? { state: goods.units === 0 ? "clear" : "open", count: goods.units } : { state: "waiting" };
    case "debts": {
      if (!debts) return { state: "waiting" };
      const minor = debts.owedMinor + debts.unbilledMinor;
      return { state: minor <= 0 ? "clear" : "open", minor };
    }
    case "deposit": {
      if (!debts) return { state: "waiting" };
      const minor = debts.depositMinor + debts.creditMinor;
      return { state: minor === 0 ? "clear" : "open", minor };
    }
    case "agreements": {
      const running = agreements.filter(
        ({ state, until }) => state === "running" && (until === undefined || until > on),
      );
      return { state: running.length === 0 ? "clear" : "open", count: running.length };
    }
    case "plan": {
      const plans = [company.subscription, company.next].filter(
        (plan) => plan !== undefined && (plan.until === undefined || plan.until > on),
      );
      return { state: plans.length === 0 ? "clear" : "open", count: plans.length };
    }
    default:
      return { state: list.marks?.[item]?.how === "done" ? "done" : "open" };
  }
}

/** The lines of an exit list (退驻清单) as they stand. A team has no registered address to move. */
export function exitLines(list: ExitList, company: Company, agreements: readonly Agreement[]): ExitLine[] {
  return exitItems
    .filter((item) => item !== "address" || company.kind === "company")
    .map((item) => {
      const mark = list.marks?.[item];
      const now = read(item, list, company, agreements);
      const waived = mark?.how === "waived" && now.state !== "clear";
      return {
        item,
        self: isSelf(item),
        ...now,
        ...(waived ? { state: "waived" as const } : {}),
        ...(mark ? { mark } : {}),
      };
    });
}

/** The items that keep a company from leaving. */
export const openItems = (lines: readonly ExitLine[]): ExitItem[] =>
  lines.filter(({ state }) => state === "open" || state === "waiting").map(({ item }) => item);

/** Whether an item may be ticked by hand: what reads itself may only be waived. */
export const mayTick = (item: ExitItem): boolean => (handItems as readonly string[]).includes(item);
