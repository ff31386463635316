import { useLocation } from "@solidjs/router";
import { type ParentProps, Show } from "solid-js";
import { Loading, NoRight } from "../../ui/feedback.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { LinkTabs } from "../../ui/tabs.tsx";
import { chargeWords } from "./charges-words.ts";
import { collectWords } from "./collect-words.ts";
import { disputeWords } from "./dispute-words.ts";
import { dunningWords } from "./dunning-words.ts";
import { fapiaoWords } from "./fapiao-words.ts";
import { useRights } from "./rights.ts";
import { statementWords } from "./statement-words.ts";
import { streamPageWords } from "./streams-words.ts";
import { tariffWords } from "./tariff-words.ts";
import { taxWords } from "./tax-words.ts";
import { billWords } from "./words.ts";

/** The pages of billing for operators: bills, payments, settings. */
export function BillingTabs(props: { space: string }) {
  const t = billWords();
  const tariffTitle = tariffWords();
  const streamsTitle = streamPageWords();
  const location = useLocation();
  const base = () => `/s/${props.space}`;
  const items = () => {
    const payments = `${base()}/billing/payments`;
    const accounts = `${base()}/billing/accounts`;
    const statements = `${base()}/billing/statements`;
    const bank = `${base()}/billing/bank`;
    const unbilled = `${base()}/billing/unbilled`;
    const fapiao = `${base()}/billing/fapiao`;
    const dunning = `${base()}/billing/dunning`;
    const tax = `${base()}/billing/tax`;
    const collections = `${base()}/billing/collections`;
    const disputes = `${base()}/billing/disputes`;
    const settings = `${base()}/settings/billing`;
    const streams = `${base()}/billing/streams`;
    const tariffs = `${base()}/billing/tariffs`;
    const all = [
      ...[streams, unbilled, tariffs, tax, payments, bank, accounts, statements],
      ...[fapiao, dunning, collections, disputes, settings],
    ];
    const elsewhere = all.includes(location.pathname);
    return [
      { href: `${base()}/billing`, label: t.title, current: !elsewhere },
      { href: streams, label: streamsTitle.title },
      { href: unbilled, label: chargeWords().title },
      { href: payments, label: t.received },
      { href: bank, label: t.bank },
      { href: accounts, label: t.accounts },
      { href: statements, label: statementWords().title },
      { href: fapiao, label: fapiaoWords().title },
      { href: collections, label: collectWords().title },
      { href: disputes, label: disputeWords().title },
      { href: dunning, label: dunningWords().title },
      { href: tariffs, label: tariffTitle.title },
      { href: tax, label: taxWords().title },
      { href: settings, label: t.setUp },
    ];
  };
  return <LinkTabs label={t.pages} items={items()} />;
}

/** Lets those in who may see money, and tells the others which role it needs. */
export function OnlyFinance(props: ParentProps<{ space: string }>) {
  const t = billWords();
  const rights = useRights(() => props.space);
  return (
    <Show when={rights.known()} fallback={<Loading rows={6} />}>
      <Show
        when={rights.mayRead()}
        fallback={
          <>
            <PageHead title={t.title} />
            <NoRight title={t.noRightTitle}>{t.noRight}</NoRight>
          </>
        }
      >
        {props.children}
      </Show>
    </Show>
  );
}
