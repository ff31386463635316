import type { ApiKey } from "@yihao/identity/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { instantCell } from "../../format.ts";
import { usePeople } from "../../people.ts";
import { rolesText } from "../../roles.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { Facts, PageHead, Pane } from "../../ui/panes.tsx";
import { RecordPanes } from "../../ui/record-panes.tsx";
import { Status } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { KeyDrawer } from "./key-drawer.tsx";
import { revokeKey, useKeys } from "./keys-data.ts";
import { keysWords } from "./keys-words.ts";
import { dayText } from "./open-invitations.tsx";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const soonMs = 14 * 86_400_000;

/** As what a key acts: its roles, or the company whose it is. */
const actsAs = (key: ApiKey) => (key.company ? keysWords().memberOf(key.company.name) : rolesText(key.roles, key.own));

function KeyState(props: { of: ApiKey }) {
  const t = keysWords();
  const left = () => Date.parse(props.of.expiresAt) - Date.now();
  return (
    <Switch fallback={<Status is="active" text={t.active} />}>
      <Match when={props.of.revokedAt !== null}>
        <Status is="off" text={t.revoked} />
      </Match>
      <Match when={left() <= 0}>
        <Status is="off" text={t.expired} />
      </Match>
      <Match when={left() < soonMs}>
        <Status is="dueSoon" text={t.soon(dayText(props.of.expiresAt))} />
      </Match>
    </Switch>
  );
}

function Revoke(props: { space: string; of: ApiKey; onClose: () => void }) {
  const t = keysWords();
  const revoke = async () => {
    const said = t.revokedNow(props.of.name);
    await revokeKey(props.space, props.of.id);
    toast({ text: said });
    props.onClose();
  };
  return (
    <ConfirmDialog
      open
      onClose={props.onClose}
      title={t.revokeTitle(props.of.name)}
      act={t.revoke}
      keep={t.keep}
      says={[t.revokeNow, t.revokeKept]}
      run={revoke}
    />
  );
}

function Detail(props: { of: ApiKey; makerGone: boolean; onRotate: () => void; onRevoke: () => void }) {
  const t = keysWords();
  const former = () => {
    const until = props.of.formerUntil;
    return until !== null && Date.parse(until) > Date.now() ? until : undefined;
  };
  return (
    <Pane
      title={props.of.name}
      flush={false}
      foot={
        <Show when={props.of.revokedAt === null}>
          <Button onClick={() => props.onRotate()}>{t.rotate}</Button>
          <Button kind="danger-outline" onClick={() => props.onRevoke()}>
            {t.revoke}
          </Button>
        </Show>
      }
    >
      <Show when={props.makerGone && props.of.revokedAt === null}>
        <div class="mb-4">
          <Note tone="warn">{props.of.company ? t.adminGone : t.makerGone}</Note>
        </div>
      </Show>
      <Facts
        items={[
          { label: t.prefix, value: <code class="font-mono break-all">{props.of.prefix}</code> },
          { label: t.actsAs, value: actsAs(props.of) },
          { label: t.access, value: props.of.access === "read" ? t.read : t.write },
          { label: t.made, value: dayText(props.of.createdAt) },
          { label: t.by, value: props.of.byName || "—" },
          { label: t.expires, value: dayText(props.of.expiresAt) },
          { label: t.used, value: props.of.usedOn ?? t.never },
          ...(props.of.rotatedAt ? [{ label: t.rotatedAt, value: dayText(props.of.rotatedAt) }] : []),
          ...(former() ? [{ label: t.former, value: instantCell(former() ?? "", zone) }] : []),
        ]}
      />
    </Pane>
  );
}

/** API keys (API 密钥) to make, look at, rotate and revoke: all of a space for its owners, or with `company` those of the company that one acts for. */
export function KeysBoard(props: { space: string; company?: boolean }) {
  const t = keysWords();
  const keys = useKeys(() => props.space);
  const people = usePeople(() => props.space);
  /** Whether who made a key may still make one, as far as the people are known: whoever made it may have it still after that. */
  const makes = ({ by, company }: ApiKey) =>
    people.data === undefined ||
    people.data.next !== null ||
    people.data.items.some(
      (one) =>
        one.person === by &&
        (company
          ? one.companies.some((place) => place.company === company.company && place.role === "admin")
          : one.roles.includes("owner")),
    );
  const [drawer, setDrawer] = createSignal<"new" | ApiKey>();
  const [revoking, setRevoking] = createSignal<ApiKey>();
  const columns = (): Column<ApiKey>[] => [
    { key: "name", head: t.name, cell: (one) => <b>{one.name}</b> },
    {
      key: "prefix",
      head: t.prefix,
      from: "desk",
      width: "190px",
      cell: (one) => <code class="font-mono">{one.prefix}</code>,
    },
    ...(props.company ? [] : [{ key: "roles", head: t.actsAs, from: "tablet" as const, cell: actsAs }]),
    { key: "access", head: t.access, from: "tablet", cell: (one) => (one.access === "read" ? t.read : t.write) },
    {
      key: "used",
      head: t.used,
      from: "tablet",
      width: "104px",
      cell: (one) => one.usedOn ?? t.never,
    },
    { key: "state", head: t.state, width: "128px", cell: (one) => <KeyState of={one} /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        say={props.company ? t.companySay : t.say}
        actions={
          <Button kind="primary" icon="plus" onClick={() => setDrawer("new")}>
            {t.make}
          </Button>
        }
      />
      <RecordPanes
        label={t.title}
        asked={keys}
        columns={columns()}
        errorTitle={t.notRead}
        empty={<EmptyState title={props.company ? t.companyEmpty : t.empty} />}
        pick={t.pick}
        detail={(one, close) => (
          <Detail
            of={one()}
            makerGone={!makes(one())}
            onRotate={() => {
              setDrawer(one());
              close();
            }}
            onRevoke={() => setRevoking(one())}
          />
        )}
      />
      <KeyDrawer space={props.space} company={props.company} for={drawer()} onClose={() => setDrawer(undefined)} />
      <Show when={revoking()} keyed>
        {(one) => <Revoke space={props.space} of={one} onClose={() => setRevoking(undefined)} />}
      </Show>
    </>
  );
}
