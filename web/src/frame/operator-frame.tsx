import { Navigate, useCurrentMatches, useLocation, useNavigate, useParams } from "@solidjs/router";
import type { Me, Place } from "@yihao/identity/model";
import { daysOfMonth } from "@yihao/kernel/days";
import { createEffect, createMemo, type ParentProps, Show } from "solid-js";
import { actingCompany, offlineSince, setActingCompany } from "../api.ts";
import { dayOf, dayProse, instantCell, minuteOfDay, monthTitle } from "../format.ts";
import { useOpens } from "../opens.ts";
import { type Needs, neededText } from "../rights.ts";
import { accountItems, placeRole, spaceItems, useMeets } from "../session.ts";
import { useSupport } from "../support.ts";
import { Button, TextLink } from "../ui/button.tsx";
import { Bar, NoRight, OfflineBar } from "../ui/feedback.tsx";
import type { IconName } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { matching, type PaletteProvider } from "../ui/palette.tsx";
import { PageHead } from "../ui/panes.tsx";
import { DayRuler, MonthRuler } from "../ui/ruler.tsx";
import { OperatorShell } from "../ui/shell-operator.tsx";
import { findCompanies, useNow, useSpace } from "./data.ts";
import { Gate } from "./gate.tsx";
import { PageSlot } from "./page-slot.tsx";
import { monthSlot, rulerSlot } from "./slots.ts";
import { frameWords } from "./words.ts";

/** The operator's frame around every page under `/s/<space>`. The door of a space is everyone's: who works in one of its companies goes on to the portal. */
export default function OperatorFrame(props: ParentProps) {
  const params = useParams<{ space: string }>();
  const location = useLocation();
  const atDoor = () =>
    [`/s/${params.space}`, `/s/${params.space}/today`].includes(location.pathname.replace(/\/$/, ""));
  const toPortal = (place: Place) => atDoor() && place.roles.length === 0 && place.companies.length > 0;
  return (
    <Gate space={params.space}>
      {(me, place) => (
        <Show when={!toPortal(place)} fallback={<Navigate href={`/s/${params.space}/my`} />}>
          <Framed me={me} place={place}>
            {props.children}
          </Framed>
        </Show>
      )}
    </Gate>
  );
}

