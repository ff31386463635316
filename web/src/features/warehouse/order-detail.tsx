import { useNavigate } from "@solidjs/router";
import type { OrderView } from "@yihao/warehouse/order-model";
import { pickedUnits } from "@yihao/warehouse/order-rules";
import type { Shipment } from "@yihao/warehouse/pack-model";
import { returnable } from "@yihao/warehouse/return-rules";
import { createSignal, Show } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { count, instantCell, joined } from "../../format.ts";
import { penaltiesDue, penaltiesText, usePenalties } from "../../penalties.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { ErrorState, Note } from "../../ui/feedback.tsx";
import { Dialog, Drawer } from "../../ui/overlay.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { Cartons } from "./cartons.tsx";
import { cancelOrder } from "./data.ts";
import { DocumentHead, LineGoods } from "./document-head.tsx";
import { reserveAgain } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { editShipment, shipOrder } from "./pack-data.ts";
import { packWords } from "./pack-words.ts";
import { usePacked } from "./packs-read.ts";
import { OrderReturnForm } from "./return-form.tsx";
import { returnWords } from "./return-words.ts";
import { ShipForm } from "./ship-form.tsx";
import { docNumber, orderMark, unitsOf } from "./view.ts";
import { warehouseWords } from "./words.ts";

type Line = OrderView["lines"][number];

