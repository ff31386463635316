import { useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { useMe } from "../../session.ts";
import { NoRight } from "../../ui/feedback.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { KeysBoard } from "./keys-board.tsx";
import { keysWords } from "./keys-words.ts";
import { peopleWords } from "./words.ts";

/** API keys of one's own company (企业密钥), for its admins: a shop's software brings orders and reads stock by them. */
export default function CompanyKeysPage() {
  const t = keysWords();
  const p = peopleWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const place = () => {
    const mine = me.data?.spaces.find((one) => one.space === params.space)?.companies ?? [];
    return mine.find((one) => one.company === actingCompany()) ?? mine[0];
  };
  return (
    <Show
      when={place()?.role !== "member"}
      fallback={
        <>
          <PageHead title={t.title} />
          <NoRight title={p.adminOnly}>{t.adminOnlyNote}</NoRight>
        </>
      }
    >
      <KeysBoard space={params.space} company />
    </Show>
  );
}
