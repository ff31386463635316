import { useLocation } from "@solidjs/router";
import { useMe } from "../../session.ts";
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

/** Whether the person has one of some staff roles in a space; an owner has all. */
export function useRoles(space: () => string): (...wanted: string[]) => boolean {
  const me = useMe();
  return (...wanted) =>
    (me.data?.spaces.find((one) => one.space === space())?.roles ?? []).some(
      (role) => role === "owner" || wanted.includes(role),
    );
}
