import { useLocation } from "@solidjs/router";
import { fapiaoWords } from "../../fapiao-words.ts";
import { useOpens } from "../../opens.ts";
import { GroupTabs } from "../../ui/tabs.tsx";
import { chargeWords } from "./charges-words.ts";
import { collectWords } from "./collect-words.ts";
import { disputeWords } from "./dispute-words.ts";
import { dunningWords } from "./dunning-words.ts";
import { simulationWords } from "./simulation-words.ts";
import { statementWords } from "./statement-words.ts";
import { streamPageWords } from "./streams-words.ts";
import { tariffWords } from "./tariff-words.ts";
import { taxWords } from "./tax-words.ts";
import { billWords } from "./words.ts";

/** The pages of billing for operators, by what one comes for: bills, money in, what is owed, revenue, set-up. */
export function BillingTabs(props: { space: string }) {
  const t = billWords();
  const location = useLocation();
  const opens = useOpens(() => props.space);
  const groups = () => {
    const at = (part: string) => `/s/${props.space}/billing/${part}`;
    const bills = `/s/${props.space}/billing`;
    const settings = `/s/${props.space}/settings/billing`;
    const rest = [
      {
        label: t.groups.received,
        pages: [
          { href: at("payments"), label: t.received },
          { href: at("bank"), label: t.bank },
          { href: at("collections"), label: collectWords().title },
          { href: at("disputes"), label: disputeWords().title },
        ],
      },
      {
        label: t.groups.owed,
        pages: [
          { href: at("accounts"), label: t.accounts },
          { href: at("statements"), label: statementWords().title },
          { href: at("dunning"), label: dunningWords().title },
        ],
      },
      { label: streamPageWords().title, pages: [{ href: at("streams"), label: streamPageWords().title }] },
      {
        label: t.groups.setUp,
        pages: [
          { href: settings, label: t.setUp },
          { href: at("tariffs"), label: tariffWords().title },
          { href: at("simulation"), label: simulationWords().title },
          { href: at("tax"), label: taxWords().title },
        ],
      },
    ];
    const beside = [
      { href: at("unbilled"), label: chargeWords().title },
      { href: at("fapiao"), label: fapiaoWords().title },
    ];
    const elsewhere = [...beside, ...rest.flatMap(({ pages }) => pages)].some(({ href }) => href === location.pathname);
    const all = [
      { label: t.groups.bills, pages: [{ href: bills, label: t.title, current: !elsewhere }, ...beside] },
      ...rest,
    ];
    return all
      .map(({ label, pages }) => ({ label, pages: pages.filter(({ href }) => opens(href)) }))
      .filter(({ pages }) => pages.length > 0);
  };
  return <GroupTabs label={t.pages} groups={groups()} />;
}
