import { useSearchParams } from "@solidjs/router";
import { firstOn } from "@yihao/billing/collect";
import { consentText } from "@yihao/billing/consent";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show } from "solid-js";
import { actingCompany, newIntent } from "../../api.ts";
import { dayCell, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { useMe } from "../../session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { actionWords } from "./actions-words.ts";
import { useCollectSettings, useMethods } from "./collect-data.ts";
import { collectWords } from "./collect-words.ts";
import { CollectionBlock, cardName } from "./collection-block.tsx";
import { BillCredits } from "./credits.tsx";
import { askPage, renewBilling, useSettings } from "./data.ts";
import { MyFapiao } from "./my-fapiao.tsx";
import { myBillWords } from "./my-words.ts";
import { PaperButton } from "./paper-button.tsx";
import { savePaper } from "./paper-data.ts";
import { BillPayments, BillSheet } from "./sheet.tsx";
import { deviceDay, openOf, statusOf } from "./view.ts";

const slowAfterMs = 30_000;

/** One own bill: the sheet, ways to pay, and after the hosted page what became of the payment. */
export function MyBill(props: { space: string; bill: InvoiceView; onWait: (waiting: boolean) => void }) {
  const t = myBillWords();
  const me = useMe();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [save, setSave] = createSignal(false);
  const language = () => (lang() === "en" ? "en" : "zh");
  const collect = collectWords();
  const about = useSpace(() => props.space);
  const methods = useMethods(() => props.space);
  const settings = useCollectSettings(() => props.space);
  const usual = () => methods.data?.items.find(({ isDefault }) => isDefault);
  /** When this bill will be collected, and from which card. */
  const planned = () => {
    const [card, set, due] = [usual()?.card, settings.data, props.bill.dueOn];
    if (!card || !set?.on || !due || props.bill.collection || props.bill.opening || openOf(props.bill) <= 0)
      return undefined;
    const on = firstOn(set, due);
    return on >= deviceDay() ? { on, card: cardName(card) } : undefined;
  };
  let intent = newIntent();
  const admin = () =>
    me.data?.spaces
      .find((one) => one.space === props.space)
      ?.companies.some((one) => one.company === actingCompany() && one.role === "admin") ?? false;
  const pay = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { url } = await askPage(props.space, props.bill.id, { language: language(), save: save() }, intent);
      location.assign(url);
    } catch (error) {
      setProblem(() => error);
      if (error instanceof Problem && error.status > 0 && error.status < 500) intent = newIntent();
      setBusy(false);
    }
  };
  return (
    <Pane
      title={props.bill.number}
      label={props.bill.number ?? t.title}
      flush={false}
      actions={
        <span class="flex items-center gap-2">
          <Status {...statusOf(props.bill, deviceDay())} chip />
          <PaperButton number={props.bill.number ?? ""} save={() => savePaper(props.space, props.bill)} />
        </span>
      }
      foot={
        <Show when={openOf(props.bill) > 0}>
          <Show when={admin()} fallback={<span class="text-xs text-fg-2">{t.onlyAdmin}</span>}>
            <Button kind="primary" icon="card" busy={busy()} onClick={() => void pay()}>
              {t.pay} {money(openOf(props.bill))}
            </Button>
          </Show>
        </Show>
      }
    >
      <Return space={props.space} bill={props.bill} onWait={props.onWait} />
      <Show when={problem()}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <BillSheet
        bill={props.bill}
        space={props.space}
        from={me.data?.spaces.find(({ space }) => space === props.space)?.name}
      />
      <BillCredits space={props.space} bill={props.bill} />
      <BillPayments bill={props.bill} mine />
      <Show when={props.bill.collection}>{(one) => <CollectionBlock space={props.space} of={one()} />}</Show>
      <Show when={planned()}>
        {(one) => <Note>{collect.mine.willTry(dayCell(one().on, Number(deviceDay().slice(0, 4))), one().card)}</Note>}
      </Show>
      <Show when={admin() && !usual() && openOf(props.bill) > 0}>
        <label class="flex items-start gap-2">
          <input
            type="checkbox"
            class="y-box mt-0.5"
            checked={save()}
            onChange={(event) => {
              setSave(event.currentTarget.checked);
              intent = newIntent();
            }}
          />
          <span>{collect.mine.saveToo}</span>
        </label>
        <Show when={save()}>
          <p class="text-xs text-fg-2">{consentText(language(), about.data?.name ?? "")}</p>
        </Show>
      </Show>
      <Show when={!props.bill.opening}>
        <MyFapiao space={props.space} bill={props.bill} admin={admin()} />
      </Show>
      <Show when={openOf(props.bill) > 0}>
        <BankDetails space={props.space} number={props.bill.number ?? ""} />
      </Show>
    </Pane>
  );
}

