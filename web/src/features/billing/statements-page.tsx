import { useParams, useSearchParams } from "@solidjs/router";
import { type BillWay, billWays } from "@yihao/billing/model";
import { Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeBillWay, useBillWay } from "./accounts-data.ts";
import { partWords } from "./bill-parts.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { CompanyField } from "./company-field.tsx";
import { useSummary } from "./data.ts";
import { useRights } from "./rights.ts";
import { StatementView } from "./statement-view.tsx";
import { statementWords } from "./statement-words.ts";
import { deviceDay } from "./view.ts";

/** Statements of account (对账单) of the space's companies, for those who may see money. */
export default function StatementsPage() {
  const params = useParams<{ space: string }>();
  return <Page space={params.space} />;
}

function Page(props: { space: string }) {
  const t = statementWords();
  const [search, setSearch] = useSearchParams<{ company?: string }>();
  const summary = useSummary(() => props.space);
  const company = () => search.company ?? "";
  return (
    <>
      <PageHead title={t.title} say={t.say} tabs={<BillingTabs space={props.space} />} />
      <Panes
        work={
          <Pane label={t.title}>
            <StatementView
              space={props.space}
              company={company()}
              today={summary.data?.today ?? deviceDay()}
              before={
                <>
                  <CompanyField
                    space={props.space}
                    label={t.company}
                    bind={bound(company, (next) => setSearch({ company: next }, { replace: true }))}
                  />
                  <Way space={props.space} company={company()} />
                </>
              }
            />
          </Pane>
        }
      />
    </>
  );
}

/** Whether a company has one bill a month or one for each part of it, where it is looked at by whoever may change that. */
function Way(props: { space: string; company: string }) {
  const t = partWords();
  const rights = useRights(() => props.space);
  const way = useBillWay(
    () => props.space,
    () => (rights.mayRecord() ? props.company : ""),
  );
  const change = async (bills: BillWay["bills"]) => {
    const now = way.data;
    if (!now || now.bills === bills) return;
    try {
      await changeBillWay(props.space, props.company, { bills }, now.rev);
      toast({ text: bills === "separate" ? t.waySay : t.changed, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  return (
    <Show when={way.data}>
      {(now) => (
        <Segmented
          label={t.way}
          options={billWays.map((value) => ({ value, label: t.ways[value] }))}
          bind={bound<BillWay["bills"]>(
            () => now().bills,
            (bills) => void change(bills),
          )}
        />
      )}
    </Show>
  );
}
