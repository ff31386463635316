import type { InvoiceView } from "@yihao/billing/invoice-view";
import { isTiered } from "@yihao/billing/line-name";
import { totalsOf } from "@yihao/billing/lines";
import { daysOfMonth } from "@yihao/kernel/days";
import { For, Show } from "solid-js";
import { money, percent, price } from "../../format.ts";
import { MoneyTotal, Paper } from "../../ui/money-total.tsx";
import { Plate } from "../../ui/plate.tsx";
import { actionWords } from "./actions-words.ts";
import { monthOf } from "./bill-parts.ts";
import { useSettings } from "./data.ts";
import { taxWords } from "./tax-words.ts";
import { nameOf, quantityOf } from "./view.ts";
import { sheetWords } from "./words.ts";

/** The sheet of a bill: who bills whom for which days, lines, net and tax, total in figures and 大写. On paper it also says where to pay. */
export function BillSheet(props: { bill: InvoiceView; space: string; from: string | undefined }) {
  const t = sheetWords();
  const words = actionWords();
  const taxes = taxWords();
  const settings = useSettings(() => props.space);
  const days = () => {
    const all = daysOfMonth(props.bill.month);
    return `${all[0]?.slice(5)} – ${all.at(-1)?.slice(5)}`;
  };
  const rates = () => [
    ...new Set(props.bill.lines.filter(({ amountMinor }) => amountMinor !== 0).map(({ taxBasis }) => taxBasis)),
  ];
  const rate = () => (rates().length === 1 ? ` ${percent((rates()[0] ?? 0) / 10_000)}` : "");
  const payTo = () =>
    (
      [
        [t.issuer, props.from ?? ""],
        [t.numberOf, props.bill.number ?? ""],
        [words.holder, settings.data?.bankHolder ?? ""],
        [words.bank, settings.data?.bankName ?? ""],
        [words.account, settings.data?.bankAccount ?? ""],
        [t.payBy, props.bill.dueOn ?? ""],
      ] as const
    ).filter(([, value]) => value !== "");
  return (
    <Paper>
      <div class="flex flex-wrap items-baseline gap-x-3 pr-4">
        <h3 class="min-w-0 flex-1 text-md font-strong">{t.bill(monthOf(props.bill))}</h3>
        <span class="text-xs text-fg-2">{t.days(days())}</span>
      </div>
      <p class="mb-2 text-xs text-fg-2">
        {props.bill.companyName}
        <Show when={props.bill.companyCode}>{(code) => <> · {t.taxNumber(code())}</>}</Show>
      </p>
      <table class="w-full border-collapse text-sm" aria-label={t.lines}>
        <thead class="text-xs text-fg-2">
          <tr class="border-b border-line-strong">
            <th scope="col" class="py-1 pr-2 text-left font-regular">
              {t.item}
            </th>
            <th scope="col" class="px-2 py-1 text-right font-regular">
              {t.quantity}
            </th>
            <th scope="col" class="hidden px-2 py-1 text-right font-regular tablet:table-cell">
              {t.unit}
            </th>
            <th scope="col" class="py-1 pl-2 text-right font-regular">
              {t.amount}
            </th>
          </tr>
        </thead>
        <tbody class="tabular-nums">
          <Show when={props.bill.opening}>
            <tr class="align-baseline">
              <td class="py-1 pr-2" colSpan={2}>
                {t.opening(props.bill.number ?? "")}
              </td>
              <td class="hidden tablet:table-cell" />
              <td class="py-1 pl-2 text-right whitespace-nowrap">{money(props.bill.totalMinor)}</td>
            </tr>
          </Show>
          <For each={props.bill.lines}>
            {(line) => (
              <tr class="align-baseline">
                <td class="py-1 pr-2">
                  {nameOf(line)}
                  <Show when={line.taxReason}>
                    <span class="ml-2 text-xs text-fg-2">{taxes.exempt}</span>
                  </Show>
                </td>
                <td class="px-2 py-1 text-right whitespace-nowrap text-fg-2">{quantityOf(line)}</td>
                <td class="hidden px-2 py-1 text-right text-fg-2 tablet:table-cell">
                  {isTiered(line) ? t.tiered : price(line.unitMinor)}
                </td>
                <td class="py-1 pl-2 text-right whitespace-nowrap">{money(line.amountMinor)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <div class="mt-2 border-t border-line-strong">
        <MoneyTotal
          minor={props.bill.totalMinor}
          label={t.total}
          note={
            <Show when={!props.bill.opening}>
              <span class="whitespace-nowrap">
                {t.net} {money(props.bill.totalMinor - props.bill.taxMinor)}
              </span>{" "}
              <span class="whitespace-nowrap">
                {t.tax}
                {rate()} {money(props.bill.taxMinor)}
              </span>
            </Show>
          }
        />
      </div>
      <Show when={props.bill.lines.some(({ taxReason }) => taxReason !== undefined)}>
        <ul class="mt-1 text-xs text-fg-2 tabular-nums">
          <For each={totalsOf(props.bill.lines).taxes}>
            {(sum) => (
              <li class="flex flex-wrap gap-x-3">
                <span class="flex-1">
                  {sum.reason ? `${taxes.exempt} · ${taxes.exemptBy}` : taxes.netAt(percent(sum.basis / 10_000))}
                </span>
                <span>{money(sum.amountMinor - sum.taxMinor)}</span>
                <Show when={!sum.reason}>
                  <span>
                    {t.tax} {money(sum.taxMinor)}
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <dl class="y-only-print">
        <For each={payTo()}>
          {([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </Paper>
  );
}

/** What was received for a bill: day, way, reference, how much of it this bill took. */
export function BillPayments(props: { bill: InvoiceView; mine?: boolean }) {
  const t = sheetWords();
  const received = () => props.bill.payments.filter(({ state }) => state === "received");
  const share = (payment: InvoiceView["payments"][number]) =>
    payment.allocations.find(({ invoice }) => invoice === props.bill.id)?.amountMinor ?? 0;
  const title = () => (props.mine ? t.myPayments : t.payments);
  return (
    <section aria-label={title()}>
      <h3 class="mb-1 font-strong">{title()}</h3>
      <Show
        when={received().length > 0}
        fallback={<p class="text-fg-2">{props.mine ? t.noMyPayments : t.noPayments}</p>}
      >
        <ul>
          <For each={received()}>
            {(payment) => (
              <li class="border-t border-line py-2">
                <div class="flex flex-wrap items-baseline gap-x-3">
                  <span class="tabular-nums">{payment.receivedOn}</span>
                  <span>{t.way[payment.way]}</span>
                  <Plate>{payment.reference}</Plate>
                  <b class="ml-auto tabular-nums">{money(share(payment))}</b>
                </div>
                <Show when={payment.creditMinor > 0}>
                  <p class="text-xs text-fg-2">{t.credit(money(payment.creditMinor))}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
