import { A, useParams } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { count, money } from "../../format.ts";
import { useOpens } from "../../opens.ts";
import { usePeople } from "../../people.ts";
import type { Asked } from "../../query.ts";
import type { Needs } from "../../rights.ts";
import { useHas, useMay, useMeets } from "../../session.ts";
import { useSupport } from "../../support.ts";
import { Skeleton } from "../../ui/feedback.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { usePlaces, usePrices, useStuck, useTerms, useWarehouses } from "./data.ts";
import { settingsWords } from "./words.ts";

type Row = {
  href: string;
  icon: IconName;
  name: string;
  say: string;
  now?: JSX.Element;
  outside?: boolean;
  /** For what lies outside the space's frame; other pages say themselves who they are for. */
  needs?: Needs;
};

/** Where each thing of a space is set, with how it is set now. */
export default function SettingsPage() {
  const t = settingsWords();
  const params = useParams<{ space: string }>();
  const space = () => params.space;
  const [has, may] = [useHas(space), useMay(space)];
  const places = usePlaces(space);
  const prices = usePrices(space);
  const warehouses = useWarehouses(space);
  const terms = useTerms(space);
  const people = usePeople(space, () => may("people.read"));
  const mayManage = () => has("manager");
  const opens = useOpens(space);
  const meets = useMeets(space);
  const theirs = ({ href, needs }: Row) => opens(href) && meets(needs);
  const stuck = useStuck(space, mayManage);
  const support = useSupport(space);
  const at = (path: string) => `/s/${params.space}/${path}`;
  const step = (name: string) => `/setup/${params.space}${name}`;
  const few = (n: number, more: boolean) => `${count(n)}${more ? "+" : ""}`;
  const columns = (): { name: string; rows: Row[] }[][] => [
    [
      {
        name: t.groups.space,
        rows: [
          {
            href: at("settings/places"),
            icon: "booking",
            name: t.places,
            say: t.placesSay,
            now: <Now asked={places}>{({ desks, rooms, more }) => t.placesNow(few(desks, more), rooms)}</Now>,
          },
          { href: at("settings/doors"), icon: "door", name: t.doors, say: t.doorsSay },
          { href: `/book/${params.space}`, icon: "link", name: t.public, say: t.publicSay, outside: true },
          { href: at("settings/brand"), icon: "tag", name: t.brand, say: t.brandSay },
          { href: at("training"), icon: "check", name: t.training, say: t.trainingSay },
          {
            href: step("/warehouse"),
            needs: "warehouse.manage",
            icon: "warehouse",
            name: t.warehouse,
            say: t.warehouseSay,
            now: <Now asked={warehouses}>{(all) => all.map(({ name }) => name).join(", ") || t.noWarehouse}</Now>,
          },
          { href: step(""), needs: ["manager"], icon: "settings", name: t.setup, say: t.setupSay },
        ],
      },
      {
        name: t.groups.people,
        rows: [
          {
            href: at("people"),
            icon: "people",
            name: t.people,
            say: t.peopleSay,
            now: <Now asked={people}>{({ items, next }) => t.peopleNow(few(items.length, next !== null))}</Now>,
          },
          { href: at("settings/mails"), icon: "bell", name: t.mails, say: t.mailsSay },
        ],
      },
    ],
    [
      {
        name: t.groups.money,
        rows: [
          {
            href: step("/prices"),
            needs: "pricing.manage",
            icon: "tag",
            name: t.prices,
            say: t.pricesSay,
            now: (
              <Now asked={prices}>
                {({ card, plans }) => (card ? t.pricesNow(money(card.roomHourMinor), plans) : t.noPrices)}
              </Now>
            ),
          },
          { href: at("settings/plans"), icon: "people", name: t.plans, say: t.plansSay },
          { href: at("settings/rates"), icon: "tag", name: t.rates, say: t.ratesSay },
          {
            href: at("settings/billing"),
            icon: "bank",
            name: t.billing,
            say: t.billingSay,
            now: (
              <Now asked={terms}>
                {({ termsDays, bankAccount }) =>
                  bankAccount ? t.billingNow(termsDays, bankAccount.slice(-4)) : t.noAccount(termsDays)
                }
              </Now>
            ),
          },
          { href: at("settings/platform"), icon: "card", name: t.platform, say: t.platformSay },
        ],
      },
      {
        name: t.groups.system,
        rows: [
          {
            href: at("settings/stuck"),
            icon: "wrench",
            name: t.stuck,
            say: t.stuckSay,
            now: (
              <Now asked={stuck}>
                {(found) =>
                  found.count > 0 ? <Status is="alarm" text={t.stuckNow(few(found.count, found.more))} /> : t.notStuck
                }
              </Now>
            ),
          },
          { href: at("settings/export"), icon: "download", name: t.export, say: t.exportSay },
          { href: at("members/takeover"), icon: "upload", name: t.takeover, say: t.takeoverSay },
          { href: at("settings/keys"), icon: "lock", name: t.keys, say: t.keysSay },
          { href: at("settings/hooks"), icon: "radio", name: t.hooks, say: t.hooksSay },
          {
            href: at("settings/support"),
            icon: "shield",
            name: t.support,
            say: t.supportSay,
            now: <Show when={support.data?.active}>{<Status is="live" text={t.supportOpen} />}</Show>,
          },
          { href: "/api/v1/docs", icon: "link", name: t.api, say: t.apiSay, outside: true },
        ],
      },
    ],
  ];
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Pane label={t.title}>
        <div class="grid flex-1 desk:grid-cols-2">
          <For each={columns()}>
            {(column) => (
              <div class="min-w-0 border-line desk:odd:border-r">
                <For each={column.filter(({ rows }) => rows.some(theirs))}>
                  {(group) => (
                    <section aria-label={group.name}>
                      <header class="y-pane-head bg-sunken">
                        <h2>{group.name}</h2>
                      </header>
                      <ul>
                        <For each={group.rows.filter(theirs)}>{(row) => <SettingsRow row={row} />}</For>
                      </ul>
                    </section>
                  )}
                </For>
              </div>
            )}
          </For>
        </div>
      </Pane>
    </>
  );
}

function SettingsRow(props: { row: Row }) {
  return (
    <li class="border-b border-line">
      <A
        href={props.row.href}
        {...(props.row.outside ? { rel: "external" } : {})}
        class="grid min-h-16 grid-cols-[20px_minmax(0,1fr)_16px] items-center gap-x-4 px-4 py-3 hover:bg-hover tablet:grid-cols-[20px_minmax(0,1fr)_auto_16px]"
      >
        <Icon name={props.row.icon} size={20} />
        <span class="min-w-0">
          <b class="block">{props.row.name}</b>
          <span class="text-xs text-fg-2">{props.row.say}</span>
        </span>
        <span class="col-start-2 row-start-2 text-xs tabular-nums tablet:col-start-3 tablet:row-start-1">
          {props.row.now}
        </span>
        <span class="col-start-3 row-start-1 tablet:col-start-4">
          <Icon name={props.row.outside ? "arrowRight" : "right"} />
        </span>
      </A>
    </li>
  );
}

/** How something is set now. A part that could not be read says so and keeps no other back. */
function Now<Value>(props: { asked: Asked<Value>; children: (value: Value) => JSX.Element }) {
  const t = settingsWords();
  return (
    <Show when={props.asked.data} fallback={props.asked.isError ? t.notRead : <Skeleton width="8em" />}>
      {(value) => props.children(value())}
    </Show>
  );
}
