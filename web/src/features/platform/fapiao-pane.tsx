import { fapiaoRows, platformItem } from "@yihao/billing/fapiao";
import type { PlatformBillRow, PlatformFapiao } from "@yihao/billing/platform-model";
import { createSignal, For, Show } from "solid-js";
import { type FapiaoDoes, FapiaoStepDrawer, fapiaoLooks } from "../../fapiao-step.tsx";
import { fapiaoWords } from "../../fapiao-words.ts";
import { money, monthTitle } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Facts } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { stepFapiao, useAskedFapiaos } from "./data.ts";
import { usageWords } from "./words.ts";

const last = (row: PlatformBillRow) => row.fapiao?.at(-1);

/** How the fapiao of a space's bill stands; a dash where none was asked for. */
export function FapiaoState(props: { row: PlatformBillRow }) {
  const t = fapiaoWords();
  return (
    <Show when={last(props.row)} fallback="—">
      {(one) => <Status is={fapiaoLooks[one().state]} text={t.states[one().state]} />}
    </Show>
  );
}

/** What spaces asked for and the platform has not issued yet (待开发票), over all months; with its export for the tax platform. */
export function AskedFapiaos(props: { onOpen: (row: PlatformBillRow) => void }) {
  const t = fapiaoWords();
  const u = usageWords();
  const asked = useAskedFapiaos();
  const rows = () =>
    (asked.data ?? []).flatMap((row) => {
      const one = last(row);
      return one ? [{ ...one, invoiceNumber: row.number }] : [];
    });
  const columns = (): Column<PlatformBillRow>[] => [
    {
      ...{ key: "space", head: u.space },
      cell: (row) => (
        <button type="button" class="y-link truncate text-left" onClick={() => props.onOpen(row)}>
          {row.name ?? row.space}
        </button>
      ),
    },
    { key: "number", head: u.number, width: "152px", from: "tablet", cell: ({ number }) => number },
    { key: "title", head: t.heading, from: "tablet", cell: (row) => last(row)?.title.title ?? "" },
    { key: "sum", head: u.sum, width: "120px", align: "end", cell: (row) => money(last(row)?.totalMinor ?? 0) },
    { key: "state", head: t.state, width: "104px", cell: (row) => <FapiaoState row={row} /> },
  ];
  return (
    <section aria-label={u.fapiao}>
      <header class="y-pane-head border-t border-line">
        <h2>{u.fapiao}</h2>
        <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{u.fapiaoNote}</span>
        <Show when={rows().length > 0}>
          <ExportMenu name={t.forPlatform} label={t.forPlatform} rows={() => fapiaoRows(rows(), () => platformItem)} />
        </Show>
      </header>
      <Reading asked={asked} failed={t.notRead}>
        {(all) => (
          <Show when={all().length > 0} fallback={<p class="px-4 py-3 text-fg-2">{t.none}</p>}>
            <DataTable
              label={u.fapiao}
              rows={all()}
              columns={columns()}
              rowKey={({ space, month }) => `${space} ${month}`}
            />
          </Show>
        )}
      </Reading>
    </section>
  );
}

/** The fapiao of one bill: what it is made out to, what was before it, and what may be recorded next. */
export function FapiaoOfBill(props: { row: PlatformBillRow; onClose: () => void }) {
  const t = fapiaoWords();
  const [doing, setDoing] = createSignal<FapiaoDoes>();
  const facts = (one: PlatformFapiao) =>
    [
      { label: t.kind, value: t.kinds[one.title.kind] },
      { label: t.heading, value: one.title.title },
      { label: t.taxNumber, value: one.title.taxNumber },
      { label: t.address, value: one.title.address },
      { label: t.phone, value: one.title.phone },
      { label: t.bank, value: one.title.bank },
      { label: t.account, value: one.title.account },
      { label: t.email, value: one.title.email },
      { label: t.amount, value: money(one.totalMinor) },
      { label: t.number, value: one.number ?? "" },
      { label: t.on, value: one.issuedOn ?? "" },
      { label: t.file, value: one.file?.name ?? "" },
      { label: t.redNumber, value: one.redNumber ?? "" },
      { label: t.reason, value: one.reason ?? "" },
    ].filter(({ value }) => value !== "");
  return (
    <Drawer
      open
      onClose={props.onClose}
      title={`${props.row.name ?? props.row.space} · ${monthTitle(props.row.month)}`}
      foot={
        <>
          <Show when={last(props.row)?.state === "requested"}>
            <Button kind="primary" icon="stamp" onClick={() => setDoing("issue")}>
              {t.issue}
            </Button>
            <Button onClick={() => setDoing("decline")}>{t.decline}</Button>
          </Show>
          <Show when={last(props.row)?.state === "issued"}>
            <Button icon="undo" onClick={() => setDoing("red-ink")}>
              {t.redInk}
            </Button>
          </Show>
        </>
      }
    >
      <For each={[...(props.row.fapiao ?? [])].reverse()}>
        {(one) => (
          <section class="mb-4">
            <p class="mb-2">
              <Status is={fapiaoLooks[one.state]} text={t.states[one.state]} chip />
            </p>
            <Facts items={facts(one)} />
          </section>
        )}
      </For>
      <Show when={doing()} keyed>
        {(does) => (
          <FapiaoStepDrawer
            does={does}
            run={(step, file, intent) => stepFapiao(props.row, step, file, intent)}
            onClose={() => setDoing(undefined)}
            onDone={props.onClose}
          />
        )}
      </Show>
    </Drawer>
  );
}
