import type { PalletCarton, PalletView } from "@yihao/warehouse/pallet-model";
import { isNumbered, orderNumber, palletGrams } from "@yihao/warehouse/pallet-rules";
import { createSignal, For, Show } from "solid-js";
import { count } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import type { StatusName } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { stepWords } from "./hand-step-words.ts";
import { LabelMenu } from "./label-menu.tsx";
import { type PalletActs, savePalletLabel } from "./pallet-data.ts";
import { palletWords } from "./pallet-words.ts";
import { ShipForm } from "./ship-form.tsx";

export const palletMark: Readonly<Record<PalletView["state"], StatusName>> = {
  open: "inProgress",
  closed: "active",
  shipping: "inProgress",
  shipped: "done",
  dissolved: "off",
};
/** What a pallet's cartons weigh, in kilograms. */
export const kilograms = (pallet: Pick<PalletView, "cartons">): string => (palletGrams(pallet) / 1000).toFixed(2);

/**
 * What is done with a pallet: cartons on by scan and off again, closed, labelled, shipped with others. The same at the desk and, larger, on the phone; whoever may only read sees
 * what stands on it and its label.
 */
export function PalletWork(props: {
  space: string;
  pallet: PalletView;
  /** Pallets that stand here: those of its owner may leave with it. */
  here: readonly PalletView[] | undefined;
  acts: PalletActs;
  works: boolean;
  large?: boolean;
}) {
  const t = palletWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [wrongScan, setWrongScan] = createSignal(false);
  const [shipping, setShipping] = createSignal(false);
  const [beside, setBeside] = createSignal<readonly string[]>([]);
  const is = (state: PalletView["state"]) => props.works && props.pallet.state === state;
  const others = () =>
    (props.here ?? []).filter(
      ({ id, company, state }) => id !== props.pallet.id && company === props.pallet.company && state === "closed",
    );
  const act = async (work: () => Promise<{ kept: boolean }>, said: string, scanned = false): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setWrongScan(false);
    try {
      const { kept } = await work();
      if (scanned) signal(true);
      // What the phone keeps is counted under its head.
      if (!kept) toast({ text: said, tone: "good" });
    } catch (error) {
      if (scanned) signal(false);
      setProblem(() => error);
      setWrongScan(scanned);
    } finally {
      setBusy(false);
    }
  };
  const size = () => (props.large ? ("xl" as const) : ("md" as const));
  const turn = (to: "closed" | "open" | "dissolved", said: string) =>
    act(() => props.acts.turn(props.pallet, to), said);
  const put = (code: string) =>
    act(() => props.acts.load(props.pallet, code), t.loaded(props.pallet.cartons.length + 1), true);
  const nameOf = ({ order, number }: PalletCarton) => t.carton(orderNumber(order), number);
  return (
    <>
      <Show when={is("open")}>
        <ScanField label={t.scan} onCode={(code) => void put(code)} />
      </Show>
      <Show when={props.large && wrongScan()}>
        <div role="alert" class="bg-bad px-4 py-4 text-fg-on-solid">
          <b class="block text-lg">{t.wrong}</b>
          {explain(problem())}
        </div>
      </Show>
      <div class="flex flex-col gap-4 p-4">
        <Show when={problem() !== undefined && !(props.large && wrongScan())}>
          <Note tone="bad" alert>
            {explain(problem())}
          </Note>
        </Show>
        <div class="flex flex-wrap items-center gap-2">
          <Show when={is("open") && props.pallet.cartons.length > 0}>
            <Button
              kind="primary"
              size={size()}
              icon="check"
              busy={busy()}
              onClick={() => void turn("closed", t.closed)}
            >
              {t.close(props.pallet.cartons.length)}
            </Button>
          </Show>
          <Show when={is("open") && props.pallet.cartons.length === 0}>
            <Button size={size()} busy={busy()} onClick={() => void turn("dissolved", t.dissolved)}>
              {t.dissolve}
            </Button>
          </Show>
          <Show when={is("closed")}>
            <Button
              kind="primary"
              size={size()}
              icon="outbound"
              aria-expanded={shipping()}
              onClick={() => setShipping(!shipping())}
            >
              {t.toShip}
            </Button>
            <Button size={size()} icon="undo" busy={busy()} onClick={() => void turn("open", t.reopened)}>
              {t.reopen}
            </Button>
          </Show>
          <Show when={isNumbered(props.pallet)}>
            <LabelMenu
              about={props.pallet.code}
              {...(props.large ? { large: true } : {})}
              save={(format) => savePalletLabel(props.space, props.pallet, format)}
            />
          </Show>
        </div>
        <Show when={shipping() && is("closed")}>
          <section class="flex flex-col gap-3 border-t border-line pt-3" aria-label={t.ship}>
            <Show when={others().length > 0}>
              <fieldset class="flex flex-col gap-2">
                <legend class="text-xs text-fg-2">{t.together}</legend>
                <p class="text-xs text-fg-2">{t.togetherSay}</p>
                <For each={others()}>
                  {(other) => (
                    <Checkbox
                      label={`${other.code} · ${t.sum(count(other.cartons.length), kilograms(other))}`}
                      {...(props.large ? { size: "lg" as const } : {})}
                      bind={bound(
                        () => beside().includes(other.id),
                        (on) => setBeside(on ? [...beside(), other.id] : beside().filter((one) => one !== other.id)),
                      )}
                    />
                  )}
                </For>
              </fieldset>
            </Show>
            <ShipForm
              order={{ lines: [] }}
              say={t.shipSay(count(props.pallet.cartons.length), t.kg(kilograms(props.pallet)))}
              optional
              large={props.large === true}
              verb={t.ship}
              onShip={async (shipment, ask) => {
                const along = others().filter((other) => beside().includes(other.id));
                const { kept } = await props.acts.ship([props.pallet, ...along], shipment, ask);
                setShipping(false);
                toast({ text: kept ? stepWords().keptHere : t.shipped, tone: "good" });
              }}
            />
          </section>
        </Show>
        <section>
          <h3 class="text-xs text-fg-2">
            {t.on} · {t.sum(count(props.pallet.cartons.length), kilograms(props.pallet))}
          </h3>
          <ul>
            <For each={props.pallet.cartons} fallback={<li class="py-3 text-fg-2">{t.empty}</li>}>
              {(carton) => (
                <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
                  <span class="min-w-0 flex-1">
                    <b class="block">
                      {nameOf(carton)} · {carton.to}
                    </b>
                    <span class="text-xs text-fg-2">
                      {t.kg((carton.grams / 1000).toFixed(2))}
                      <Show when={carton.sscc}>{(sscc) => <span class="font-mono"> · {sscc()}</span>}</Show>
                    </span>
                  </span>
                  <Show when={is("open")}>
                    <Button
                      size={props.large ? "xl" : "sm"}
                      aria-label={t.takeOffOf(nameOf(carton))}
                      disabled={busy()}
                      onClick={() => void act(() => props.acts.unload(props.pallet, carton), t.off)}
                    >
                      {t.takeOff}
                    </Button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </div>
    </>
  );
}
