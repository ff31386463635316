import type { Content } from "@yihao/warehouse/model";
import type { SiteTransferView } from "@yihao/warehouse/transfer-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count, instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Dialog, Drawer } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useElevation, useOwners, useWarehouses } from "./data.ts";
import { DocumentHead } from "./document-head.tsx";
import { DocumentTable } from "./document-table.tsx";
import { closeTransfer, receiveTransfer, sendTransfer, useTransfers } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { docNumber } from "./view.ts";
import { useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";
import { ZoneMoves } from "./zone-move.tsx";

type Line = SiteTransferView["lines"][number];
const leftOf = (line: Line) => line.units - line.received;

/** Transfers from and to a warehouse (调拨), and a new one beside them. */
export function TransferList(props: {
  space: string;
  warehouse: string;
  zone: string;
  current: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = flowWords();
  const { works } = useRights(() => props.space);
  const w = warehouseWords();
  const transfers = useTransfers(
    () => props.space,
    () => props.warehouse,
  );
  const warehouses = useWarehouses(() => props.space);
  const nameOf = (id: string) => warehouses.data?.find((one) => one.id === id)?.name ?? id;
  const [adding, setAdding] = createSignal(false);
  const several = () => (warehouses.data?.length ?? 0) > 1;
  const columns = (): Column<SiteTransferView>[] => [
    { key: "number", head: w.document, width: "96px", cell: (one) => <Plate>{docNumber(one.id)}</Plate> },
    { key: "way", head: t.transfer, cell: (one) => `${nameOf(one.from)} → ${nameOf(one.to)}` },
    { key: "at", head: w.time, width: "104px", from: "tablet", cell: (one) => instantCell(one.at, props.zone) },
    {
      key: "left",
      head: t.onTheWay,
      width: "80px",
      from: "tablet",
      align: "end",
      cell: (one) => count(one.state === "closed" ? 0 : one.lines.reduce((sum, line) => sum + leftOf(line), 0)),
    },
    {
      key: "state",
      head: w.state,
      width: "120px",
      cell: (one) => <Status is={one.state === "sent" ? "inProgress" : "done"} text={t.transferStates[one.state]} />,
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap gap-2 border-b border-line px-4 py-2 empty:hidden">
        <Show when={works()}>
          <Button icon="move" onClick={() => setAdding(true)} disabled={!several()}>
            {t.newTransfer}
          </Button>
        </Show>
        <ZoneMoves space={props.space} warehouse={props.warehouse} />
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <DocumentTable
          label={t.transfers}
          listing={transfers}
          columns={columns()}
          current={props.current}
          onOpen={props.onOpen}
          notRead={t.transfersNotRead}
          empty={<EmptyState title={several() ? t.noTransfers : t.oneWarehouse} />}
        />
      </div>
      <Drawer open={adding()} onClose={() => setAdding(false)} title={t.newTransfer}>
        <Show when={adding()}>
          <NewTransfer
            space={props.space}
            from={props.warehouse}
            onDone={(id) => {
              setAdding(false);
              toast({ text: t.sentToast });
              props.onOpen(id);
            }}
          />
        </Show>
      </Drawer>
    </div>
  );
}

const keyOf = (one: Content) => `${one.bin} ${one.product} ${one.lot ?? ""}`;

function NewTransfer(props: { space: string; from: string; onDone: (id: string) => void }) {
  const t = flowWords();
  const w = warehouseWords();
  const warehouses = useWarehouses(() => props.space);
  const owners = useOwners(() => props.space);
  const elevation = useElevation(
    () => props.space,
    () => props.from,
  );
  const others = () => (warehouses.data ?? []).filter((one) => one.id !== props.from);
  const form = createForm({
    name: "transfer",
    initial: { owner: "", to: "", units: {} as Record<string, number> },
    check: (values) => ({ units: Object.values(values.units).some((units) => units > 0) ? undefined : t.needGoods }),
    submit: async (values, intent) => {
      const lines = goods().flatMap((one) => {
        const units = values.units[keyOf(one)] ?? 0;
        const lot = one.lot === undefined ? {} : { lot: one.lot };
        return units > 0 ? [{ product: one.product, bin: one.bin ?? "", units, ...lot }] : [];
      });
      const to = values.to || (others()[0]?.id ?? "");
      const made = await sendTransfer(props.space, { company: owner(), from: props.from, to, lines }, intent);
      props.onDone(made.id);
    },
  });
  const owner = () => form.values.owner || (owners.data?.[0]?.company ?? "");
  const goods = () =>
    (elevation.data?.contents ?? []).filter(
      (one) => one.place === "bin" && one.company === owner() && !one.hidden && one.units > 0,
    );
  return (
    <FormFrame form={form} label={t.newTransfer}>
      <SelectField
        label={t.toWarehouse}
        bind={form.field("to")}
        options={others().map((one) => ({ value: one.id as string, label: one.name }))}
      />
      <SelectField
        label={w.owner}
        bind={{
          ...form.field("owner"),
          value: owner,
          set: (next) => {
            form.set("owner", next);
            form.set("units", {});
          },
        }}
        options={(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name }))}
      />
      <h3 class="text-xs text-fg-2">{t.chooseGoods}</h3>
      <For each={goods()} fallback={<p class="text-fg-2">{w.nowhere}</p>}>
        {(one) => (
          <Stepper
            label={`${one.name} · ${one.bin}${one.lot ? ` · ${one.lot}` : ""}`}
            hint={w.quantity(count(one.units))}
            min={0}
            max={one.units}
            bind={bound(
              () => form.values.units[keyOf(one)] ?? 0,
              (units) => form.set("units", { ...form.values.units, [keyOf(one)]: units }),
            )}
          />
        )}
      </For>
      <Button kind="primary" icon="move" type="submit" busy={form.busy()}>
        {t.send}
      </Button>
    </FormFrame>
  );
}

/** A transfer with what came of it; the warehouse it goes to receives it line by line. */
export function TransferDetail(props: { space: string; transfer: SiteTransferView; warehouse: string; zone: string }) {
  const t = flowWords();
  const { works } = useRights(() => props.space);
  const w = warehouseWords();
  const [receiving, setReceiving] = createSignal<Line>();
  const [units, setUnits] = createSignal(0);
  const [damaged, setDamaged] = createSignal(0);
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const warehouses = useWarehouses(() => props.space);
  const nameOf = (id: string) => warehouses.data?.find((one) => one.id === id)?.name ?? "—";
  const owners = useOwners(() => props.space);
  const owner = () => owners.data?.find((one) => one.company === props.transfer.company)?.name ?? "—";
  const here = () => props.transfer.to === props.warehouse && props.transfer.state === "sent";
  const left = () => props.transfer.lines.reduce((sum, line) => sum + leftOf(line), 0);
  const attempt = async (work: () => Promise<unknown>, say: string) => {
    setBusy(true);
    try {
      await work();
      intent = newIntent();
      setReceiving(undefined);
      setAsking(false);
      toast({ text: say });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const receive = (line: Line) =>
    attempt(() => {
      const bad = damaged() > 0 ? { damaged: Math.min(damaged(), units()) } : {};
      return receiveTransfer(props.space, props.transfer.id, line.line, { units: units(), ...bad }, intent);
    }, t.receivedToast);
  const columns = (): Column<Line>[] => [
    {
      key: "name",
      head: w.product,
      cell: (line) => (
        <span class="flex min-w-0 flex-col">
          <span class="truncate">{line.name}</span>
          <Show when={line.lot}>{(lot) => <span class="font-mono text-xs text-fg-2">{lot()}</span>}</Show>
        </span>
      ),
    },
    { key: "bin", head: t.fromBin, width: "96px", cell: (line) => <Plate>{line.bin}</Plate> },
    { key: "units", head: t.sent, width: "60px", align: "end", cell: (line) => count(line.units) },
    { key: "received", head: w.received, width: "60px", align: "end", cell: (line) => count(line.received) },
    {
      key: "act",
      head: "",
      width: "80px",
      cell: (line) => (
        <Show
          when={here() && works() && leftOf(line) > 0}
          fallback={
            <Show when={props.transfer.state === "closed" && leftOf(line) > 0}>
              <Status is="mismatch" text={t.lost} />
            </Show>
          }
        >
          <Button
            size="sm"
            onClick={() => {
              setUnits(leftOf(line));
              setDamaged(0);
              setReceiving(line);
            }}
          >
            {t.receiveTransfer}
          </Button>
        </Show>
      ),
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col bg-surface">
      <DocumentHead
        what={t.transfer}
        number={docNumber(props.transfer.id)}
        mark={props.transfer.state === "sent" ? "inProgress" : "done"}
        state={t.transferStates[props.transfer.state]}
        facts={
          <>
            {nameOf(props.transfer.from)} → {nameOf(props.transfer.to)} · {owner()} ·{" "}
            {instantCell(props.transfer.at, props.zone)}
          </>
        }
      />
      <div class="min-h-0 flex-1">
        <DataTable
          label={t.transfer}
          rows={props.transfer.lines}
          columns={columns()}
          rowKey={(line) => String(line.line)}
          minWidth={440}
        />
      </div>
      <Show when={here() && works()}>
        <footer class="border-t border-line p-3">
          <Button kind="text" onClick={() => setAsking(true)}>
            {t.closeTransfer}
          </Button>
        </footer>
      </Show>
      <Dialog
        open={receiving() !== undefined}
        onClose={() => setReceiving(undefined)}
        title={receiving()?.name ?? ""}
        foot={
          <>
            <Button kind="primary" busy={busy()} onClick={() => void receive(receiving() as Line)}>
              {t.receiveTransfer}
            </Button>
            <Button onClick={() => setReceiving(undefined)}>{t.keep}</Button>
          </>
        }
      >
        <div class="y-pair">
          <Stepper
            label={t.receiveUnits}
            min={1}
            max={receiving() ? leftOf(receiving() as Line) : 1}
            bind={bound(units, setUnits)}
          />
          <Stepper label={t.damagedUnits} min={0} max={units()} bind={bound(damaged, setDamaged)} />
        </div>
      </Dialog>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.closeTitle}
        foot={
          <>
            <Button
              kind="danger"
              busy={busy()}
              onClick={() => void attempt(() => closeTransfer(props.space, props.transfer.id, intent), t.closed)}
            >
              {t.closeTransfer}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.keep}</Button>
          </>
        }
      >
        <p>{t.closeNote(left())}</p>
      </Dialog>
    </div>
  );
}
