import { useParams } from "@solidjs/router";
import type { PackView, PlanView } from "@yihao/pricing/model";
import { planPriceOn } from "@yihao/pricing/price";
import { createSignal, Show } from "solid-js";
import { dayCell, dayOf, money } from "../../format.ts";
import { useNow, useSpace } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { media, PageHead, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { usePlans } from "./data.ts";
import { changePack } from "./offers-data.ts";
import { offersWords } from "./offers-words.ts";
import { createOffer } from "./pack-forms.tsx";
import { usePacks } from "./plan-data.ts";
import { PlanForm } from "./plan-form.tsx";
import { givenWords, unitsSaid } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

/** What the space offers its companies: plans (会员套餐) with the price to come, and packs of credits (预付包), added, changed, retired and offered again. */
export default function OffersPage() {
  const t = offersWords();
  const p = planWords();
  const params = useParams<{ space: string }>();
  const space = () => params.space;
  const may = useMay(space);
  const mayPrice = () => may("pricing.manage");
  const now = useNow();
  const settings = useSpace(space);
  const today = () => dayOf(now(), settings.data?.zone ?? "Asia/Shanghai");
  const tablet = media("(min-width: 768px)");
  const plans = usePlans(space);
  const packs = usePacks(space);
  const [editing, setEditing] = createSignal<{ readonly plan?: PlanView }>();
  const [offering, setOffering] = createSignal(false);
  const [busy, setBusy] = createSignal<string>();
  const year = () => Number(today().slice(0, 4));
  const price = (plan: PlanView) => {
    const { next } = plan;
    const held = t.perMonth(money(planPriceOn(plan, today())));
    return next && next.from > today()
      ? `${held} · ${t.from(dayCell(next.from, year()), money(next.monthlyMinor))}`
      : held;
  };
  const gives = (plan: PlanView) => givenWords(plan.allowances) || t.nothing;
  const term = ({ termMonths = 0, noticeDays = 0 }: PlanView) =>
    termMonths + noticeDays > 0 ? t.termSaid(termMonths, noticeDays) : "—";
  const state = (one: { readonly state: "active" | "retired" }) => (
    <Status is={one.state === "active" ? "active" : "off"} text={t.states[one.state]} />
  );
  const toggle = async (pack: PackView) => {
    const { id: _id, rev: _rev, ...facts } = pack;
    const next = pack.state === "active" ? ("retired" as const) : ("active" as const);
    setBusy(pack.id);
    try {
      await changePack(space(), { ...facts, state: next }, pack);
      toast({ text: next === "retired" ? t.retired(pack.name) : t.offered(pack.name), tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
      void packs.refetch();
    } finally {
      setBusy(undefined);
    }
  };
  const two = (first: string, second: string) => (
    <span class="block leading-5">
      <span class="block truncate">{first}</span>
      <span class="block truncate text-xs text-fg-2">{second}</span>
    </span>
  );
  const planEnd = (one: PlanView) => (
    <span class="flex items-center justify-between gap-2">
      {state(one)}
      <Show when={mayPrice()}>
        <Button kind="text" aria-label={`${t.change} ${one.name}`} onClick={() => setEditing({ plan: one })}>
          {t.change}
        </Button>
      </Show>
    </span>
  );
  const packEnd = (one: PackView) => (
    <span class="flex items-center justify-between gap-2">
      {state(one)}
      <Show when={mayPrice()}>
        <Button
          kind="text"
          busy={busy() === one.id}
          aria-label={`${one.state === "active" ? t.retire : t.offer} ${one.name}`}
          onClick={() => void toggle(one)}
        >
          {one.state === "active" ? t.retire : t.offer}
        </Button>
      </Show>
    </span>
  );
  const planColumns = (): Column<PlanView>[] =>
    tablet()
      ? [
          { key: "name", head: t.name, width: "22%", cell: (one) => one.name },
          { key: "price", head: t.monthly, width: "26%", cell: price },
          { key: "gives", head: t.gives, cell: gives },
          { key: "term", head: t.term, width: "168px", from: "desk", cell: term },
          { key: "state", head: t.state, width: "188px", cell: planEnd },
        ]
      : [
          { key: "name", head: t.name, cell: (one) => two(one.name, price(one)) },
          { key: "state", head: t.state, width: "172px", cell: planEnd },
        ];
  const packColumns = (): Column<PackView>[] =>
    tablet()
      ? [
          { key: "name", head: t.name, width: "22%", cell: (one) => one.name },
          { key: "holds", head: t.holds, cell: (one) => `${p.kinds[one.kind]} ${unitsSaid(one.kind, one.units)}` },
          { key: "price", head: t.price, width: "120px", align: "end", cell: (one) => money(one.priceMinor) },
          { key: "valid", head: t.valid, width: "112px", align: "end", cell: (one) => t.days(one.validDays) },
          { key: "state", head: t.state, width: "188px", cell: packEnd },
        ]
      : [
          {
            key: "name",
            head: t.name,
            cell: (one) => two(one.name, `${unitsSaid(one.kind, one.units)} · ${money(one.priceMinor)}`),
          },
          { key: "state", head: t.state, width: "172px", cell: packEnd },
        ];
  const offer = createOffer({ space: params.space }, () => setOffering(false));
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <Show when={mayPrice()}>
            <Button onClick={() => setOffering(true)}>{t.addPack}</Button>
            <Button kind="primary" onClick={() => setEditing({})}>
              {t.add}
            </Button>
          </Show>
        }
      />
      <div class="min-h-0 flex-1 overflow-y-auto">
        <Pane label={t.plans}>
          <DataTable
            label={t.plans}
            rows={plans.data ?? []}
            columns={planColumns()}
            rowKey={(one) => one.id}
            rowHeight={tablet() ? 40 : 56}
            state={plans.isPending ? "loading" : plans.isError ? "error" : "ready"}
            problem={plans.error}
            errorTitle={t.notRead}
            onRetry={() => plans.refetch()}
            empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
          />
        </Pane>
        <Pane label={t.packs}>
          <header class="y-pane-head">
            <h2>{t.packs}</h2>
          </header>
          <DataTable
            label={t.packs}
            rows={packs.data ?? []}
            columns={packColumns()}
            rowKey={(one) => one.id}
            rowHeight={tablet() ? 40 : 56}
            state={packs.isPending ? "loading" : packs.isError ? "error" : "ready"}
            problem={packs.error}
            errorTitle={t.packsNotRead}
            onRetry={() => packs.refetch()}
            empty={<EmptyState title={t.noPacks}>{t.noPacksSay}</EmptyState>}
          />
        </Pane>
      </div>
      <Show when={editing()} keyed>
        {(one) => (
          <PlanForm space={params.space} today={today()} plan={one.plan} onDone={() => setEditing(undefined)} />
        )}
      </Show>
      <Drawer open={offering()} onClose={() => setOffering(false)} title={t.addPack} foot={offer.foot()}>
        {offer.body()}
      </Drawer>
    </>
  );
}
