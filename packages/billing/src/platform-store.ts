import type { Month } from "@yihao/kernel/days";
import type { AnyScope, PlatformScope, Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, queryAll } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import type { MethodId } from "./method-model.ts";
import type { PaymentId } from "./model.ts";
import type { PlatformBill, PlatformBillRow } from "./platform-model.ts";

/*
 * What spaces owe for the platform itself. Bills and their payments lie with the space; a request inside a space touches nothing else. The platform's own list is written by the clock that draws and the
 * provider's webhook, its rows name their space and move and end with it.
 *
 * | item            | key                                     | written by                           | units | size   |
 * |-----------------|-----------------------------------------|--------------------------------------|-------|--------|
 * | platform's bill | `platform-bills`, `<month>`             | drawing, asking for a page, its news, its timer | 2 | 0.3–1 kB |
 * | its payment     | `platform-pays`, `<payment>`            | asking for a page, its news          | 2     | 0.8 kB |
 * | row             | `platform#bills#<month>`, `<space>`     | drawing, news of its payment         | 2     | 0.3 kB |
 * | series          | `platform#series`, `platform#<year>`    | drawing                              | 2     | 0.1 kB |
 * | asked fapiao    | `platform#fapiao`, `<at>#<space>#<month>` | hearing that one was asked for; its next step | 2 | 0.1 kB |
 * | mark            | `platform#billed`, `-`                  | once a month's last bill is drawn    | 2     | 0.1 kB |
 */

/** A bill as kept, with the payment that was asked for last and the space's name when it was drawn. */
export type KeptBill = PlatformBill & { readonly asked?: PaymentId; readonly name?: string };
export const platformBillKind = kindOf<KeptBill>("platformbill");
const bills = (scope: Scope) => partition(scope, "platform-bills");
export const platformBillKey = (scope: Scope, month: Month): Key => keyIn(bills(scope), month);

/** A hosted page for a bill: what it was asked for with, since the provider gives the same page only for the same wish. Or a charge of the saved method that is `collected` by, without a page. */
export type PlatformPay = {
  readonly id: PaymentId;
  readonly month: Month;
  readonly state: "asked" | "open" | "received" | "failed";
  readonly amountMinor: number;
  readonly language: "zh" | "en";
  readonly provider: string;
  readonly session?: string;
  readonly url?: string;
  readonly expiresAt?: string;
  readonly intent?: string;
  readonly collected?: MethodId;
  readonly at: string;
  readonly by: string;
};
export const platformPayKind = kindOf<PlatformPay>("platformpay");
export const platformPayKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "platform-pays"), id);

const rowKind = kindOf<PlatformBillRow>("platformrow");
const rows = (scope: PlatformScope, month: Month) => partition(scope, "bills", month);
const markKind = kindOf<{ readonly month: Month }>("platformbilled");
const markKey = (scope: PlatformScope): Key => keyIn(partition(scope, "billed"));

/** The platform's part of a step that a space's own system does; no request inside a space gets there. */
export const ofPlatform = (scope: AnyScope): PlatformScope => ({ ...scope, space: "platform" });

const shown = ({ asked: _, ...bill }: KeptBill & { rev?: number }): PlatformBill & { name?: string } => {
  const { rev: _rev, ...plain } = bill;
  return plain;
};

/** The row of a bill in the platform's list, as the bill stands. */
export const rowWrite = (scope: Scope, bill: KeptBill): Write =>
  overwrite(keyIn(rows(ofPlatform(scope), bill.month), scope.space), rowKind, { ...shown(bill), space: scope.space });

/** A space's bill of a month. One unit. */
export const platformBillOf = (scope: Scope, month: Month): Promise<Stored<KeptBill> | undefined> =>
  get(scope, platformBillKind, platformBillKey(scope, month));

/** A space's bills, the newest first. */
export async function platformBillsOf(scope: Scope): Promise<PlatformBill[]> {
  const all = await queryAll(scope, platformBillKind, bills(scope), { consistent: true });
  return all
    .map((bill) => {
      const { name: _, ...plain } = shown(bill);
      return plain;
    })
    .reverse();
}

export const platformPayOf = (scope: Scope, id: string): Promise<Stored<PlatformPay> | undefined> =>
  get(scope, platformPayKind, platformPayKey(scope, id));

/** Every space's bill of a month, by number. */
export async function platformRows(scope: PlatformScope, month: Month): Promise<PlatformBillRow[]> {
  const found = await queryAll(scope, rowKind, rows(scope, month), { consistent: true });
  return found.map(({ rev: _, ...row }) => row).sort((one, other) => (one.number < other.number ? -1 : 1));
}

/** The last month whose bills are all drawn. One unit. */
export const billedMonth = async (scope: PlatformScope): Promise<Month | undefined> =>
  (await get(scope, markKind, markKey(scope)))?.month;
export const markWrite = (scope: PlatformScope, month: Month): Write => overwrite(markKey(scope), markKind, { month });

type AskedRow = { readonly space: string; readonly month: Month };
const askedKind = kindOf<AskedRow>("platformfpq");
const askedKey = (scope: AnyScope, space: string, { at, month }: AskedAt): Key =>
  keyIn(partition(ofPlatform(scope), "fapiao"), at, space, month);
type AskedAt = { readonly at: string; readonly month: Month };

/** The platform's list of fapiao that wait: one comes in when it is heard of, and goes with its next step. */
export const askedWrite = (scope: Scope, of: AskedAt): Write =>
  overwrite(askedKey(scope, scope.space, of), askedKind, { space: scope.space, month: of.month });
export const unaskedWrite = (scope: Scope, of: AskedAt): Write => ({
  do: "delete",
  key: askedKey(scope, scope.space, of),
});

/** The rows of bills whose fapiao wait, the oldest first. A query and a read of each. */
export async function askedRows(scope: PlatformScope): Promise<PlatformBillRow[]> {
  const found = await queryAll(scope, askedKind, partition(scope, "fapiao"), { consistent: true });
  const keys = found.map(({ space, month }) => keyIn(rows(scope, month), space));
  const bills = await getMany(scope, rowKind, keys, { consistent: true });
  return bills.flatMap((row) => {
    if (!row) return [];
    const { rev: _, ...plain } = row;
    return [plain];
  });
}
