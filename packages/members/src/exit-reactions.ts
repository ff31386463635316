import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Write } from "@yihao/table/write";
import { today } from "./days.ts";
import { askAgain } from "./exit-actions.ts";
import type { ExitDebts, ExitGoods } from "./exit-model.ts";
import { exitKey, exitOf, exitRow, noExitRow } from "./exit-store.ts";
import { goodsLetter } from "./letters.ts";
import { mailingAll, senderOf } from "./post.ts";
import { companyOf } from "./store.ts";

/** Writes down on a company's exit list what a room answered, unless a later answer stands there already. */
async function writeDown(
  scope: Scope,
  told: { company: string; exit: string; ask: number },
  set: Record<string, unknown>,
  asked: "goodsAsk" | "debtsAsk",
  more: readonly Write[] = [],
): Promise<void> {
  const update: Write = {
    do: "update",
    key: exitKey(scope, told.company),
    set: { ...set, [asked]: told.ask },
    when: [
      ["id", "=", told.exit],
      [asked, "absent-or", "<", told.ask],
    ],
    tag: "exit",
  };
  await commit(scope, [update, ...more], { answer: null });
}

/**
 * Hears what goods a company has in store. When the day has come on which goods that were left behind count as abandoned (弃货), and there are some, it
 * tells so, once; when none are left any more they leave the list of what is to be done.
 */
export async function hearGoods(scope: Scope, data: ExitGoods): Promise<void> {
  const company = data.company as CompanyId;
  const { units, products } = data;
  const list = await exitOf(scope, company);
  const due = list?.state === "done" && list.abandonOn !== undefined && list.abandonOn <= (await today(scope));
  const on = list?.abandonOn ?? "";
  const first = due && units > 0 && !list.abandonedAt;
  const row = { company, on, what: "goods" as const };
  const more: Write[] = [
    ...(first ? [happened(scope, "goods.abandoned", company, { company, exit: data.exit, units })] : []),
    ...(first ? [exitRow(scope, { ...row, reason: String(units) })] : []),
    ...(due && units === 0 ? [noExitRow(scope, row)] : []),
  ];
  const goods = { units, products, at: scope.now };
  await writeDown(scope, data, { goods, ...(first ? { abandonedAt: scope.now } : {}) }, "goodsAsk", more);
}

/** Hears what a company owes and what is held of it. */
export async function hearDebts(scope: Scope, data: ExitDebts): Promise<void> {
  const { owedMinor, unbilledMinor, creditMinor, depositMinor } = data;
  const debts = { owedMinor, unbilledMinor, creditMinor, depositMinor, at: scope.now };
  await writeDown(scope, data, { debts }, "debtsAsk");
}

/** Asks again when goods or money of a company moved while its exit is under way, or while goods of it still wait. */
export async function askOnMove(scope: Scope, company: CompanyId): Promise<void> {
  const list = await exitOf(scope, company);
  if (!list || list.state === "stopped" || (list.state === "done" && !list.abandonOn)) return;
  await askAgain(scope, company);
}

/** Writes to a company that left goods behind until when they wait, unless they are gone or it came back. */
export async function writeOfGoods(scope: Scope, company: CompanyId, abandonOn: string): Promise<void> {
  const [owner, list] = await Promise.all([companyOf(scope, company), exitOf(scope, company)]);
  if (owner?.state !== "left" || !owner.contactEmail || list?.state !== "done") return;
  const units = list.goods?.units ?? 0;
  if (units === 0 || list.abandonOn !== abandonOn) return;
  const letter = goodsLetter(owner.contactEmail, await senderOf(scope), {
    company: owner.name,
    units,
    until: abandonOn,
  });
  await commit(scope, mailingAll(scope, [letter]), { answer: null });
}

/** The day has come on which goods that were left behind count as abandoned: what is there now is asked for once more, and the answer decides. */
export async function abandonGoods(scope: Scope, company: CompanyId, abandonOn: string): Promise<void> {
  const list = await exitOf(scope, company);
  if (list?.state === "done" && list.abandonOn === abandonOn) await askAgain(scope, company);
}
