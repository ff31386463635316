import type { CompanyView } from "@yihao/members/model";
import type { Credit } from "@yihao/members/subscription-model";
import { createSignal, Show } from "solid-js";
import { money } from "../../format.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { addPack, sellPack, spendCredits, usePacks } from "./plan-data.ts";
import { unitsSaid } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

type Part = { space: string; company: string; today: string; open: boolean; onClose: () => void };
type Id = CompanyView["id"];

/** Room credits are told in hours and kept in minutes. */
const scale = (kind: Credit["kind"]) => (kind === "room-minutes" ? 60 : 1);

/**
 * Sells a pack of credits to a company; its price is told before. When none is on sale, or another is wanted, one is put on sale first, in the same drawer:
 * a second one over it would take the focus from the first, and close.
 */
export function PackDrawer(props: Part) {
  const t = planWords();
  const [offering, setOffering] = createSignal(false);
  const offer = createOffer(props, () => setOffering(false));
  const sale = createSale(props, () => setOffering(true));
  return (
    <Drawer
      open={props.open}
      onClose={() => (offering() ? setOffering(false) : props.onClose())}
      title={offering() ? t.offer : t.sell}
      foot={
        <Show when={offering()} fallback={sale.foot()}>
          {offer.foot()}
        </Show>
      }
    >
      <Show when={offering()} fallback={sale.body()}>
        {offer.body()}
      </Show>
    </Drawer>
  );
}

/** Puts a pack on sale (上架预付包). */
export function createOffer(props: { readonly space: string }, onDone: () => void) {
  const t = planWords();
  const form = createForm({
    name: "offer-pack",
    initial: {
      name: "",
      kind: "room-minutes" as Credit["kind"],
      units: 10 as number | undefined,
      price: undefined as number | undefined,
      days: 180 as number | undefined,
    },
    check: ({ name, units, price, days }) => ({
      name: name.trim() === "" ? t.needName : undefined,
      units: units && units > 0 ? undefined : t.needUnits,
      price: price === undefined ? t.needPrice : undefined,
      days: days && days > 0 && days <= 1100 ? undefined : t.needUnits,
    }),
    submit: async ({ name, kind, units, price, days }, intent) => {
      const wish = { name, kind, units: (units ?? 1) * scale(kind), priceMinor: price ?? 0, validDays: days ?? 1 };
      const made = await addPack(props.space, wish, intent);
      toast({ text: t.offerMade(made.name) });
      onDone();
    },
  });
  const kinds = () => Object.keys(t.kinds) as Credit["kind"][];
  const foot = () => (
    <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy()} onClick={() => void form.submit()}>
      {t.offer}
    </Button>
  );
  const body = () => (
    <FormFrame form={form} label={t.offer}>
      <TextField label={t.offerName} required maxLength={60} bind={form.field("name")} />
      <div class="y-pair">
        <SelectField
          label={t.useKind}
          options={kinds().map((value) => ({ value, label: t.kinds[value] }))}
          bind={form.field("kind")}
        />
        <NumberField
          label={t.offerUnits}
          min={1}
          aside={unitsSaid(form.values.kind, (form.values.units ?? 0) * scale(form.values.kind))}
          bind={form.field("units")}
        />
      </div>
      <div class="y-pair">
        <MoneyField label={t.offerPrice} bind={form.field("price")} />
        <NumberField label={t.offerDays} min={1} max={1100} unit={t.days} bind={form.field("days")} />
      </div>
    </FormFrame>
  );
  return { foot, body };
}

/** Sells one of the packs on sale (卖预付包). */
function createSale(props: Part, onOffer: () => void) {
  const t = planWords();
  const packs = usePacks(() => props.space);
  const offered = () => (packs.data ?? []).filter(({ state }) => state === "active");
  const chosen = () => offered().find(({ id }) => id === form.values.pack) ?? offered()[0];
  const form = createForm({
    name: "pack",
    initial: { pack: "", from: props.today },
    check: ({ from }) => ({ from: from === "" ? t.needDay : undefined }),
    submit: async ({ from }, intent) => {
      const pack = chosen();
      if (!pack) return;
      await sellPack(props.space, props.company as Id, pack.id, from, intent);
      toast({ text: t.packSold(pack.name) });
      props.onClose();
    },
  });
  const foot = () => (
    <Show
      when={offered().length > 0 || packs.isPending}
      fallback={
        <Button kind="primary" icon="plus" onClick={() => onOffer()}>
          {t.offer}
        </Button>
      }
    >
      <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy()} onClick={() => void form.submit()}>
        {t.sell} {chosen() ? money(chosen()?.priceMinor ?? 0) : ""}
      </Button>
    </Show>
  );
  const body = () => (
    <FormFrame form={form} label={t.sell}>
      <Show when={offered().length > 0 || packs.isPending} fallback={<p class="text-fg-2">{t.noOffers}</p>}>
        <SelectField
          label={t.pack}
          options={offered().map(({ id, name, priceMinor }) => ({
            value: id as string,
            label: t.packOffer(name, money(priceMinor)),
          }))}
          bind={{ ...form.field("pack"), value: () => chosen()?.id ?? "" }}
        />
        <DateField label={t.packFrom} min={props.today} today={props.today} bind={form.field("from")} />
        <Show when={chosen()}>
          {(pack) => (
            <p class="text-pretty text-fg-2">{t.packSay(unitsSaid(pack().kind, pack().units), pack().validDays)}</p>
          )}
        </Show>
        <p>
          <TextButton onClick={() => onOffer()}>{t.offer}</TextButton>
        </p>
      </Show>
    </FormFrame>
  );
  return { foot, body };
}

/** Uses credits by hand (核销), e.g. a guest's pass at the front desk. */
export function SpendDrawer(props: Part & { kinds: readonly Credit["kind"][] }) {
  const t = planWords();
  const form = createForm({
    name: "spend",
    initial: {
      kind: (props.kinds.find((kind) => kind === "guest-passes") ?? props.kinds[0] ?? "guest-passes") as Credit["kind"],
      units: 1 as number | undefined,
      note: "",
    },
    check: ({ units, note }) => ({
      units: units && units > 0 ? undefined : t.needUnits,
      note: note.trim() === "" ? t.needNote : undefined,
    }),
    submit: async ({ kind, units, note }, intent) => {
      const wish = { kind, units: (units ?? 1) * scale(kind), note: note.trim() };
      const { left } = await spendCredits(props.space, props.company as Id, wish, intent);
      toast({ text: t.usedUp(unitsSaid(kind, left)) });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.use} form={form} act={t.use}>
      <SelectField
        label={t.useKind}
        options={props.kinds.map((value) => ({ value, label: t.kinds[value] }))}
        bind={form.field("kind")}
      />
      <NumberField
        label={t.useUnits}
        min={1}
        aside={unitsSaid(form.values.kind, (form.values.units ?? 0) * scale(form.values.kind))}
        bind={form.field("units")}
      />
      <TextField label={t.useNote} required maxLength={120} bind={form.field("note")} />
    </FormDrawer>
  );
}
