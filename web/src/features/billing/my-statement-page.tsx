import { useParams } from "@solidjs/router";
import { actingCompany } from "../../api.ts";
import { TextLink } from "../../ui/button.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { myBillWords } from "./my-words.ts";
import { StatementView } from "./statement-view.tsx";
import { statementWords } from "./statement-words.ts";
import { deviceDay } from "./view.ts";

/** The portal's statement of account (对账单) of the company that the person acts for. */
export default function MyStatementPage() {
  const t = statementWords();
  const params = useParams<{ space: string }>();
  return (
    <>
      <PageHead
        title={t.title}
        say={t.mySay}
        actions={<TextLink href={`/s/${params.space}/my/bills`}>{myBillWords().title}</TextLink>}
      />
      <Panes
        work={
          <Pane label={t.title}>
            <StatementView space={params.space} company={actingCompany() ?? ""} today={deviceDay()} />
          </Pane>
        }
      />
    </>
  );
}
