import { gtinFault } from "@yihao/warehouse/gtin";
import type { Tracking } from "@yihao/warehouse/lot";
import { type GoodsClass, goodsClasses } from "@yihao/warehouse/model";
import type { ProductView } from "@yihao/warehouse/product-model";
import { createEffect, createSignal, on, Show } from "solid-js";
import { keepPicture, linkOf } from "../../documents.ts";
import { Problem } from "../../problem.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { PhotoField, Picture } from "../../ui/photo-field.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { binWords } from "./bin-words.ts";
import { addProduct, editProduct, readProduct } from "./data.ts";
import { ownerWords } from "./owner-words.ts";
import { draftPacks, PacksField, packsFault, packsIn } from "./packs-field.tsx";
import { packsWords } from "./packs-words.ts";
import { edgeFaults, edgesIn, SizeFields, sizeIn } from "./size-fields.tsx";
import { warehouseWords } from "./words.ts";

/** Adds a product of an owner, or changes one as it was seen (货品). */
export function ProductForm(props: {
  space: string;
  company?: string | undefined;
  product?: ProductView;
  open: boolean;
  onClose: () => void;
}) {
  const t = warehouseWords();
  const initial = () => ({
    name: props.product?.name ?? "",
    code: props.product?.code ?? "",
    gtin: props.product?.gtin ?? "",
    unit: props.product?.unit ?? "",
    track: (props.product?.track ?? "none") as Tracking | "none",
    dated: props.product?.dated ?? false,
    reorder: props.product?.reorderPoint as number | undefined,
    cost: props.product?.costMinor as number | undefined,
    class: props.product?.class ?? ("general" as GoodsClass),
    weight: props.product?.weightGrams as number | undefined,
    ...edgesIn(props.product?.size),
    packs: draftPacks(props.product?.packs),
    shelfDays: props.product?.shelfDays as number | undefined,
  });
  const [photo, setPhoto] = createSignal<File>();
  const [kept, setKept] = createSignal(props.product?.picture);
  /** The revision that the entries began from, however often the product is read anew meanwhile. */
  const [rev, setRev] = createSignal(props.product?.rev ?? 0);
  const [met, setMet] = createSignal(false);
  const whose = () => props.product?.company ?? props.company;
  const anew = () => {
    form.reset(initial());
    setPhoto(undefined);
    setKept(props.product?.picture);
    setRev(props.product?.rev ?? 0);
    setMet(false);
  };
  const form = createForm({
    name: "product",
    initial: initial(),
    check: (values) => {
      const fault = values.gtin.trim() === "" ? undefined : gtinFault(values.gtin);
      return {
        name: values.name.trim() === "" ? t.needProduct : undefined,
        gtin: fault === undefined ? undefined : t.gtinFaults[fault],
        ...edgeFaults(values),
        packs: packsFault(values.packs),
      };
    },
    submit: async (values, intent) => {
      const text = (value: string) => (value.trim() === "" ? undefined : value.trim());
      const size = sizeIn(values);
      const [taken, owner] = [photo(), whose()];
      const picture = taken && owner ? await keepPicture(props.space, owner, taken, intent) : kept();
      const facts = {
        name: values.name.trim(),
        ...(text(values.gtin) === undefined ? {} : { gtin: values.gtin.trim() }),
        ...(values.track === "none" ? {} : { track: values.track }),
        ...(values.dated ? { dated: true } : {}),
        ...(values.reorder === undefined ? {} : { reorderPoint: values.reorder }),
        ...(values.cost === undefined ? {} : { costMinor: values.cost }),
        class: values.class,
        ...(values.weight === undefined ? {} : { weightGrams: values.weight }),
        ...(size === undefined ? {} : { size }),
        ...(values.dated && values.shelfDays !== undefined ? { shelfDays: values.shelfDays } : {}),
        packs: packsIn(values.packs),
        ...(picture === undefined ? {} : { picture }),
      };
      const [code, unit] = [text(values.code), text(values.unit)];
      const { product } = props;
      if (product) {
        const edit = { ...facts, code: code ?? product.code, unit: unit ?? product.unit };
        try {
          await editProduct(props.space, product.id, rev(), edit);
        } catch (error) {
          if (!(error instanceof Problem && error.status === 412)) throw error;
          setRev((await readProduct(props.space, product.id)).product.rev);
          setMet(true);
          return;
        }
      } else {
        const own = props.company === undefined ? {} : { company: props.company };
        await addProduct(
          props.space,
          { ...own, ...facts, ...(code === undefined ? {} : { code }), ...(unit === undefined ? {} : { unit }) },
          intent,
        );
      }
      toast({ text: product ? t.savedProduct(facts.name) : t.added(facts.name) });
      anew();
      props.onClose();
    },
  });
  createEffect(
    on(
      () => props.open,
      (open) => open && anew(),
      { defer: true },
    ),
  );
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={props.product ? t.editProduct : t.addProduct}
      foot={
        <Button kind="primary" busy={form.busy()} onClick={() => void form.submit()}>
          {props.product ? t.save : t.addProduct}
        </Button>
      }
    >
      <FormFrame form={form} label={props.product ? t.editProduct : t.addProduct}>
        <Show when={met()}>
          <Note tone="warn" shape="squares" alert title={packsWords().met}>
            {packsWords().metSay}
          </Note>
        </Show>
        <TextField label={t.name} required maxLength={120} bind={form.field("name")} />
        <TextField label={t.gtin} mono inputMode="numeric" hint={t.gtinHint} bind={form.field("gtin")} />
        <TextField label={t.codeLabel} mono hint={t.codeHint} maxLength={40} bind={form.field("code")} />
        <TextField label={t.unitName} maxLength={12} bind={form.field("unit")} />
        <SelectField
          label={t.track}
          bind={form.field("track")}
          options={[
            { value: "none" as const, label: t.trackNone },
            { value: "lot" as const, label: t.tracks.lot },
            { value: "serial" as const, label: t.tracks.serial },
          ]}
        />
        <SelectField
          label={ownerWords().goodsClass}
          bind={form.field("class")}
          options={goodsClasses.map((value) => ({ value, label: ownerWords().goodsClasses[value] }))}
        />
        <Checkbox label={t.dated} bind={form.field("dated")} />
        <Show when={form.values.dated}>
          <NumberField
            label={packsWords().shelfDays}
            hint={packsWords().shelfDaysHint}
            min={1}
            max={36_500}
            bind={form.field("shelfDays")}
          />
        </Show>
        <NumberField label={t.reorder} min={0} bind={form.field("reorder")} />
        <NumberField
          label={binWords().weight}
          hint={binWords().weightHint}
          min={1}
          max={10_000_000}
          bind={form.field("weight")}
        />
        <SizeFields form={form} label={binWords().size} hint={binWords().sizeHint} most={100_000} />
        <PacksField bind={form.field("packs")} />
        <Show when={whose()}>
          {(owner) => (
            <>
              <Show when={photo() ? undefined : kept()}>
                {(picture) => (
                  <div class="flex items-end gap-3">
                    <Picture
                      label={packsWords().picture}
                      of={picture()}
                      link={() => linkOf(props.space, owner(), picture())}
                    />
                    <Button kind="text" onClick={() => setKept(undefined)}>
                      {packsWords().noPicture}
                    </Button>
                  </div>
                )}
              </Show>
              <PhotoField label={packsWords().picture} value={photo()} onChange={setPhoto} />
            </>
          )}
        </Show>
        <MoneyField label={t.cost} hint={t.costHint} bind={form.field("cost")} />
      </FormFrame>
    </Drawer>
  );
}
