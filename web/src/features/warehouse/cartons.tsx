import type { OrderView } from "@yihao/warehouse/order-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count, joined } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { toast } from "../../ui/toast.tsx";
import { recordLabels, saveCartonLabels } from "./flow-data.ts";
import { LabelMenu } from "./label-menu.tsx";
import { openCarton } from "./pack-data.ts";
import { packWords } from "./pack-words.ts";
import { palletWords } from "./pallet-words.ts";

type Carton = NonNullable<OrderView["cartons"]>[number];
const unitsIn = (carton: Carton) => carton.lines.reduce((sum, line) => sum + line.units, 0);

/** The cartons of an order with weight, number and goods; staff unpack one that has not left. */
export function Cartons(props: { space: string; order: OrderView; staff: boolean }) {
  const t = packWords();
  const [asking, setAsking] = createSignal<Carton>();
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const nameOf = (line: number) => props.order.lines.find((one) => one.line === line)?.name ?? "";
  const open = async (carton: Carton) => {
    setBusy(true);
    try {
      await openCarton(props.space, props.order.id, carton.number, intent);
      intent = newIntent();
      setAsking(undefined);
      toast({ text: t.opened });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const mayOpen = () => props.staff && (props.order.state === "picked" || props.order.state === "packed");
  return (
    <section class="border-t border-line px-4 py-3">
      <div class="flex items-center gap-3">
        <h3 class="min-w-0 flex-1 text-xs text-fg-2">{t.cartons}</h3>
        <Show when={props.staff}>
          <LabelMenu
            about={t.cartons}
            save={(format) => saveCartonLabels(props.space, props.order.id, undefined, format)}
            charge={(intent) =>
              recordLabels(props.space, { order: props.order.id }, props.order.cartons?.length ?? 1, intent)
            }
          />
        </Show>
      </div>
      <ul>
        <For each={props.order.cartons}>
          {(carton) => (
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 text-sm last:border-b-0">
              <Plate han>{t.carton(carton.number)}</Plate>
              <span>{t.weight(count(carton.grams))}</span>
              <Show when={carton.sscc}>{(sscc) => <span class="font-mono text-xs">{sscc()}</span>}</Show>
              <Show when={carton.pallet}>
                {(pallet) => (
                  <Show
                    when={props.staff}
                    fallback={
                      <span class="text-xs text-fg-2">
                        {palletWords().onPallet} <span class="font-mono">{pallet().code}</span>
                      </span>
                    }
                  >
                    <span class="text-xs">
                      <TextLink href={`/s/${props.space}/warehouse/pallets/${pallet().id}`}>
                        {palletWords().onPallet} <span class="font-mono">{pallet().code}</span>
                      </TextLink>
                    </span>
                  </Show>
                )}
              </Show>
              <Show when={mayOpen() && !carton.pallet}>
                <span class="ml-auto">
                  <Button size="sm" onClick={() => setAsking(carton)}>
                    {t.open}
                  </Button>
                </span>
              </Show>
              <span class="w-full text-xs text-fg-2">
                {joined(carton.lines.map(({ line, units }) => `${nameOf(line)} × ${count(units)}`))}
              </span>
            </li>
          )}
        </For>
      </ul>
      <Dialog
        open={asking() !== undefined}
        onClose={() => setAsking(undefined)}
        title={t.openTitle(asking()?.number ?? 0)}
        foot={
          <>
            <Button kind="danger" busy={busy()} onClick={() => void open(asking() as Carton)}>
              {t.open}
            </Button>
            <Button onClick={() => setAsking(undefined)}>{t.keep}</Button>
          </>
        }
      >
        <p>{t.openNote(asking() ? unitsIn(asking() as Carton) : 0)}</p>
      </Dialog>
    </section>
  );
}
