import { A } from "@solidjs/router";
import { openOf } from "@yihao/billing/open";
import type { Today } from "@yihao/insight/model";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { clock, count, dayCell, dayOf, money } from "../../format.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { StatusMark, type StatusShape, type Tone } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { daysFrom } from "./view.ts";
import { insightWords } from "./words.ts";

type Kind = "members" | "money" | "stock" | "work";
type Item = {
  readonly key: string;
  readonly kind: Kind;
  readonly urgent: boolean;
  readonly shape: StatusShape;
  readonly tone: Tone;
  readonly title: string;
  readonly plate?: string;
  readonly note: string;
  readonly value?: string;
  readonly aside?: string;
  readonly href: string;
};

/** What waits to be done (待处理): applications and visits, unanswered tickets and parcels that nobody fetched, agreements that end and companies that leave, bills that are over, payments that are disputed, goods to receive and pick, low stock, stuck work. Each leads to its place. */
export function TodoPane(props: { today: Today; space: string; names: ReadonlyMap<string, string> }): JSX.Element {
  const t = insightWords();
  const [kind, setKind] = createSignal<Kind | "all">("all");
  const base = () => `/s/${props.space}`;
  const nameOf = (company: string) => props.names.get(company) ?? "";
  const items = createMemo((): Item[] => {
    const { overdue, disputes, lowStock, asns, orders, deadLetters, requests, members, community } = props.today.todo;
    const year = Number(props.today.day.slice(0, 4));
    return [
      ...(deadLetters > 0
        ? [
            {
              key: "stuck",
              kind: "work",
              urgent: true,
              shape: "octagon",
              tone: "bad",
              title: t.stuck(deadLetters),
              note: t.stuckNote,
              href: `${base()}/settings/stuck`,
            } as const,
          ]
        : []),
      ...requests.map((one) => ({
        key: `request ${one.booking}`,
        kind: "work" as const,
        urgent: dayOf(one.askedUntil, one.zone) === props.today.day,
        shape: "clock" as const,
        tone: dayOf(one.askedUntil, one.zone) === props.today.day ? ("warn" as const) : ("neutral" as const),
        title: t.request(one.companyName),
        plate: one.code,
        note: t.requestNote(`${dayCell(dayOf(one.from, one.zone), year)} ${clock(one.from, one.zone)}`),
        value: clock(one.askedUntil, one.zone),
        ...(dayOf(one.askedUntil, one.zone) === props.today.day
          ? {}
          : { aside: dayCell(dayOf(one.askedUntil, one.zone), year) }),
        href: `${base()}/bookings?view=requests&request=${one.booking}`,
      })),
      ...community.tickets.map((ticket) => ({
        key: `ticket ${ticket.id}`,
        kind: "work" as const,
        urgent: ticket.urgent,
        shape: ticket.urgent ? ("octagon" as const) : ("ring" as const),
        tone: ticket.urgent ? ("bad" as const) : ("neutral" as const),
        title: ticket.title,
        note: t.ticketNote(ticket.companyName),
        value: clock(ticket.at, props.today.zone),
        ...(dayOf(ticket.at, props.today.zone) === props.today.day
          ? {}
          : { aside: dayCell(dayOf(ticket.at, props.today.zone), year) }),
        href: `${base()}/community/tickets/${ticket.id}`,
      })),
      ...(community.parcels.old > 0
        ? [
            {
              key: "parcels",
              kind: "work",
              urgent: false,
              shape: "clock",
              tone: "warn",
              title: t.parcels(community.parcels.old),
              note: t.parcelsNote(community.parcels.waiting),
              href: `${base()}/community/parcels`,
            } as const,
          ]
        : []),
      ...members.tours.map((tour) => ({
        key: `tour ${tour.id}`,
        kind: "members" as const,
        urgent: tour.at < props.today.now,
        shape: tour.at < props.today.now ? ("triangle" as const) : ("clock" as const),
        tone: tour.at < props.today.now ? ("warn" as const) : ("neutral" as const),
        title: t.tour(tour.name),
        note: tour.at < props.today.now ? t.tourOver : tour.guideName ? t.tourGuide(tour.guideName) : t.tourDue,
        value: clock(tour.at, props.today.zone),
        ...(dayOf(tour.at, props.today.zone) === props.today.day
          ? {}
          : { aside: dayCell(dayOf(tour.at, props.today.zone), year) }),
        href: `${base()}/members/leads/${tour.id}`,
      })),
      ...members.leads.map((lead) => ({
        key: `lead ${lead.id}`,
        kind: "members" as const,
        urgent: false,
        shape: "ring" as const,
        tone: "neutral" as const,
        title: t.lead(lead.name),
        note: t.leadNote,
        aside: dayCell(dayOf(lead.at, props.today.zone), year),
        href: `${base()}/members/leads/${lead.id}`,
      })),
      ...members.exits.map((exit) => ({
        key: `exit ${exit.company} ${exit.what}`,
        kind: "members" as const,
        urgent: false,
        shape: exit.on <= props.today.day ? ("triangle" as const) : ("clock" as const),
        tone: exit.on <= props.today.day ? ("warn" as const) : ("neutral" as const),
        title: exit.what === "goods" ? t.abandoned(nameOf(exit.company)) : t.leaving(nameOf(exit.company)),
        note: exit.what === "goods" ? t.abandonedNote : t.leavingNote,
        value: dayCell(exit.on, year),
        href: `${base()}/members/${exit.company}?tab=exit`,
      })),
      ...members.agreements.map((one) => ({
        key: `agreement ${one.id}`,
        kind: "members" as const,
        urgent: false,
        shape: "clock" as const,
        tone: daysFrom(props.today.day, one.until) <= 7 ? ("warn" as const) : ("neutral" as const),
        title: t.agreementEnds(nameOf(one.company)),
        note: one.title,
        value: t.inDays(daysFrom(props.today.day, one.until)),
        href: `${base()}/members/${one.company}?tab=agreements`,
      })),
      ...disputes.map((one) => {
        const by = one.evidenceBy ? dayOf(one.evidenceBy, props.today.zone) : undefined;
        const asks = one.state === "needs-response";
        return {
          key: `dispute ${one.id}`,
          kind: "money" as const,
          urgent: asks,
          shape: "squares" as const,
          tone: asks ? ("bad" as const) : ("neutral" as const),
          title: t.dispute(one.companyName),
          note: asks && by ? t.disputeBy(dayCell(by, year)) : t.disputeWaits,
          value: money(one.amountMinor),
          href: `${base()}/billing/disputes?dispute=${one.id}`,
        };
      }),
      ...overdue.map((bill) => ({
        key: bill.id,
        kind: "money" as const,
        urgent: false,
        shape: "octagon" as const,
        tone: "bad" as const,
        title: `${bill.companyName} · ${t.overdueBy(daysFrom(bill.dueOn ?? props.today.day, props.today.day))}`,
        plate: bill.number ?? "",
        note: bill.paidMinor > 0 ? t.received(money(bill.paidMinor)) : "",
        value: money(openOf(bill)),
        href: `${base()}/billing/${bill.id}`,
      })),
      ...lowStock.map((one) => ({
        key: one.product,
        kind: "stock" as const,
        urgent: false,
        shape: "triangle" as const,
        tone: "warn" as const,
        title: t.low(one.name),
        plate: one.code,
        note: nameOf(one.company),
        value: count(one.free),
        aside: t.lowNote(count(one.reorderPoint)),
        href: `${base()}/warehouse`,
      })),
      ...asns.map((asn) => ({
        key: asn.id,
        kind: "stock" as const,
        urgent: asn.state !== "expected",
        shape: asn.state === "expected" ? ("ring" as const) : ("half" as const),
        tone: asn.state === "expected" ? ("neutral" as const) : ("info" as const),
        title: t.asn(t.asnStates[asn.state as keyof typeof t.asnStates] ?? asn.state),
        note: nameOf(asn.company),
        value: `${count(asn.expected)} ${t.units}`,
        ...(asn.expectedOn ? { aside: t.expectedOn(dayCell(asn.expectedOn, year)) } : {}),
        href: `${base()}/warehouse`,
      })),
      ...orders.map((order) => ({
        key: order.id,
        kind: "stock" as const,
        urgent: false,
        shape: order.state === "back-ordered" ? ("triangle" as const) : ("half" as const),
        tone: order.state === "back-ordered" ? ("warn" as const) : ("info" as const),
        title: t.order(t.orderStates[order.state as keyof typeof t.orderStates] ?? order.state),
        note: nameOf(order.company),
        value: `${count(order.units)} ${t.units}`,
        aside: t.lines(order.lines),
        href: `${base()}/warehouse/orders/${order.id}`,
      })),
    ];
  });
  const shown = (urgent: boolean) =>
    items().filter((item) => item.urgent === urgent && (kind() === "all" || item.kind === kind()));
  const number = (which: Kind) => items().filter((item) => item.kind === which).length;
  const tabs = () => [
    { key: "all" as const, label: t.all, count: items().length },
    { key: "members" as const, label: t.members, count: number("members") },
    { key: "money" as const, label: t.money, count: number("money") },
    { key: "stock" as const, label: t.stock, count: number("stock") },
    { key: "work" as const, label: t.work, count: number("work") },
  ];
  const group = (title: string, list: () => Item[], bad: boolean) => (
    <Show when={list().length > 0}>
      <h3 class="flex items-center gap-2 border-b border-line bg-sunken px-4 py-1 text-xs text-fg-2">
        <Show when={bad}>
          <StatusMark shape="octagon" tone="bad" />
        </Show>
        <b classList={{ "text-bad-fg": bad, "text-fg": !bad }}>{title}</b>
        <span class="text-fg-3">{list().length}</span>
      </h3>
      <ul>
        <For each={list()}>{(item) => <TodoRow item={item} />}</For>
      </ul>
    </Show>
  );
  return (
    <Pane title={t.todo} label={t.todo}>
      <div class="border-b border-line px-4">
        <Tabs label={t.todo} items={tabs()} value={kind()} onChange={setKind} />
      </div>
      <Show
        when={shown(true).length + shown(false).length > 0}
        fallback={<EmptyState title={t.nothing}>{t.nothingMore}</EmptyState>}
      >
        {group(t.now, () => shown(true), true)}
        {group(t.today, () => shown(false), false)}
      </Show>
    </Pane>
  );
}

function TodoRow(props: { item: Item }) {
  return (
    <li class="border-b border-line">
      <A href={props.item.href} class="flex gap-2.5 px-4 py-2 text-fg no-underline hover:bg-hover">
        <span class="pt-1">
          <StatusMark shape={props.item.shape} tone={props.item.tone} />
        </span>
        <span class="min-w-0 flex-1">
          <span class="block truncate">{props.item.title}</span>
          <span class="flex items-center gap-2 text-xs text-fg-2">
            <Show when={props.item.plate}>{(plate) => <Plate>{plate()}</Plate>}</Show>
            <span class="truncate">{props.item.note}</span>
          </span>
        </span>
        <span class="text-right whitespace-nowrap">
          <b class="block">{props.item.value}</b>
          <span class="text-xs text-fg-3">{props.item.aside}</span>
        </span>
      </A>
    </li>
  );
}
