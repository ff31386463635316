import { useParams } from "@solidjs/router";
import { countingTitles, incubationServices, type TaxSettings } from "@yihao/pricing/tax-model";
import { createSignal, For, type JSX, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { streamWords } from "../../streams.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { propose, useApprovals } from "./accounts-data.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { useRights } from "./rights.ts";
import { daysText, useTaxSettings } from "./tax-data.ts";
import { TaxDrawer, type TaxPart } from "./tax-drawers.tsx";
import { taxWords } from "./tax-words.ts";
import { deviceDay } from "./view.ts";

/** How the space is taxed (税务): rates of its streams, its titles and its separate accounts, for those who may see money. */
export default function TaxPage() {
  const params = useParams<{ space: string }>();
  const t = taxWords();
  const read = useTaxSettings(() => params.space);
  return (
    <>
      <PageHead title={t.title} say={t.say} tabs={<BillingTabs space={params.space} />} />
      <Panes
        work={
          <Pane label={t.title}>
            <Reading asked={read} failed={t.notRead} rows={6}>
              {(now) => <Settings space={params.space} settings={now().settings} rev={now().rev} />}
            </Reading>
          </Pane>
        }
      />
    </>
  );
}

function Settings(props: { space: string; settings: TaxSettings; rev: number }) {
  const t = taxWords();
  const names = streamWords();
  const rights = useRights(() => props.space);
  const tablet = media("(min-width: 768px)");
  const [adding, setAdding] = createSignal<TaxPart>();
  const [busy, setBusy] = createSignal<string>();
  const open = useApprovals(
    () => props.space,
    () => "open",
  );
  const waits = () => open.data?.some(({ wish }) => wish.kind === "tax-settings") ?? false;
  const may = () => rights.mayRecord() && !waits();
  const remove = async (key: string, what: string, settings: TaxSettings) => {
    setBusy(key);
    try {
      await propose(props.space, { kind: "tax-settings", rev: props.rev, settings }, t.removeAsk(what), newIntent());
      toast({ text: t.proposed, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  type Row = {
    readonly key: string;
    readonly cells: readonly JSX.Element[];
    readonly days: string;
    readonly what: string;
  };
  const table = (part: TaxPart, heads: readonly string[], rows: readonly Row[], say: string) => {
    const without = (at: number): TaxSettings => ({
      ...props.settings,
      [part]: props.settings[part].filter((_, index) => index !== at),
    });
    const removing = (row: Row) => (
      <Show when={may()}>
        <Button
          size="sm"
          kind="text"
          busy={busy() === row.key}
          onClick={() => void remove(row.key, row.what, without(rows.indexOf(row)))}
        >
          {t.remove}
        </Button>
      </Show>
    );
    const columns = (): Column<Row>[] => [
      ...(tablet() ? heads : heads.slice(0, 1)).map(
        (head, at): Column<Row> => ({
          ...{ key: `c${at}`, head },
          // On a phone the name takes the other facts below it, so that none is cut.
          cell: ({ cells }: Row) =>
            at === 0 && !tablet() ? (
              <span class="block leading-5 whitespace-normal">
                {cells[0]}
                <span class="flex flex-wrap gap-x-2 text-xs text-fg-3">
                  <For each={cells.slice(1).filter((one) => one !== "—")}>{(one) => <span>{one}</span>}</For>
                </span>
              </span>
            ) : (
              cells[at]
            ),
          ...(at > 1 ? { width: "168px" } : {}),
        }),
      ),
      {
        ...{ key: "days", head: t.days, width: tablet() ? "220px" : "44%" },
        cell: (row) => (
          <Show when={!tablet()} fallback={row.days}>
            <span class="block leading-5 whitespace-normal">
              {row.days}
              <span class="block">{removing(row)}</span>
            </span>
          </Show>
        ),
      },
      ...(may() && tablet() ? [{ key: "remove", head: "", width: "96px", cell: removing }] : []),
    ];
    return (
      <section aria-label={t[part]} class="border-b border-line">
        <header class="y-pane-head">
          <h2>{t[part]}</h2>
          <Show when={may()}>
            <span class="ml-auto">
              <Button size="sm" onClick={() => setAdding(part)}>
                {t.add[part]}
              </Button>
            </span>
          </Show>
        </header>
        <p class="px-4 py-2 text-xs text-pretty text-fg-2">{say}</p>
        <DataTable
          label={t[part]}
          rows={rows}
          columns={columns()}
          rowHeight={tablet() ? 32 : 80}
          rowKey={({ key }) => key}
          empty={<EmptyState title={t.none[part]} />}
        />
      </section>
    );
  };
  const yes = (is: boolean, text: string) => (is ? <Status is="done" text={text} /> : "—");
  return (
    <div class="min-h-0 flex-1 overflow-y-auto">
      <Show when={waits()}>
        <div class="px-4 pt-3">
          <Note
            title={t.waits}
            actions={<LinkButton href={`/s/${props.space}/billing/accounts`}>{t.toApprovals}</LinkButton>}
          />
        </div>
      </Show>
      {table(
        "titles",
        [t.kind, t.number, t.counts],
        props.settings.titles.map((one, at) => ({
          key: `titles ${at}`,
          days: daysText(one),
          what: t.titlesOf[one.title],
          cells: [t.titlesOf[one.title], one.number ?? "—", yes(countingTitles.includes(one.title), t.counts)],
        })),
        t.titlesSay,
      )}
      {table(
        "separate",
        [t.separate],
        props.settings.separate.map((one, at) => ({
          ...{ key: `separate ${at}`, days: daysText(one), what: t.separate, cells: [t.separate] },
        })),
        t.separateSay,
      )}
      {table(
        "rates",
        [t.stream, t.service, t.rate, t.exempts],
        props.settings.rates.map((one, at) => ({
          key: `rates ${at}`,
          days: daysText(one),
          what: names[one.stream],
          cells: [
            names[one.stream],
            t.services[one.service],
            `${one.basis / 100}%${one.basis === 500 ? ` ${t.simplified}` : ""}`,
            yes(incubationServices.includes(one.service), t.exempts),
          ],
        })),
        t.ratesSay,
      )}
      <Show when={adding()}>
        {(part) => (
          <TaxDrawer
            space={props.space}
            part={part()}
            settings={props.settings}
            rev={props.rev}
            today={deviceDay()}
            onClose={() => setAdding(undefined)}
          />
        )}
      </Show>
    </div>
  );
}
