import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { claim, unclaim } from "@yihao/table/unique";
import { readSgtin, sgtinOf } from "./epc.ts";
import { gtin14 } from "./gtin.ts";
import { lotKey, lotOf } from "./lot-store.ts";
import type { ProductId } from "./model.ts";
import { goodsSettingsOf } from "./pack-store.ts";
import { readProduct } from "./product-actions.ts";
import type { SerialView } from "./product-model.ts";

/** One piece by its serial number (序列号): whether it is here, the EPC that is made of its GTIN and number, and the one that its tag bears. Refused: `missing`. */
export async function readSerial(scope: Scope, id: ProductId, serial: string): Promise<Outcome<SerialView>> {
  const found = await readProduct(scope, id);
  if (!found.ok) return found;
  const [lot, settings] = await Promise.all([lotOf(scope, id, serial, true), goodsSettingsOf(scope)]);
  if (found.value.track !== "serial" || !lot) return refuse("missing");
  const { gtin } = found.value;
  const sgtin = gtin === undefined ? undefined : sgtinOf(gtin, serial, settings?.gs1Prefix ?? undefined);
  return accept({
    ...{ product: id, serial, since: lot.since, here: lot.here === true, rev: lot.rev },
    ...(lot.expiry === undefined ? {} : { expiry: lot.expiry }),
    ...(sgtin === undefined ? {} : { sgtin }),
    ...(lot.epc === undefined ? {} : { epc: lot.epc }),
  });
}

/**
 * Writes down the EPC that the tag of a piece bears, or that it bears none. A tag may have a number of its own, but it is of this product. Refused: `missing`, `stale`, `epc.invalid` when it is no SGTIN, `epc.other` when
 * it is another product's, `epc.taken` when another piece of the space has it.
 */
export async function writeEpc(
  scope: Scope,
  id: ProductId,
  serial: string,
  rev: number,
  epc: string | null,
): Promise<Outcome<SerialView>> {
  const before = await readSerial(scope, id, serial);
  if (!before.ok) return before;
  const product = await readProduct(scope, id);
  if (!product.ok) return product;
  if (epc !== null) {
    const said = readSgtin(epc);
    if (!said) return refuse("epc.invalid", { epc });
    const { gtin } = product.value;
    if (gtin === undefined || gtin14(gtin) !== said.gtin) return refuse("epc.other", { epc, gtin: said.gtin });
  }
  const owner = `${id}/${serial}`;
  const had = before.value.epc;
  const { epc: _had, ...rest } = before.value;
  const answer: SerialView = { ...rest, ...(epc === null ? {} : { epc }), rev: rev + 1 };
  const same = had === (epc ?? undefined);
  const outcome = await commit(
    scope,
    [
      {
        ...{ do: "update", key: lotKey(scope, id, serial), tag: "stale", remove: epc === null ? ["epc"] : [] },
        set: { rev: rev + 1, ...(epc === null ? {} : { epc }) },
        // A lot as it came in has no revision yet: it is read as the first.
        when: [["rev", "absent-or", "=", rev]],
      },
      ...(had === undefined || same ? [] : [unclaim(scope, "epc", had, owner)]),
      ...(epc === null || same ? [] : [claim(scope, "epc", epc, owner)]),
    ],
    { answer },
  );
  if (outcome.done) return accept(outcome.answer);
  if (outcome.lost.stale !== undefined) return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
  return refuse("epc.taken", { epc });
}
