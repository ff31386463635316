import { useParams } from "@solidjs/router";
import { LinkButton } from "../../ui/button.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { importWords } from "./import-words.ts";

/** Importing companies from a table (导入企业). */
export default function ImportPage() {
  const t = importWords();
  const params = useParams<{ space: string }>();
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <LinkButton href={`/s/${params.space}/members`} icon="left">
            {t.back}
          </LinkButton>
        }
      />
      <div class="min-h-0 flex-1 overflow-auto">
        <ImportPanel space={params.space} doneHref={`/s/${params.space}/members`} />
      </div>
    </>
  );
}
