import { cleanBin } from "@yihao/warehouse/bin-code";
import { type AbcClass, abcClasses, type Basis, countBases, usualTolerance } from "@yihao/warehouse/count-model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { planCount } from "./count-data.ts";
import { countWords } from "./count-words.ts";
import { useOwners, useStock } from "./data.ts";

const binPattern = /^[0-9A-Z]{1,4}(-[0-9A-Z]{1,4}){0,4}$/;

/** Plans a count: which bins, and from which difference on a bin is counted once more. */
export function CountPlan(props: {
  space: string;
  warehouse: string;
  open: boolean;
  onClose: () => void;
  onPlanned: (id: string) => void;
}) {
  const t = countWords();
  const owners = useOwners(() => props.space);
  const [owner, setOwner] = createSignal<string>();
  const ownerId = () => owner() ?? owners.data?.[0]?.company ?? "";
  const [asked, setAsked] = createSignal("");
  const stock = useStock(() => props.space, ownerId, asked);
  const products = () =>
    (stock.data?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      value: one.id as string,
      label: one.name,
      search: `${one.code} ${one.gtin ?? ""}`,
    }));
  const form = createForm({
    name: "count",
    initial: {
      kind: "bins" as Basis["kind"],
      from: "",
      to: "",
      product: "",
      class: "A" as AbcClass,
      whose: "",
      asked: false,
      units: usualTolerance.units as number | undefined,
      value: usualTolerance.valueMinor as number | undefined,
    },
    check: (values) => {
      const bin = (text: string) =>
        values.kind === "bins" && !binPattern.test(cleanBin(text)) ? t.needBin : undefined;
      return {
        from: bin(values.from),
        to: bin(values.to),
        product: values.kind === "product" && values.product === "" ? t.needProduct : undefined,
        whose: (values.kind === "owner" || values.asked) && values.whose === "" ? t.needOwner : undefined,
      };
    },
    submit: async (values, intent) => {
      const basis: Basis =
        values.kind === "bins"
          ? { kind: "bins", from: cleanBin(values.from), to: cleanBin(values.to) }
          : values.kind === "product"
            ? { kind: "product", product: values.product }
            : values.kind === "abc"
              ? { kind: "abc", class: values.class }
              : values.kind === "owner"
                ? { kind: "owner", company: values.whose }
                : { kind: values.kind };
      const asked = values.asked ? { asked: values.whose } : {};
      const tolerance = { units: values.units ?? 0, valueMinor: values.value ?? 0 };
      const made = await planCount(props.space, { warehouse: props.warehouse, basis, tolerance, ...asked }, intent);
      toast({ text: t.planned(made.bins) });
      form.reset();
      props.onClose();
      props.onPlanned(made.id);
    },
  });
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t.plan}
      foot={
        <Button kind="primary" busy={form.busy()} onClick={() => void form.submit()}>
          {t.plan}
        </Button>
      }
    >
      <FormFrame form={form} label={t.plan}>
        <SelectField
          label={t.basis}
          hint={t.basisSay[form.values.kind]}
          bind={form.field("kind")}
          options={countBases.map((value) => ({ value, label: t.bases[value] }))}
        />
        <Switch>
          <Match when={form.values.kind === "bins"}>
            <TextField label={t.from} mono required placeholder="01-01-01" bind={form.field("from")} />
            <TextField label={t.to} mono required placeholder="01-10-03" bind={form.field("to")} />
          </Match>
          <Match when={form.values.kind === "product"}>
            <SelectField
              label={t.owner}
              bind={bound(ownerId, setOwner)}
              options={(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name }))}
            />
            <ComboField label={t.product} options={products()} onSearch={setAsked} bind={form.field("product")} />
          </Match>
          <Match when={form.values.kind === "abc"}>
            <Segmented
              label={t.class}
              bind={form.field("class")}
              options={abcClasses.map((value) => ({ value, label: value }))}
            />
          </Match>
        </Switch>
        <Checkbox label={t.askedFor} hint={t.askedSay} bind={form.field("asked")} />
        <Show when={form.values.kind === "owner" || form.values.asked}>
          <SelectField
            label={t.owner}
            required
            bind={form.field("whose")}
            options={[
              { value: "", label: t.chooseOwner },
              ...(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name })),
            ]}
          />
        </Show>
        <fieldset class="flex flex-col gap-4">
          <legend class="mb-2 text-sm font-strong">{t.tolerance}</legend>
          <NumberField label={t.units} min={0} bind={form.field("units")} />
          <MoneyField label={t.value} bind={form.field("value")} />
        </fieldset>
      </FormFrame>
    </Drawer>
  );
}
