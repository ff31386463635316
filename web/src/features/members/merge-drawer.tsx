import { useNavigate } from "@solidjs/router";
import type { CompanyView } from "@yihao/members/model";
import type { MergeBlock, MergeField, MergePreview, MergeTerm, MergeWish } from "@yihao/merge/model";
import type { AgreedPrice } from "@yihao/pricing/model";
import { createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { newIntent } from "../../api.ts";
import { money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Facts } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { agreedText } from "./agreed-prices.tsx";
import { agreedWords } from "./agreed-words.ts";
import { useCompanies } from "./data.ts";
import { factNames } from "./happenings.ts";
import { mergeCompanies, useMergePreview } from "./merge-data.ts";
import { mergeWords } from "./merge-words.ts";

/** Merging a company into another that it turned out to be (合并企业): which one, what would move, whose facts hold, what must be settled first. */
export function MergeDrawer(props: { space: string; company: CompanyView; open: boolean; onClose: () => void }) {
  const t = mergeWords();
  const navigate = useNavigate();
  const [other, setOther] = createSignal("");
  const [swapped, setSwapped] = createSignal(false);
  const [fields, setFields] = createStore<MergeWish["fields"]>({});
  const [terms, setTerms] = createStore<MergeWish["terms"]>({});
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const companies = useCompanies(
    () => props.space,
    () => "",
  );
  const preview = useMergePreview(
    () => props.space,
    () => (swapped() ? other() : props.company.id),
    () => (other() === "" ? "" : swapped() ? props.company.id : other()),
  );
  const seen = () => (other() === "" ? undefined : preview.data);
  const options = () =>
    (companies.data ?? [])
      .filter(({ id, state }) => id !== props.company.id && state === "active")
      .map(({ id, name, code }) => ({
        value: id as string,
        label: name,
        ...(code ? { note: code, search: code } : {}),
      }));
  const intent = newIntent();
  const run = async (plan: MergePreview) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await mergeCompanies(props.space, plan, { fields: { ...fields }, terms: { ...terms } }, intent);
      toast({ text: t.started(plan.into.name), tone: "good" });
      props.onClose();
      navigate(`/s/${props.space}/members/${plan.into.id}`);
    } catch (error) {
      setProblem(() => error);
      void preview.refetch();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t.title((swapped() ? seen()?.from.name : undefined) ?? props.company.name)}
      foot={
        <>
          <Show when={seen()?.blocks.length === 0 ? seen() : undefined}>
            {(plan) => (
              <Button kind="primary" busy={busy()} onClick={() => void run(plan())}>
                {t.confirm(plan().into.name)}
              </Button>
            )}
          </Show>
          <Button onClick={props.onClose}>{t.cancel}</Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <ComboField
          label={t.into}
          options={options()}
          bind={bound(other, (value) => {
            setOther(value);
            setSwapped(false);
          })}
        />
        <Show when={other() !== ""} fallback={<p class="text-fg-2">{t.pick}</p>}>
          <Reading asked={preview} failed={t.notRead} rows={5}>
            {(plan) => (
              <>
                <p class="flex flex-wrap items-center gap-3">
                  <b>{t.way(plan().from.name, plan().into.name)}</b>
                  <Button size="sm" icon="refresh" onClick={() => setSwapped(!swapped())}>
                    {t.swap}
                  </Button>
                </p>
                <Blocks space={props.space} plan={plan()} />
                <Show when={plan().blocks.length === 0}>
                  <Conflicts plan={plan()} choice={(field) => fields[field] ?? "into"} onChoose={setFields} />
                </Show>
                <Moves plan={plan()} />
                <Agreed plan={plan()} />
                <Terms plan={plan()} choice={(term) => terms[term] ?? "into"} onChoose={setTerms} />
                <p class="text-xs text-pretty text-fg-2">{t.stays}</p>
              </>
            )}
          </Reading>
        </Show>
        <Show when={problem()}>
          <Note tone="bad" alert>
            {explain(problem())}
          </Note>
        </Show>
      </div>
    </Drawer>
  );
}

/** The page of the warehouse that shows what stands in the way. */
const pages: Partial<Record<MergeBlock, string>> = {
  codes: "products",
  notices: "inbound",
  orders: "orders",
  returns: "returns",
  transfers: "transfers",
  counts: "counts",
};
const pageOf = (what: MergeBlock) => pages[what];

