import type { BinView, Content } from "@yihao/warehouse/model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { BinLimits } from "./bin-limits.tsx";
import { moveGoods, useOwners, useStock } from "./data.ts";
import { clearFace, lockBin, saveBinLabels, setFace, useFaces } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { LabelMenu } from "./label-menu.tsx";
import { warehouseWords } from "./words.ts";

type Props = { space: string; warehouse: string; bin: BinView; contents: readonly Content[] };

/** One bin (货位): its lock with a reason, moving its goods elsewhere, the product that is its own, its label. */
export function BinDrawer(props: Partial<Props> & { open: boolean; onClose: () => void }) {
  const t = flowWords();
  const whole = (): Props | undefined =>
    props.bin && props.space && props.warehouse
      ? { space: props.space, warehouse: props.warehouse, bin: props.bin, contents: props.contents ?? [] }
      : undefined;
  return (
    <Drawer open={props.open && whole() !== undefined} onClose={props.onClose} title={props.bin?.code ?? t.manage}>
      <Show when={props.open ? whole() : undefined}>
        {(one) => (
          <div class="flex flex-col gap-6">
            <p>
              <LabelMenu
                about={one().bin.code}
                save={(format) => saveBinLabels(one().space, one().warehouse, one().bin.code, one().bin.code, format)}
              />
            </p>
            <BinLimits space={one().space} warehouse={one().warehouse} bin={one().bin} />
            <Lock {...one()} />
            <Move {...one()} />
            <OwnProduct {...one()} />
          </div>
        )}
      </Show>
    </Drawer>
  );
}

