import { useLocation } from "@solidjs/router";
import type { JSX } from "solid-js";
import { PageHead } from "../../ui/panes.tsx";
import { LinkTabs } from "../../ui/tabs.tsx";
import { communityWords } from "./words.ts";

/** The head of the operator's community pages (社区). */
export function CommunityHead(props: { space: string; say?: JSX.Element; actions?: JSX.Element }) {
  const t = communityWords();
  const location = useLocation();
  const item = (path: string, label: string) => {
    const href = `/s/${props.space}/community/${path}`;
    return { href, label, current: location.pathname === href || location.pathname.startsWith(`${href}/`) };
  };
  return (
    <PageHead
      title={t.title}
      say={props.say}
      actions={props.actions}
      tabs={
        <LinkTabs
          label={t.title}
          items={[
            item("tickets", t.tickets),
            item("parcels", t.parcels),
            item("notices", t.notices),
            item("directory", t.directory),
          ]}
        />
      }
    />
  );
}

/** The head of the same in a company's portal. */
export function MyCommunityHead(props: { space: string; actions?: JSX.Element }) {
  const t = communityWords();
  const location = useLocation();
  const base = () => `/s/${props.space}/my`;
  const item = (path: string, label: string) => {
    const href = `${base()}/${path}`;
    return { href, label, current: location.pathname === href || location.pathname.startsWith(`${href}/`) };
  };
  return (
    <PageHead
      title={t.title}
      actions={props.actions}
      tabs={
        <LinkTabs
          label={t.title}
          items={[
            item("tickets", t.tickets),
            item("parcels", t.parcels),
            item("notices", t.notices),
            item("directory", t.directory),
          ]}
        />
      }
    />
  );
}