function Blocks(props: { space: string; plan: MergePreview }) {
  const t = mergeWords();
  return (
    <Show when={props.plan.blocks.length > 0}>
      <Note tone="warn" title={t.blocksTitle}>
        <ul class="my-1">
          <For each={props.plan.blocks}>
            {({ what, count, items }) => (
              <li>
                <Status is="mismatch" text={t.blocks[what](count)} />
                <Show when={items?.length ? pageOf(what) : undefined}>
                  {(page) => (
                    <p class="my-1 flex flex-wrap gap-x-3 gap-y-1">
                      <For each={items}>
                        {({ id, label }) => <a href={`/s/${props.space}/warehouse/${page()}/${id}`}>{label}</a>}
                      </For>
                      <Show when={count - (items?.length ?? 0) > 0}>{t.more(count - (items?.length ?? 0))}</Show>
                    </p>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
        {t.blocksSay}
      </Note>
    </Show>
  );
}

function Conflicts(props: {
  plan: MergePreview;
  choice: (field: MergeField) => "from" | "into";
  onChoose: (field: MergeField, side: "from" | "into") => void;
}) {
  const t = mergeWords();
  const said = (field: MergeField, value: string) =>
    field === "kind" ? (t.kinds[value as keyof typeof t.kinds] ?? value) : value;
  return (
    <section aria-label={t.conflicts} class="flex flex-col gap-3">
      <Show when={props.plan.conflicts.length > 0} fallback={<p class="text-fg-2">{t.noConflicts}</p>}>
        <h3 class="font-strong">{t.conflicts}</h3>
        <For each={props.plan.conflicts}>
          {({ field, from, into }) => (
            <Segmented
              label={factNames([field])}
              options={[
                { value: "into" as const, label: said(field, into) },
                { value: "from" as const, label: said(field, from) },
              ]}
              bind={bound(
                () => props.choice(field),
                (side) => props.onChoose(field, side),
              )}
            />
          )}
        </For>
      </Show>
    </section>
  );
}

function Moves(props: { plan: MergePreview }) {
  const t = mergeWords();
  const moves = () => props.plan.moves;
  const kinds = [
    "people",
    "plans",
    "packs",
    "agreements",
    "documents",
    "tickets",
    "parcels",
    "bookings",
    "bills",
    "drafts",
    "products",
    "orders",
  ] as const;
  return (
    <section aria-label={t.moves}>
      <h3 class="mb-1 font-strong">{t.moves}</h3>
      <Facts items={kinds.map((kind) => ({ label: t.move[kind], value: String(moves()[kind]) }))} />
      <p class="mt-2 tabular-nums">
        {t.balances(money(moves().receivableMinor), money(moves().depositMinor), money(moves().creditMinor))}
      </p>
    </section>
  );
}

const bothTerms = ["way", "title"] as const;

/** What the two said of their bills and their fapiao: chosen where both did and not the same, told where the one that goes alone did. */
function Terms(props: {
  plan: MergePreview;
  choice: (term: MergeTerm) => "from" | "into";
  onChoose: (term: MergeTerm, side: "from" | "into") => void;
}) {
  const t = mergeWords();
  const said = (term: MergeTerm, side: "from" | "into") => {
    const { way, title } = props.plan.terms[side];
    return term === "title" ? title : way && t.ways[way];
  };
  const rows = () =>
    bothTerms.flatMap((term) => {
      const [from, into] = [said(term, "from"), said(term, "into")];
      return from === undefined || from === into ? [] : [{ term, from, into }];
    });
  return (
    <Show when={rows().length > 0}>
      <section aria-label={t.terms} class="flex flex-col gap-3">
        <h3 class="font-strong">{t.terms}</h3>
        <For each={rows()}>
          {({ term, from, into }) => (
            <Show
              when={into}
              fallback={
                <p>
                  {t.termNames[term]}
                  {t.colon}
                  {from}
                  <span class="block text-xs text-fg-2">{t.agreedTaken}</span>
                </p>
              }
            >
              {(own) => (
                <Segmented
                  label={t.termNames[term]}
                  options={[
                    { value: "into" as const, label: own() },
                    { value: "from" as const, label: from },
                  ]}
                  bind={bound(
                    () => props.choice(term),
                    (side) => props.onChoose(term, side),
                  )}
                />
              )}
            </Show>
          )}
        </For>
      </section>
    </Show>
  );
}

/** What becomes of the prices that were agreed with the one that goes. */
function Agreed(props: { plan: MergePreview }) {
  const t = mergeWords();
  const words = agreedWords();
  const prices = () => props.plan.prices;
  const lists = () => [
    { title: t.agreedTaken, items: prices().taken },
    { title: t.agreedLeft, items: prices().left },
  ];
  const text = (one: AgreedPrice) =>
    `${words.kinds[one.kind]} · ${one.name}${words.colon}${agreedText(one)}${words.comma}${words.days(one.from, one.until ?? "")}`;
  return (
    <Show when={prices().plan || prices().taken.length + prices().left.length > 0}>
      <section aria-label={t.agreed}>
        <h3 class="mb-1 font-strong">{t.agreed}</h3>
        <Show when={prices().plan}>
          {(one) => (
            <p class="tabular-nums">{t.agreedPlan(one().name, money(one().monthlyMinor), one().until ?? "")}</p>
          )}
        </Show>
        <For each={lists().filter(({ items }) => items.length > 0)}>
          {({ title, items }) => (
            <>
              <p class="mt-1 text-xs text-fg-2">{title}</p>
              <ul class="tabular-nums">
                <For each={items}>{(one) => <li>{text(one as AgreedPrice)}</li>}</For>
              </ul>
            </>
          )}
        </For>
      </section>
    </Show>
  );
}
