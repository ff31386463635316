import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import { maySee } from "./owners.ts";
import type { Pallet, PalletView } from "./pallet-model.ts";
import { boxOf, palletKey, palletKind, palletList, palletOf } from "./pallet-store.ts";
import { readScan } from "./scan.ts";
import { listed, orderOf } from "./store.ts";

/** A pallet as it is shown. */
export const viewOf = ({ told: _told, ...pallet }: Stored<Pallet>): PalletView => pallet;

/** What a scanned label says: an SSCC, or a text as it is. Refused: `gs1.invalid`. */
export function codeOf(scope: Scope, scanned: string): Outcome<string> {
  const scan = readScan(scanned, Number(scope.now.slice(0, 4)));
  return scan.ok ? accept(scan.value.sscc ?? scan.value.text.toUpperCase()) : scan;
}

/** A pallet, for those who may see it. */
export async function readPallet(scope: Scope, id: string): Promise<Outcome<PalletView>> {
  const pallet = await palletOf(scope, id);
  return pallet && maySee(scope, pallet.company) ? accept(viewOf(pallet)) : refuse("missing");
}

/** The pallet that a scanned label names: its own, or the one that a carton of that label stands on; none is an empty list. Refused: `gs1.invalid`. */
async function palletsCoded(scope: Scope, scanned: string): Promise<Outcome<PalletView[]>> {
  const code = codeOf(scope, scanned);
  if (!code.ok) return code;
  const box = await boxOf(scope, code.value);
  const order = box && "order" in box ? await orderOf(scope, box.order) : undefined;
  const on = order?.cartons?.find((one) => box && "order" in box && one.number === box.number)?.pallet?.id;
  const id = box && "pallet" in box ? box.pallet : on;
  const pallet = id === undefined ? undefined : await palletOf(scope, id);
  return accept(pallet && maySee(scope, pallet.company) ? [viewOf(pallet)] : []);
}

/** Pallets, newest first: a company's own; for staff those of a company, all, or with `open` those that have not left. With `code` the one that a label names. */
export async function listPallets(
  scope: Scope,
  wish: {
    company?: string | undefined;
    open?: boolean | undefined;
    code?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Outcome<Page<PalletView>>> {
  const own = ownCompany(scope);
  if (own !== undefined && wish.company !== undefined && wish.company !== own) return refuse("missing");
  if (wish.code !== undefined) {
    const found = await palletsCoded(scope, wish.code);
    return found.ok ? accept({ items: found.value, next: null }) : found;
  }
  const of = own ?? wish.company ?? (wish.open ? "open" : "all");
  const page = await listed(scope, palletList(scope, of), palletKind, (id) => palletKey(scope, id), wish);
  return accept({ items: page.items.map(viewOf), next: page.next });
}
