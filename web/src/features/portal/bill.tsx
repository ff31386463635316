import type { InvoiceRow } from "@yihao/billing/model";
import { openOf } from "@yihao/billing/open";
import { createMemo, Show } from "solid-js";
import { dayCell, money, monthTitle } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { StackedBar } from "../../ui/bar-charts.tsx";
import { LinkButton, TextLink } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status, StatusMark } from "../../ui/status.tsx";
import { useBalance, useBill, type useBills } from "./data.ts";
import { Part } from "./part.tsx";
import { daysBetween, openBills, partsOf } from "./view.ts";
import { portalWords } from "./words.ts";

/** The bill to pay next: how much, until when, for what; or calmly that there is none. */
export function OurBill(props: { space: string; bills: ReturnType<typeof useBills>; base: string; today: string }) {
  const t = portalWords();
  const waiting = createMemo(() => openBills(props.bills.data ?? []));
  const next = () => waiting()[0];
  const days = (bill: InvoiceRow) => (bill.dueOn === undefined ? undefined : daysBetween(props.today, bill.dueOn));
  const due = (left: number) =>
    left < 0 ? (
      <Status is="overdue" text={t.overdue(-left)} />
    ) : (
      <Status is={left <= 2 ? "dueSoon" : "queued"} text={t.dueIn(left)} />
    );
  return (
    <Part
      title={t.bill}
      note={<Show when={next()?.number}>{(number) => <Plate>{number()}</Plate>}</Show>}
      actions={
        <Show when={next()} fallback={<TextLink href={`${props.base}/bills`}>{t.seeBills}</TextLink>}>
          {(bill) => <Show when={days(bill()) !== undefined}>{due(days(bill()) ?? 0)}</Show>}
        </Show>
      }
    >
      <Reading asked={props.bills} failed={t.billNotRead}>
        {(bills) => (
          <Show when={next()} fallback={<NothingToPay space={props.space} bills={bills()} />}>
            {(bill) => (
              <div class="flex flex-col gap-4 px-4 py-4">
                <p class="flex flex-wrap items-baseline justify-between gap-x-3">
                  <b class="text-3xl tabular-nums">{money(openOf(bill()))}</b>
                  <span class="text-xs text-fg-2">
                    {bill().paidMinor > 0 ? `${t.paidSoFar(money(bill().paidMinor))} · ` : ""}
                    {bill().dueOn ? t.payBy(dayCell(bill().dueOn ?? "", Number(props.today.slice(0, 4)))) : ""}
                  </span>
                </p>
                <Streams space={props.space} bill={bill()} />
                <p class="flex flex-wrap gap-2">
                  <span class="flex-1">
                    <LinkButton kind="primary" size="lg" icon="card" block href={`${props.base}/bills/${bill().id}`}>
                      {t.pay}
                    </LinkButton>
                  </span>
                  <span class="flex-1">
                    <LinkButton size="lg" icon="bank" block href={`${props.base}/bills/${bill().id}#bank`}>
                      {t.transfer}
                    </LinkButton>
                  </span>
                </p>
                <Show when={waiting().length > 1}>
                  <TextLink href={`${props.base}/bills`}>
                    {t.otherBills(
                      waiting().length - 1,
                      money(
                        waiting()
                          .slice(1)
                          .reduce((sum, one) => sum + openOf(one), 0),
                      ),
                    )}
                  </TextLink>
                </Show>
              </div>
            )}
          </Show>
        )}
      </Reading>
    </Part>
  );
}

function Streams(props: { space: string; bill: InvoiceRow }) {
  const t = portalWords();
  const bill = useBill(
    () => props.space,
    () => props.bill.id,
  );
  return (
    <Reading asked={bill} failed={t.billPartsNotRead} rows={2}>
      {(whole) => (
        <div>
          <StackedBar
            title={t.byStream}
            summary={t.billSummary(money(whole().totalMinor))}
            parts={partsOf(whole().streams, streamWords())}
            format={(value) => money(value)}
          />
        </div>
      )}
    </Reading>
  );
}

function NothingToPay(props: { space: string; bills: readonly InvoiceRow[] }) {
  const t = portalWords();
  const balance = useBalance(
    () => props.space,
    () => true,
  );
  const last = () =>
    props.bills.filter(({ state }) => state === "paid").sort((a, b) => b.month.localeCompare(a.month))[0];
  return (
    <div class="flex flex-col gap-1 px-4 py-4">
      <p class="flex items-center gap-2">
        <StatusMark shape="disc" tone="good" />
        <b>{t.nothingToPay}</b>
      </p>
      <p class="text-xs text-fg-2">
        <Show when={last()} fallback={t.nothingToPaySay}>
          {(bill) => t.lastPaid(monthTitle(bill().month), money(bill().totalMinor))}
        </Show>
      </p>
      <Show when={(balance.data?.creditMinor ?? 0) > 0}>
        <p class="text-xs text-fg-2">{t.credit(money(balance.data?.creditMinor ?? 0))}</p>
      </Show>
    </div>
  );
}