/** An order with its lines; staff pick and ship it, whoever ordered may cancel it. */
export function OrderDetail(props: {
  space: string;
  order: OrderView;
  zone: string;
  staff: boolean;
  mayCancel: boolean;
}) {
  const t = warehouseWords();
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const p = packWords();
  const r = returnWords();
  const [returning, setReturning] = createSignal(false);
  const navigate = useNavigate();
  const [shipping, setShipping] = createSignal(false);
  let intent = newIntent();
  /** What cancelling costs now that goods of it are off their bins, by the rule that charges it. */
  const picked = () => pickedUnits(props.order.lines);
  const penalties = usePenalties(
    () => props.space,
    () => (asking() && picked() > 0 ? props.order.company : undefined),
  );
  const undone = () =>
    picked() > 0 ? penaltiesDue(penalties.data, [{ on: "order-undone", month: "now", quantity: 1 }]) : [];
  const cancel = async () => {
    setBusy(true);
    try {
      await cancelOrder(props.space, props.order.id, intent);
      intent = newIntent();
      setAsking(false);
      toast({ text: t.cancelledToast });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const f = flowWords();
  const again = async () => {
    setBusy(true);
    try {
      await reserveAgain(props.space, props.order.id, intent);
      intent = newIntent();
      toast({ text: f.reservedAgain });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const ship = async (shipment: Shipment | undefined, intent: Intent) => {
    if (props.order.state === "shipped") {
      if (shipment) await editShipment(props.space, props.order.id, shipment);
    } else await shipOrder(props.space, props.order.id, shipment, intent);
    setShipping(false);
    toast({ text: props.order.state === "shipped" ? p.saved : t.shipToast });
  };
  const back = () => props.order.state === "shipped";
  /** How many of a line were not to be had, and why, as whoever picked said. */
  const pickedShort = (line: Line) => {
    const left = line.units - line.picked - (line.backordered ?? 0);
    const reason = t.shortReasons[line.short as keyof typeof t.shortReasons];
    return reason !== undefined && left > 0 ? t.pickedShort(count(left), reason) : undefined;
  };
  /** All of it was picked short: there is nothing to pack or ship. */
  const nothing = () => props.order.state === "picked" && picked() === 0;
  /** It leaves with the pallet that a carton of it stands on, which the carton names. */
  const onPallet = () => props.order.state !== "shipping" && props.order.cartons?.some(({ pallet }) => pallet);
  const leaves = () => ["picked", "packed", "shipping"].includes(props.order.state);
  const columns = (): Column<Line>[] => [
    {
      key: "name",
      head: t.product,
      cell: (line) => (
        <LineGoods name={line.name} packed={inPacks(line.product, line.units)}>
          <Show when={line.lots}>
            {(lots) => (
              <span class="truncate font-mono text-xs text-fg-2">
                {joined(lots().map(({ lot, units }) => `${lot} × ${count(units)}`))}
              </span>
            )}
          </Show>
          <Show when={line.backordered}>
            {(units) => <span class="text-xs text-warn-fg">{t.backordered(count(units()))}</span>}
          </Show>
          <Show when={pickedShort(line)}>{(say) => <span class="text-xs text-warn-fg">{say()}</span>}</Show>
        </LineGoods>
      ),
    },
    {
      key: "code",
      head: t.code,
      width: "112px",
      from: "tablet",
      cell: (line) => <span class="font-mono text-xs">{line.code}</span>,
    },
    { key: "units", head: t.units, width: "60px", align: "end", cell: (line) => count(line.units) },
    { key: "picked", head: t.picked, width: "60px", align: "end", cell: (line) => count(line.picked) },
    { key: "shipped", head: t.shipped, width: "60px", align: "end", cell: (line) => count(line.shipped) },
  ];
  const inPacks = usePacked(
    () => props.space,
    () => props.order.lines,
  );
  const openStates = ["reserved", "back-ordered", "picking", "picked", "packed"];
  return (
    <div class="flex h-full min-h-0 flex-col bg-surface">
      <DocumentHead
        what={t.order}
        number={docNumber(props.order.id)}
        mark={orderMark[props.order.state]}
        state={t.orderStates[props.order.state]}
        facts={
          <>
            {instantCell(props.order.at, props.zone)} · {props.order.recipient.name}
            <Show when={props.order.recipient.phone}>{(phone) => <> · {phone()}</>}</Show>
          </>
        }
      >
        <Show when={props.order.recipient.address}>
          {(address) => <p class="mt-1 text-xs text-fg-2">{address()}</p>}
        </Show>
        <Show when={props.order.shipment}>
          {(one) => (
            <p class="mt-1 text-xs">
              {p.shipment} {one().carrierName ?? p.carriers[one().carrier]}{" "}
              <span class="select-all font-mono">{one().numbers.join(" ")}</span>
            </p>
          )}
        </Show>
        <Show when={props.order.reference}>
          {(number) => (
            <p class="mt-1 text-xs">
              {t.ownNumber} <span class="select-all font-mono">{number()}</span>
            </p>
          )}
        </Show>
        <Show when={props.order.reservedAgain}>
          {(one) => (
            <p class="mt-1 text-xs text-fg-2">
              {f.againNote(count(one().units), instantCell(one().at, props.zone), one().auto)}
            </p>
          )}
        </Show>
        <Show when={props.order.note}>{(note) => <p class="mt-1 text-xs">{note()}</p>}</Show>
      </DocumentHead>
      {/* In the portal the page scrolls: what follows the lines stands under them, not at the foot of a long list. */}
      <div classList={{ "min-h-0 flex-1": props.staff === true }}>
        <DataTable
          label={t.order}
          rows={props.order.lines}
          columns={columns()}
          rowKey={(line) => String(line.line)}
          minWidth={340}
        />
      </div>
      <Show when={props.order.cartons?.length}>
        <Cartons space={props.space} order={props.order} staff={props.staff} />
      </Show>
      <Show when={openStates.includes(props.order.state) || (props.staff && leaves()) || back()}>
        <footer class="flex flex-wrap gap-2 border-t border-line p-3 empty:hidden">
          <Show when={props.staff && (props.order.state === "reserved" || props.order.state === "picking")}>
            <LinkButton kind="primary" icon="outbound" href={`/s/${props.space}/wh/pick/${props.order.id}`}>
              {t.pickNow}
            </LinkButton>
          </Show>
          <Show when={nothing()}>
            <div class="w-full">
              <Note tone="warn">{t.nothingPicked}</Note>
            </div>
          </Show>
          <Show when={props.staff && props.order.state === "picked" && !nothing()}>
            <LinkButton kind="primary" icon="box" href={`/s/${props.space}/wh/pack/${props.order.id}`}>
              {p.goPack}
            </LinkButton>
          </Show>
          <Show when={props.staff && leaves() && !onPallet() && !nothing()}>
            <Button
              kind={props.order.state === "picked" ? "outline" : "primary"}
              icon="outbound"
              disabled={props.order.state === "picked" && (props.order.cartons?.length ?? 0) > 0}
              onClick={() => setShipping(true)}
            >
              {t.ship}
            </Button>
          </Show>
          <Show
            when={
              props.mayCancel &&
              openStates.includes(props.order.state) &&
              props.order.lines.some((line) => (line.backordered ?? 0) > 0)
            }
          >
            <Button icon="refresh" busy={busy()} onClick={() => void again()}>
              {f.reserveAgain}
            </Button>
          </Show>
          <Show when={back() && props.mayCancel && props.order.lines.some((line) => returnable(line) > 0)}>
            <Button icon="inbound" onClick={() => setReturning(true)}>
              {r.return}
            </Button>
          </Show>
          <Show when={props.staff && back()}>
            <Button icon="edit" onClick={() => setShipping(true)}>
              {p.editShipment}
            </Button>
          </Show>
          <Show when={props.mayCancel && openStates.includes(props.order.state)}>
            <Button kind="danger-outline" onClick={() => setAsking(true)}>
              {t.cancelOrder}
            </Button>
          </Show>
        </footer>
      </Show>
      <Drawer open={shipping()} onClose={() => setShipping(false)} title={p.shipTitle}>
        <Show when={shipping()}>
          <ShipForm
            order={props.order}
            optional={props.order.state !== "shipped"}
            verb={props.order.state === "shipped" ? p.save : t.ship}
            onShip={ship}
          />
        </Show>
      </Drawer>
      <Drawer open={returning()} onClose={() => setReturning(false)} title={r.fromOrder}>
        <Show when={returning()}>
          <OrderReturnForm
            space={props.space}
            order={props.order}
            onDone={(made) => {
              setReturning(false);
              toast({ text: r.submitted });
              navigate(`/s/${props.space}/${props.staff ? "warehouse" : "my"}/returns/${made.id}`);
            }}
          />
        </Show>
      </Drawer>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.cancelTitle}
        foot={
          <>
            <Button
              kind="danger"
              busy={busy()}
              disabled={picked() > 0 && penalties.isPending}
              onClick={() => void cancel()}
            >
              {t.cancelOrder}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.keep}</Button>
          </>
        }
      >
        <p>{t.cancelNote(count(unitsOf(props.order.lines)))}</p>
        <Show when={undone().length > 0}>
          <p class="mt-3">{t.cancelPenalty(penaltiesText(undone()))}</p>
        </Show>
        <Show when={penalties.isError}>
          <div class="mt-3">
            <ErrorState title={t.penaltyNotRead} problem={penalties.error} onRetry={() => void penalties.refetch()} />
          </div>
        </Show>
      </Dialog>
    </div>
  );
}
