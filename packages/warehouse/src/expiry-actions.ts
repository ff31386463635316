import type { Scope } from "@yihao/kernel/scope";
import { balancesOf, planTransfers, stillStands } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Update } from "@yihao/table/write";
import { placeBook, placeOf, skuOf } from "./books.ts";
import { lotKey, lotOf } from "./lot-store.ts";
import type { ProductId } from "./model.ts";
import { planTakeBack } from "./take-back.ts";

const tries = 20;
/** Tries after which what is missing is taken to be promised to nobody: an order placed a moment ago is not on the list yet. */
const listTries = 5;
/** Commits at most: each takes goods back from as many orders as fit into one. */
const mostSteps = 500;
/** Places of a lot at most whose goods must still lie there when they are held: with the orders of `planTakeBack` one commit takes no more. */
const mostPlaces = 30;

/**
 * A lot is past its day (过期): what lies of it is held and promised to nobody; where that is more than what is free, the newest orders
 * become back-ordered, in as many commits as it takes. What is packed already leaves with its order, or is held once that is cancelled. Done again it changes nothing.
 */
export async function holdExpired(scope: Scope, product: ProductId, number: string): Promise<void> {
  let lost = 0;
  for (let steps = 0; steps < mostSteps && lost < tries; steps += 1) {
    const lot = await lotOf(scope, product, number, true);
    if (!lot || lot.expired || lot.until === undefined || lot.until > scope.now) return;
    const { company, holding = 0 } = lot;
    const book = placeBook(company, product);
    const lying = (await balancesOf(scope, book, { consistent: true })).filter(({ account, unit }) => {
      const place = placeOf(account)?.place;
      return unit === skuOf(product, number) && (place === "bin" || place === "receiving");
    });
    const all = lying.reduce((sum, { available, held }) => sum + available + held, 0);
    const units = Math.max(0, all - holding);
    const document = `lot_${number}`;
    const taken = await planTakeBack(scope, { company, product, units, to: "held", document });
    if (taken.left > 0 && !taken.more && lost < listTries) {
      lost += 1;
      await giveWay(scope, lost);
      continue;
    }
    const step = stepOf(scope, `held ${holding} ${steps}`);
    const plan = planTransfers(step, taken.entries);
    const expired: Update = {
      ...{ do: "update", key: lotKey(scope, product, number) },
      when: [
        ["expired", "absent"],
        ["holding", "absent-or", "=", holding],
      ],
      ...(taken.more
        ? { set: { holding: holding + units - taken.left } }
        : { set: { expired: true }, remove: ["holding"] }),
    };
    // What is picked or sent away this very moment is held by who does it, and not once more.
    const still = lying.slice(0, mostPlaces).map((one) => stillStands(scope, book, one, "still"));
    const writes = [...plan.writes, ...taken.writes, ...still, expired];
    const outcome = await commit(step, writes, { answer: null });
    if (outcome.done && !taken.more) return;
    lost = outcome.done ? 0 : lost + 1;
    if (!outcome.done) await giveWay(scope, lost);
  }
  throw new Error(`lot ${number} of ${product} keeps changing`);
}
