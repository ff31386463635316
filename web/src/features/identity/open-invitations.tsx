import type { Invitation } from "@yihao/identity/model";
import { type JSX, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, dayOf } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { rolesText, roleWords } from "../../roles.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { resend, revoke } from "./data.ts";
import { peopleWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day of an instant where the reader is, as tables write it. */
export const dayText = (instant: string) => dayCell(dayOf(instant, zone), new Date().getFullYear());

const whatFor = (one: Invitation): string => {
  if (one.company) return `${one.company.name} · ${roleWords()[one.company.role]}`;
  return rolesText(one.roles, one.own);
};

/** Invitations that nobody has accepted yet, each to send again or withdraw; nothing at all when there are none. */
export function OpenInvitations(props: {
  space: string;
  rows: readonly Invitation[];
  rowHeight?: number;
}): JSX.Element {
  const t = peopleWords();
  const attempt = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      toast({ text: done });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const columns = (): Column<Invitation>[] => [
    { key: "email", head: t.email, cell: (one) => <b>{one.email}</b> },
    { key: "roles", head: t.roles, cell: whatFor },
    { key: "sent", head: t.sent, width: "72px", align: "end", from: "tablet", cell: (one) => dayText(one.sentAt) },
    {
      key: "expires",
      head: t.expires,
      width: "104px",
      cell: (one) =>
        one.expiresAt <= new Date().toISOString() ? (
          <Status is="dueSoon" text={t.expired} />
        ) : (
          <Status is="queued" text={dayText(one.expiresAt)} />
        ),
    },
    {
      key: "acts",
      head: "",
      width: "56px",
      cell: (one) => (
        <Menu
          label={t.acts(one.email)}
          class="y-btn y-btn-text y-btn-sm relative"
          trigger={
            <>
              <Icon name="more" />
              <span class="y-hidden">{t.acts(one.email)}</span>
            </>
          }
          items={[
            {
              key: "again",
              label: t.again,
              icon: "mail",
              run: () => void attempt(() => resend(props.space, one.id, newIntent()), t.sentTo(one.email)),
            },
            {
              key: "withdraw",
              label: t.withdraw,
              icon: "close",
              danger: true,
              run: () => void attempt(() => revoke(props.space, one.id), t.withdrawn(one.email)),
            },
          ]}
        />
      ),
    },
  ];
  return (
    <Show when={props.rows.length > 0}>
      <Pane title={t.invitations}>
        <DataTable
          label={t.invitations}
          rows={props.rows}
          columns={columns()}
          rowKey={(one) => one.id}
          rowHeight={props.rowHeight ?? 32}
        />
      </Pane>
    </Show>
  );
}
