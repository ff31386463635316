import { type Fee, type FeeBy, feeBysOf, feesMost, type Operation, operations } from "@yihao/pricing/tariff-model";
import { For, Index, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { MoneyField, NumberField } from "../../ui/text-field.tsx";
import { tariffWords } from "./tariff-words.ts";

type TierRow = { readonly from: number | undefined; readonly unitMinor: number | undefined };
/** A price of an operation while it is written down. */
export type FeeRow = {
  readonly operation: Operation;
  readonly per: FeeBy;
  readonly unitMinor: number | undefined;
  readonly minimumMinor: number | undefined;
  readonly tiers: readonly TierRow[];
};
const tiersMost = 8;

/** What each operation is usually counted by. */
const usual: Readonly<Partial<Record<Operation, FeeBy>>> = { pack: "carton", ship: "order", count: "bin" };
const usualBys = (operation: Operation): readonly FeeBy[] => {
  const by = usual[operation] ?? "unit";
  return [by, ...feeBysOf(operation).filter((one) => one !== by)];
};
const taken = (rows: readonly FeeRow[], operation: Operation, per: FeeBy) =>
  rows.some((row) => row.operation === operation && row.per === per);

/** A row for the first operation that has no price yet, or the first way to count that has none. */
function freshFee(rows: readonly FeeRow[]): FeeRow | undefined {
  const free = (operation: Operation) => usualBys(operation).find((per) => !taken(rows, operation, per));
  const operation =
    operations.find((one) => rows.every((row) => row.operation !== one)) ?? operations.find((one) => free(one));
  const per = operation && free(operation);
  return operation && per && { operation, per, unitMinor: undefined, minimumMinor: undefined, tiers: [] };
}

/** What is wrong with a row, by its field; nothing when it is whole. */
export function feeFaults(row: FeeRow): { price?: true; tiers: readonly ("price" | "order" | undefined)[] } {
  const tiers = row.tiers.map(({ from, unitMinor }, at) => {
    if (from === undefined || from <= (row.tiers[at - 1]?.from ?? 0)) return "order";
    return unitMinor === undefined ? "price" : undefined;
  });
  return { ...(row.unitMinor === undefined ? { price: true } : {}), tiers };
}
export const isWhole = (row: FeeRow): boolean => {
  const { price, tiers } = feeFaults(row);
  return !price && tiers.every((one) => one === undefined);
};

/** The prices that rows stand for. */
export const feesOf = (rows: readonly FeeRow[]): Fee[] =>
  rows.map(({ operation, per, unitMinor = 0, minimumMinor, tiers }) => ({
    ...{ operation, per, unitMinor },
    ...(tiers.length > 0
      ? { tiers: tiers.map((tier) => ({ from: tier.from ?? 1, unitMinor: tier.unitMinor ?? 0 })) }
      : {}),
    ...(minimumMinor ? { minimumMinor } : {}),
  }));

/** What each operation costs (作业价格): rows to add to, each by what it counts, with its tiers and its least of a month. */
export function TariffFees(props: { bind: Binding<readonly FeeRow[]> }) {
  const t = tariffWords();
  const rows = () => props.bind.value();
  const asked = () => props.bind.fault?.() !== undefined;
  const change = (at: number, part: Partial<FeeRow>) =>
    props.bind.set(rows().map((row, index) => (index === at ? { ...row, ...part } : row)));
  /** What counts twice is offered once: ways that other rows count the same operation by are not. */
  const bysFor = (at: number, operation: Operation) =>
    usualBys(operation).filter((per) => rows().every((row, index) => index === at || !taken([row], operation, per)));
  const addRow = () => {
    const row = freshFee(rows());
    if (row) props.bind.set([...rows(), row]);
  };
  const changeTier = (at: number, nth: number, part: Partial<TierRow>) =>
    change(at, {
      tiers: (rows()[at]?.tiers ?? []).map((tier, index) => (index === nth ? { ...tier, ...part } : tier)),
    });
  return (
    <fieldset class="flex flex-col gap-3 border-t border-line pt-3" id={props.bind.id} tabindex={-1}>
      <legend class="font-strong" id={`${props.bind.id}-label`}>
        {t.fees}
      </legend>
      <p class="text-xs text-fg-2">{t.feesSay}</p>
      <Index each={rows()}>
        {(row, at) => {
          const name = () => `${t.operations[row().operation]} ${t.pers[row().per]}`;
          return (
            <fieldset class="flex items-start gap-1 border-b border-line pb-3" aria-label={name()}>
              <div class="grid min-w-0 flex-1 grid-cols-2 gap-x-3 gap-y-2">
                <SelectField
                  label={t.operation}
                  options={operations
                    .filter((value) => bysFor(at, value).length > 0)
                    .map((value) => ({ value, label: t.operations[value] }))}
                  bind={bound(
                    () => row().operation,
                    (operation) => {
                      const bys = bysFor(at, operation);
                      change(at, { operation, per: bys[0] ?? row().per });
                    },
                  )}
                />
                <SelectField
                  label={t.countedBy}
                  options={bysFor(at, row().operation).map((value) => ({
                    value,
                    label: row().operation === "label" && value === "unit" ? t.perLabel : t.pers[value],
                  }))}
                  bind={bound(
                    () => row().per,
                    (per) => change(at, { per }),
                  )}
                />
                <MoneyField
                  label={t.itemPrice}
                  required
                  bind={{
                    ...bound(
                      () => row().unitMinor,
                      (unitMinor) => change(at, { unitMinor }),
                    ),
                    fault: () => (asked() && feeFaults(row()).price ? t.needPrice : undefined),
                  }}
                />
                <MoneyField
                  label={t.feeMinimum}
                  bind={bound(
                    () => row().minimumMinor,
                    (minimumMinor) => change(at, { minimumMinor }),
                  )}
                />
                <Index each={row().tiers}>
                  {(tier, nth) => {
                    const wrong = () => (asked() ? feeFaults(row()).tiers[nth] : undefined);
                    return (
                      <>
                        <NumberField
                          label={t.feeFrom}
                          min={1}
                          bind={{
                            ...bound(
                              () => tier().from,
                              (from) => changeTier(at, nth, { from }),
                            ),
                            fault: () => (wrong() === "order" ? t.tierOrder : undefined),
                          }}
                        />
                        <span class="flex items-start gap-1">
                          <span class="min-w-0 flex-1">
                            <MoneyField
                              label={t.feeBeyond}
                              bind={{
                                ...bound(
                                  () => tier().unitMinor,
                                  (unitMinor) => changeTier(at, nth, { unitMinor }),
                                ),
                                fault: () => (wrong() === "price" ? t.needPrice : undefined),
                              }}
                            />
                          </span>
                          <span class="mt-5">
                            <IconButton
                              icon="close"
                              label={t.removeTier(nth + 1, name())}
                              onClick={() => change(at, { tiers: row().tiers.filter((_, index) => index !== nth) })}
                            />
                          </span>
                        </span>
                      </>
                    );
                  }}
                </Index>
                <span class="col-span-2">
                  <Button
                    size="sm"
                    kind="text"
                    icon="plus"
                    disabled={row().tiers.length >= tiersMost}
                    onClick={() => change(at, { tiers: [...row().tiers, { from: undefined, unitMinor: undefined }] })}
                  >
                    {t.addTier} <span class="y-hidden">{name()}</span>
                  </Button>
                </span>
              </div>
              <span class="mt-5">
                <IconButton
                  icon="close"
                  label={t.removeItem(name())}
                  onClick={() => props.bind.set(rows().filter((_, index) => index !== at))}
                />
              </span>
            </fieldset>
          );
        }}
      </Index>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
      <span>
        <Button size="sm" icon="plus" disabled={rows().length >= feesMost || !freshFee(rows())} onClick={addRow}>
          {t.addFee}
        </Button>
      </span>
    </fieldset>
  );
}

/** Prices of a tariff in words, one a line: what, by what, tiers, the least. */
export function FeeLines(props: { fees: readonly Fee[]; price: (minor: number) => string }) {
  const t = tariffWords();
  return (
    <ul class="flex flex-col gap-1">
      <For each={props.fees}>
        {({ operation, per, unitMinor, tiers, minimumMinor }) => (
          <li class="flex flex-wrap items-baseline gap-x-2">
            <span>{t.operations[operation]}</span>
            <span class="text-fg-2">{operation === "label" && per === "unit" ? t.perLabel : t.pers[per]}</span>
            <b class="ml-auto">{props.price(unitMinor)}</b>
            <Show when={tiers || minimumMinor}>
              <span class="w-full text-xs text-fg-2">
                {[
                  ...(tiers ?? []).map((tier) => t.tierSay(String(tier.from), props.price(tier.unitMinor))),
                  ...(minimumMinor ? [t.leastSay(props.price(minimumMinor))] : []),
                ].join(t.comma)}
              </span>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}