/** What became of the hosted page that the person came back from. */
function Return(props: { space: string; bill: InvoiceView; onWait: (waiting: boolean) => void }) {
  const t = myBillWords();
  const [query] = useSearchParams<{ paid?: string; back?: string }>();
  const [slow, setSlow] = createSignal(false);
  const payment = () => props.bill.payments.find(({ id }) => id === query.paid);
  // A memo, for the effect below reads everything again: it must not hear that what it read is new.
  const is = createMemo(() => {
    if (query.paid === undefined) return undefined;
    const state = payment()?.state;
    return state === "received" || state === "failed" ? state : "waiting";
  });
  const timer = setTimeout(() => setSlow(true), slowAfterMs);
  createEffect(() => {
    props.onWait(is() === "waiting");
    if (is() === "received") void renewBilling(props.space);
  });
  onCleanup(() => {
    clearTimeout(timer);
    props.onWait(false);
  });
  return (
    <div class="empty:hidden" aria-live="polite">
      <Show when={is() === "waiting"}>
        <Note title={t.confirming}>{slow() ? t.slow : t.confirmingSay}</Note>
      </Show>
      <Show when={is() === "received"}>
        <Note tone="good" title={t.paidTitle}>
          {t.paidSay(money(payment()?.amountMinor ?? 0))}
        </Note>
      </Show>
      <Show when={is() === "failed" || (query.back !== undefined && openOf(props.bill) > 0)}>
        <Note tone="warn" title={t.failed}>
          {t.back}
        </Note>
      </Show>
    </div>
  );
}

/** The space's account and the reference to put on a transfer, each with a button that copies it. */
function BankDetails(props: { space: string; number: string }) {
  const t = myBillWords();
  const words = actionWords();
  const settings = useSettings(() => props.space);
  const items = () =>
    settings.data
      ? [
          { label: words.holder, value: settings.data.bankHolder },
          { label: words.bank, value: settings.data.bankName },
          { label: words.account, value: settings.data.bankAccount },
          { label: t.remark, value: props.number },
        ]
      : [];
  const copy = async (label: string, value: string) => {
    try {
      await navigator.clipboard.writeText(value);
      toast({ text: t.copied(label), tone: "good" });
    } catch {
      toast({ text: t.notCopied, tone: "bad" });
    }
  };
  return (
    <section
      aria-label={t.bank}
      ref={(element) => onMount(() => location.hash === "#bank" && element.scrollIntoView({ block: "center" }))}
    >
      <h3 class="mb-1 font-strong">{t.bank}</h3>
      <Show when={settings.data?.bankAccount} fallback={<p class="text-fg-2">{settings.data ? t.noBank : ""}</p>}>
        <dl>
          <For each={items().filter(({ value }) => value !== "")}>
            {({ label, value }) => (
              <div class="flex items-center gap-3 border-t border-line py-1">
                <dt class="w-28 flex-none text-fg-2">{label}</dt>
                <dd class="min-w-0 flex-1 break-all">{value}</dd>
                <IconButton icon="copy" label={t.copy(label)} onClick={() => void copy(label, value)} />
              </div>
            )}
          </For>
        </dl>
        <p class="text-xs text-fg-2">{t.remarkHint}</p>
      </Show>
    </section>
  );
}
