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
/** Places of a lot at most whose goods must still lie there when they are held: one commit takes no more. */
const mostPlaces = 40;

/**
 * A lot is past its day (过期): what lies of it is held and promised to nobody; where that is more than what is free, the newest orders
 * become back-ordered. What is packed already leaves with its order. Done again it changes nothing.
 */
export async function holdExpired(scope: Scope, product: ProductId, number: string): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const lot = await lotOf(scope, product, number, true);
    if (!lot || lot.expired || lot.until === undefined || lot.until > scope.now) return;
    const { company } = lot;
    const book = placeBook(company, product);
    const lying = (await balancesOf(scope, book, { consistent: true })).filter(({ account, unit }) => {
      const place = placeOf(account)?.place;
      return unit === skuOf(product, number) && (place === "bin" || place === "receiving");
    });
    const units = lying.reduce((sum, { available, held }) => sum + available + held, 0);
    const document = `lot_${number}`;
    const taken = await planTakeBack(scope, { company, product, units, to: "held", document });
    // An order placed a moment ago is not on the list yet.
    if (taken.left > 0 && attempt < 5) {
      await giveWay(scope, attempt + 1);
      continue;
    }
    const plan = planTransfers(scope, taken.entries);
    const expired: Update = {
      do: "update",
      key: lotKey(scope, product, number),
      set: { expired: true },
      when: [["expired", "absent"]],
    };
    // What is picked or sent away this very moment is held by who does it, and not once more.
    const still = lying.slice(0, mostPlaces).map((one) => stillStands(scope, book, one, "still"));
    const outcome = await commit(
      stepOf(scope, `held ${attempt}`),
      [...plan.writes, ...taken.writes, ...still, expired],
      { answer: null },
    );
    if (outcome.done) return;
    await giveWay(scope, attempt + 1);
  }
  throw new Error(`lot ${number} of ${product} keeps changing`);
}