function Lock(props: Props) {
  const t = flowWords();
  const [busy, setBusy] = createSignal(false);
  const form = createForm({
    name: "lock",
    initial: { reason: "" },
    check: (values) => ({ reason: values.reason.trim() === "" ? t.needReason : undefined }),
    submit: async ({ reason }) => {
      await lockBin(props.space, props.warehouse, props.bin, reason.trim());
      form.reset();
      toast({ text: t.lockedToast });
    },
  });
  const open = async () => {
    setBusy(true);
    try {
      await lockBin(props.space, props.warehouse, props.bin, null);
      toast({ text: t.unlockedToast });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show
      when={props.bin.lock}
      fallback={
        <FormFrame form={form} label={t.lock}>
          <TextField label={t.lockReason} hint={t.lockHint} maxLength={120} bind={form.field("reason")} />
          <Button icon="lock" type="submit" busy={form.busy()}>
            {t.lockIt}
          </Button>
        </FormFrame>
      }
    >
      {(reason) => (
        <div class="flex flex-col items-start gap-3">
          <Note tone="warn">{t.lockedBy(reason())}</Note>
          <Button kind="primary" busy={busy()} onClick={() => void open()}>
            {t.unlockIt}
          </Button>
        </div>
      )}
    </Show>
  );
}

const keyOf = (one: Content) => `${one.product} ${one.lot ?? ""}`;

function Move(props: Props) {
  const t = flowWords();
  const w = warehouseWords();
  const [chosen, setChosen] = createSignal<string>();
  const goods = () => props.contents.find((one) => keyOf(one) === chosen());
  let intent = newIntent();
  const form = createForm({
    name: "move",
    initial: { to: "", units: undefined as number | undefined },
    check: (values) => ({
      to: values.to.trim() === "" ? t.needBin : undefined,
      units: (values.units ?? 0) > 0 ? undefined : w.needLine,
    }),
    submit: async ({ to, units = 0 }) => {
      const one = goods();
      if (!one) return;
      const lot = one.lot === undefined ? {} : { lot: one.lot };
      const way = { warehouse: props.warehouse, product: one.product, units, from: props.bin.code, to: to.trim() };
      await moveGoods(props.space, { ...way, ...lot }, intent);
      intent = newIntent();
      setChosen(undefined);
      form.reset();
      toast({ text: t.moved(units, to.trim()) });
    },
  });
  return (
    <section class="flex flex-col gap-2">
      <h3 class="text-xs text-fg-2">{w.here}</h3>
      <ul>
        <For each={props.contents} fallback={<li class="text-fg-2">{t.nothingIn}</li>}>
          {(one) => (
            <li class="flex flex-wrap items-center gap-3 border-b border-line py-2">
              <span class="min-w-0 flex-1">
                {one.name}
                <Show when={one.lot}>{(lot) => <span class="ml-2 font-mono text-xs">{lot()}</span>}</Show>
              </span>
              <span>{one.hidden ? w.hidden : count(one.units)}</span>
              <Show when={!one.hidden}>
                <Button
                  size="sm"
                  icon="move"
                  onClick={() => {
                    setChosen(keyOf(one));
                    form.set("units", one.units);
                  }}
                >
                  {t.moveGoods}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={goods()}>
        {(one) => (
          <FormFrame form={form} label={t.move}>
            <p>{one().name}</p>
            <div class="y-pair">
              <NumberField label={t.moveUnits} min={1} max={one().units} bind={form.field("units")} />
              <TextField label={t.moveTo} mono placeholder="01-01-01" bind={form.field("to")} />
            </div>
            <Button kind="primary" icon="move" type="submit" busy={form.busy()}>
              {t.move}
            </Button>
          </FormFrame>
        )}
      </Show>
    </section>
  );
}

function OwnProduct(props: Props) {
  const t = flowWords();
  const w = warehouseWords();
  const faces = useFaces(
    () => props.space,
    () => props.warehouse,
  );
  const face = () => faces.data?.find((one) => one.bin === props.bin.code);
  const [asked, setAsked] = createSignal("");
  const owners = useOwners(() => props.space);
  const [chosen, setChosen] = createSignal<string>();
  const owner = () => chosen() ?? props.contents[0]?.company ?? owners.data?.[0]?.company;
  const stock = useStock(
    () => props.space,
    () => owner() ?? "",
    asked,
  );
  const [busy, setBusy] = createSignal(false);
  const form = createForm({
    name: "face",
    initial: {
      product: props.contents[0]?.product ?? "",
      min: undefined as number | undefined,
      max: undefined as number | undefined,
    },
    check: (values) => ({
      product: values.product === "" ? t.needProduct : undefined,
      max: (values.max ?? 0) > (values.min ?? 0) ? undefined : t.limits,
    }),
    submit: async ({ product, min = 0, max = 0 }) => {
      await setFace(props.space, props.warehouse, props.bin.code, { product, min, max });
      toast({ text: t.faceSaved });
    },
  });
  const clear = async () => {
    setBusy(true);
    try {
      await clearFace(props.space, props.warehouse, props.bin.code);
      toast({ text: t.faceCleared });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const options = () => [
    ...props.contents
      .filter((one) => one.company === owner())
      .map((one) => ({ value: one.product, label: one.name, search: one.code })),
    ...(stock.data?.pages.flatMap((page) => page.items) ?? [])
      .filter((one) => !props.contents.some(({ product }) => product === one.id))
      .map((one) => ({ value: one.id as string, label: one.name, search: `${one.code} ${one.gtin ?? ""}` })),
  ];
  return (
    <section class="flex flex-col gap-3">
      <h3 class="text-xs text-fg-2">{t.face}</h3>
      <Show
        when={face()}
        fallback={
          <FormFrame form={form} label={t.face}>
            <p class="text-fg-2">{t.faceHint}</p>
            <SelectField
              label={w.owner}
              bind={bound(
                () => owner() ?? "",
                (next: string) => {
                  setChosen(next);
                  form.set("product", "");
                },
              )}
              options={(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name }))}
            />
            <ComboField label={t.faceProduct} bind={form.field("product")} options={options()} onSearch={setAsked} />
            <div class="y-pair">
              <NumberField label={t.min} min={0} bind={form.field("min")} />
              <NumberField label={t.max} min={1} bind={form.field("max")} />
            </div>
            <Button type="submit" busy={form.busy()}>
              {t.saveFace}
            </Button>
          </FormFrame>
        }
      >
        {(one) => (
          <p class="flex flex-wrap items-center gap-3">
            <span class="min-w-0 flex-1">
              {one().name} <Plate>{`${one().min}–${one().max}`}</Plate>
            </span>
            <Button size="sm" busy={busy()} onClick={() => void clear()}>
              {t.clearFace}
            </Button>
          </p>
        )}
      </Show>
    </section>
  );
}
