import { useLocation } from "@solidjs/router";
import { LinkTabs } from "../../ui/tabs.tsx";
import { leadWords } from "./lead-words.ts";

/** The pages of members for operators: companies, leads, agreements. */
export function MemberTabs(props: { space: string }) {
  const t = leadWords();
  const location = useLocation();
  const base = () => `/s/${props.space}/members`;
  const under = (part: string) =>
    location.pathname === `${base()}/${part}` || location.pathname.startsWith(`${base()}/${part}/`);
  const items = () => [
    { href: base(), label: t.companies, current: !under("leads") && !under("agreements") },
    { href: `${base()}/leads`, label: t.leads, current: under("leads") },
    { href: `${base()}/agreements`, label: t.agreements, current: under("agreements") },
  ];
  return <LinkTabs label={t.pages} items={items()} />;
}
