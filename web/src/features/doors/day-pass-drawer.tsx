import { createSignal, Match, Show, Switch } from "solid-js";
import { money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { type DayPass, type DayPassPlace, sellDayPass, useDayPassPlaces, usePaid } from "./day-pass-data.ts";
import { dayPassWords } from "./day-pass-words.ts";

/** Selling a day pass (日票) at the desk: which desk, who, how to reach them, how they pay. */
export function DayPassDrawer(props: { space: string; open: boolean; onClose: () => void }) {
  const t = dayPassWords();
  const places = useDayPassPlaces(
    () => props.space,
    () => props.open,
  );
  const [link, setLink] = createSignal<DayPass | undefined>();
  const close = () => {
    setLink(undefined);
    props.onClose();
  };
  const some = () => (places.data ?? []).some(({ left }) => left > 0);
  return (
    <Drawer open={props.open} onClose={close} title={t.title}>
      <Switch fallback={<Loading rows={4} />}>
        <Match when={places.isError}>
          <ErrorState title={t.notRead} problem={places.error} onRetry={() => void places.refetch()} />
        </Match>
        <Match when={link()}>{(held) => <PayByLink pass={held()} onAgain={() => setLink(undefined)} />}</Match>
        <Match when={places.data && !some()}>
          <EmptyState title={t.none}>{t.noneSay}</EmptyState>
        </Match>
        <Match when={places.data}>
          {(all) => <SellForm space={props.space} places={all()} onHeld={setLink} onSold={close} />}
        </Match>
      </Switch>
    </Drawer>
  );
}

function SellForm(props: {
  space: string;
  places: readonly DayPassPlace[];
  onHeld: (pass: DayPass) => void;
  onSold: () => void;
}) {
  const t = dayPassWords();
  const free = () => props.places.filter(({ left }) => left > 0);
  const form = createForm({
    name: "day-pass",
    initial: {
      ...{ resource: props.places.find(({ left }) => left > 0)?.resource as string, name: "", contact: "" },
      way: "cash" as "cash" | "transfer" | "link",
    },
    check: ({ name, contact }) => ({
      name: name.trim() === "" ? t.needName : undefined,
      contact:
        /^\S+@\S+\.\S+$/.test(contact.trim()) || /^[+\d][\d\s()-]{4,30}$/.test(contact.trim())
          ? undefined
          : t.badContact,
    }),
    submit: async ({ resource, name, contact, way }, intent) => {
      const language = lang() === "en" ? ("en" as const) : ("zh-CN" as const);
      const wish = { resource: resource as DayPassPlace["resource"], name: name.trim(), contact: contact.trim(), way };
      const sold = await sellDayPass(props.space, { ...wish, language, expectMinor: priceOf() }, intent);
      if (sold.state === "held") return props.onHeld(sold);
      toast({ text: t.sold(name.trim()) });
      props.onSold();
    },
  });
  const priceOf = () => free().find(({ resource }) => resource === form.values.resource)?.totalMinor ?? 0;
  const label = ({ code, name, siteName, left }: DayPassPlace) =>
    [code === name ? code : `${code} ${name}`, ...(many() ? [siteName] : []), t.left(left)].join(" · ");
  const many = () => new Set(props.places.map(({ site }) => site)).size > 1;
  return (
    <FormFrame form={form} label={t.title}>
      <SelectField
        label={t.place}
        size="lg"
        options={free().map((one) => ({ value: one.resource as string, label: label(one) }))}
        bind={form.field("resource")}
      />
      <TextField label={t.name} size="lg" maxLength={40} autofocus bind={form.field("name")} />
      <TextField label={t.contact} hint={t.contactHint} size="lg" maxLength={120} bind={form.field("contact")} />
      <Segmented
        label={t.way}
        size="lg"
        options={(["cash", "transfer", "link"] as const).map((value) => ({ value, label: t.ways[value] }))}
        bind={form.field("way")}
      />
      <p class="text-fg-2">{t.price(money(priceOf()))}</p>
      <Button type="submit" kind="primary" size="lg" block busy={form.busy()}>
        {(form.values.way === "link" ? t.ask : t.sell)(money(priceOf()))}
      </Button>
    </FormFrame>
  );
}

/** The code by which a guest pays on their own phone. */
function PayByLink(props: { pass: DayPass; onAgain: () => void }) {
  const t = dayPassWords();
  const paid = usePaid(() => props.pass.page);
  return (
    <div class="flex flex-col gap-4">
      <Show
        when={paid.data === "booked"}
        fallback={
          <>
            <h2 class="text-md">{t.scan}</h2>
            <div class="flex flex-col items-center gap-2 border border-line py-4">
              <QrCode text={new URL(props.pass.page, location.origin).href} label={t.scan} size={220} />
              <b class="text-lg tabular-nums">{money(props.pass.totalMinor)}</b>
            </div>
            <p class="text-fg-2">{t.scanSay}</p>
          </>
        }
      >
        <Note tone="good" title={t.paid} />
      </Show>
      <span>
        <Button onClick={() => props.onAgain()}>{t.another}</Button>
      </span>
    </div>
  );
}