function Framed(props: ParentProps<{ me: Me; place: Place }>) {
  const t = frameWords();
  const navigate = useNavigate();
  const base = () => `/s/${props.place.space}`;
  const space = useSpace(() => props.place.space);
  const now = useNow();
  const zone = () => space.data?.zone ?? "Asia/Shanghai";
  const today = createMemo(() => dayOf(now(), zone()));
  const staff = () => props.place.roles.length > 0;
  createEffect(() => {
    if (staff() && actingCompany() !== undefined) setActingCompany(undefined);
  });
  const meets = useMeets(() => props.place.space);
  const opens = useOpens(() => props.place.space);
  const matches = useCurrentMatches();
  const wanting = () => {
    const needs = matches().at(-1)?.route.info?.needs as Needs | undefined;
    return meets(needs) ? undefined : needs;
  };
  const places = createMemo(() => {
    const item = (
      key: "today" | "bookings" | "warehouse" | "members" | "community" | "billing",
      letter: string,
      icon: IconName,
    ) => ({
      href: `${base()}/${key}`,
      label: t[key],
      icon,
      letter,
    });
    return [
      item("today", "t", "today"),
      item("bookings", "b", "booking"),
      item("warehouse", "w", "warehouse"),
      item("members", "m", "people"),
      item("community", "c", "message"),
      item("billing", "i", "bill"),
    ].filter(({ href }) => opens(href));
  });
  useKeys([
    ...places().map((place) => ({
      keys: `g ${place.letter}`,
      label: t.go(place.label),
      run: () => navigate(place.href),
    })),
    {
      keys: "t",
      label: t.now,
      run: () => {
        const month = monthSlot();
        if (month) month.onNow();
        else rulerSlot()?.onLook?.(undefined);
      },
    },
  ]);
  const foot = () => [
    ...[{ href: `${base()}/people`, label: t.people, icon: "person" as const }].filter(({ href }) => opens(href)),
    { href: `${base()}/settings`, label: t.settings, icon: "settings" as const },
  ];
  const providers = (): PaletteProvider[] => [
    {
      name: t.commands,
      prefix: ">",
      find: (query) =>
        matching(
          [
            ...[...places(), ...foot()].map((place) => ({
              key: place.href,
              label: t.go(place.label),
              icon: place.icon,
              run: () => navigate(place.href),
            })),
            ...(meets("warehouse.work")
              ? [{ key: "wh", label: t.hand, icon: "scan" as const, run: () => navigate(`${base()}/wh`) }]
              : []),
            { key: "api", label: t.api, icon: "link" as const, run: () => location.assign("/api/v1/docs") },
          ],
          query,
        ),
    },
    {
      name: t.companies,
      prefix: "@",
      find: async (query) =>
        (await findCompanies(props.place.space, query)).map((company) => ({
          key: company.id,
          label: company.name,
          icon: "people" as const,
          run: () => navigate(`${base()}/members/${company.id}`),
        })),
    },
  ];
  const slot = () => rulerSlot();
  const shown = () => slot()?.day ?? today();
  return (
    <OperatorShell
      home={`${base()}/today`}
      nav={places()}
      footNav={foot()}
      space={{ name: props.place.name, items: spaceItems(props.me, { space: props.place.space }, navigate) }}
      person={{ name: props.me.name || props.me.email, role: placeRole(props.place), items: accountItems(navigate) }}
      providers={providers()}
      ruler={
        <Show
          when={monthSlot()}
          fallback={
            <DayRuler
              title={dayProse(shown())}
              {...(slot()?.load ? { load: slot()?.load ?? [] } : {})}
              {...(slot()?.marks ? { marks: slot()?.marks ?? [] } : {})}
              now={shown() === today() ? minuteOfDay(now(), today(), zone()) : undefined}
              look={slot()?.look}
              onLook={slot()?.onLook}
              onDay={slot()?.onDay}
            />
          }
        >
          {(month) => (
            <MonthRuler
              title={monthTitle(month().month)}
              days={daysOfMonth(month().month).length}
              load={month().load}
              marks={month().marks}
              today={today().slice(0, 7) === month().month ? Number(today().slice(8)) : undefined}
              look={month().look}
              onLook={month().onLook}
              onMonth={month().onMonth}
              onNow={month().onNow}
            />
          )}
        </Show>
      }
      bars={
        <>
          <Show when={offlineSince()}>{(since) => <OfflineBar since={since()} />}</Show>
          <SupportBar place={props.place} zone={zone()} />
        </>
      }
    >
      <Show
        when={staff()}
        fallback={
          <NoRight title={t.noStaff} action={<Button onClick={() => navigate(`${base()}/my`)}>{t.toPortal}</Button>}>
            {t.staffOnly}
          </NoRight>
        }
      >
        <Show when={wanting()} fallback={<PageSlot>{props.children}</PageSlot>}>
          {(needs) => (
            <>
              <PageHead title={t.notYours} />
              <NoRight
                title={t.needs(neededText(needs()))}
                action={<Button onClick={() => navigate(`${base()}/today`)}>{t.go(t.today)}</Button>}
              >
                {t.askOwner}
              </NoRight>
            </>
          )}
        </Show>
      </Show>
    </OperatorShell>
  );
}

/** Says that the platform's support may look in now: to the space's staff, and to support itself, who can only read. */
function SupportBar(props: { place: Place; zone: string }) {
  const t = frameWords();
  const own = () => props.place.support;
  const support = useSupport(
    () => props.place.space,
    () => own() === undefined && props.place.roles.length > 0,
  );
  const grant = () => (support.data?.active ? support.data.grant : undefined);
  const at = (until: string) => instantCell(until, props.zone);
  return (
    <>
      <Show when={own()}>
        {(until) => (
          <Bar tone="warn" title={t.asSupport}>
            {t.asSupportSay(at(until()))}
          </Bar>
        )}
      </Show>
      <Show when={grant()}>
        {(open) => (
          <Bar
            tone="info"
            title={t.supportOpen(at(open().until))}
            action={
              <Show when={props.place.roles.includes("owner")}>
                <TextLink href={`/s/${props.place.space}/settings/support`}>{t.supportSee}</TextLink>
              </Show>
            }
          >
            {t.supportSay(open().byName)}
          </Bar>
        )}
      </Show>
    </>
  );
}
