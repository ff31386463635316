import { useParams, useSearchParams } from "@solidjs/router";
import { bound } from "../../ui/binding.ts";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { CompanyField } from "./company-field.tsx";
import { useSummary } from "./data.ts";
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
                <CompanyField
                  space={props.space}
                  label={t.company}
                  bind={bound(company, (next) => setSearch({ company: next }, { replace: true }))}
                />
              }
            />
          </Pane>
        }
      />
    </>
  );
}
