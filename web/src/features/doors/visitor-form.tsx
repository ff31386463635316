import type { ShownVisitor } from "@yihao/booking/visitor-model";
import { instantOf } from "@yihao/kernel/days";
import { createSignal, onMount, Show } from "solid-js";
import { clock, clockRange, dayOf, dayProse } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import { ComboField, type ComboOption } from "../../ui/combo-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { DateField, TextField, TimeField } from "../../ui/text-field.tsx";
import { type Places, useOwnBookings } from "./data.ts";
import { findCompanies, invite } from "./visitors-data.ts";
import { visitorsWords } from "./visitors-words.ts";

type Mode = "invite" | "walk-in";
const blank = (text: string) => (text.trim() === "" ? undefined : text.trim());

function VisitorForm(props: {
  space: string;
  places: Places;
  mode: Mode;
  staff: boolean;
  onMade: (made: ShownVisitor) => void;
}) {
  const t = visitorsWords();
  const walkIn = props.mode === "walk-in";
  const site = props.places.sites[0];
  const zone = site?.zone ?? "Asia/Shanghai";
  const soon = new Date(Math.ceil(Date.now() / 1_800_000) * 1_800_000).toISOString();
  const [companies, setCompanies] = createSignal<readonly ComboOption[]>([]);
  const look = (text: string) => void findCompanies(props.space, text).then(setCompanies, () => setCompanies([]));
  onMount(() => props.staff && look(""));
  const began = new Date(Date.now() - 3_600_000).toISOString();
  const own = useOwnBookings(
    () => props.space,
    () => began,
  );
  const bookings = () =>
    (props.staff ? [] : (own.data ?? [])).filter(({ state, until }) => state === "booked" && until > began);
  const rooms = () => [
    { value: "", label: t.anywhere(site?.name ?? "") },
    ...bookings().map(({ id, code, day, from, until, zone: at }) => ({
      value: id as string,
      label: t.atBooking(code, dayProse(day, { weekday: false }), clockRange(from, until, at)),
    })),
    ...props.places.resources
      .filter(({ kind, state }) => kind === "room" && state === "active")
      .map(({ id, code, name }) => ({ value: id as string, label: name === code ? code : `${code} ${name}` })),
  ];
  const form = createForm({
    name: "visitor",
    initial: {
      ...{ name: "", from: "", email: "", phone: "", note: "", company: "", resource: "" },
      ...{ day: dayOf(soon, zone), time: clock(soon, zone), usesPass: false },
    },
    check: ({ name, phone }) => ({
      name: name.trim() === "" ? t.needName : undefined,
      phone: phone.trim() !== "" && !/^[+\d][\d\s()-]{3,30}$/.test(phone.trim()) ? t.badPhone : undefined,
    }),
    submit: async (values, intent) => {
      const { name, from, email, phone, note, company, resource, day, time, usesPass } = values;
      const texts = { from: blank(from), email: blank(email), phone: blank(phone), note: blank(note) };
      const wish = {
        ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
        ...(company === "" ? {} : { company }),
        ...(resource.startsWith("res_") ? { resource } : {}),
        ...(resource.startsWith("bok_") ? { booking: resource } : {}),
        ...(walkIn ? { walkIn: true } : {}),
        ...(usesPass && mayPay() ? { usesPass: true } : {}),
        ...{
          name: name.trim(),
          site: site?.id ?? "",
          at: walkIn ? new Date().toISOString() : instantOf(day, time, zone),
        },
      };
      props.onMade(await invite(props.space, wish as Parameters<typeof invite>[1], intent));
    },
  });
  /** A pass is a company's: staff name it first. */
  const mayPay = () => !props.staff || form.values.company !== "";
  const place = form.field("resource");
  /** A booking brings its own time along. */
  const choosePlace = (value: string) => {
    place.set(value);
    const booking = bookings().find(({ id }) => id === value);
    if (!booking) return;
    form.set("day", booking.day);
    form.set("time", clock(booking.from, booking.zone));
  };
  return (
    <FormFrame form={form} label={walkIn ? t.walkIn : t.invite}>
      <TextField label={t.name} bind={form.field("name")} maxLength={60} size="lg" />
      <Show when={!walkIn}>
        <div class="y-pair">
          <DateField label={t.day} bind={form.field("day")} min={dayOf(new Date().toISOString(), zone)} size="lg" />
          <TimeField label={t.time} bind={form.field("time")} size="lg" />
        </div>
      </Show>
      <Show when={props.staff}>
        <ComboField
          label={t.company}
          hint={t.optional}
          placeholder={t.noCompany}
          options={companies()}
          onSearch={look}
          bind={form.field("company")}
          size="lg"
        />
      </Show>
      <SelectField label={t.place} options={rooms()} bind={bound(place.value, choosePlace, place.id)} size="lg" />
      <TextField label={t.from} hint={t.optional} bind={form.field("from")} maxLength={80} size="lg" />
      <Show when={!walkIn}>
        <TextField
          label={t.email}
          hint={t.emailHint}
          type="email"
          bind={form.field("email")}
          maxLength={254}
          size="lg"
        />
      </Show>
      <TextField label={t.phone} hint={t.optional} type="tel" bind={form.field("phone")} maxLength={32} size="lg" />
      <Show when={mayPay()}>
        <Checkbox label={t.usesPass} hint={t.usesPassSay} bind={form.field("usesPass")} />
      </Show>
      <Button kind="primary" size="lg" type="submit" busy={form.busy()}>
        {walkIn ? t.take : t.send}
      </Button>
    </FormFrame>
  );
}

/** The pass of a guest, shown its host this once, to hand on. */
export function PassPart(props: { of: ShownVisitor }) {
  const t = visitorsWords();
  const [copied, setCopied] = createSignal(false);
  return (
    <Show when={props.of.pass}>
      {(path) => {
        const url = () => new URL(path(), location.origin).href;
        return (
          <div class="flex flex-col gap-4">
            <Show when={props.of.guest?.email}>{(email) => <Note tone="good">{t.passSent(email())}</Note>}</Show>
            <p class="text-pretty">{t.passSay(props.of.guest?.name ?? "")}</p>
            <QrCode text={url()} label={t.passQr} size={200} />
            <b class="font-mono text-xl">{props.of.code}</b>
            <code class="border border-line bg-sunken p-3 font-mono text-xs break-all">{url()}</code>
            <span>
              <Button icon="copy" onClick={() => void navigator.clipboard.writeText(url()).then(() => setCopied(true))}>
                {copied() ? t.copied : t.copy}
              </Button>
            </span>
          </div>
        );
      }}
    </Show>
  );
}

/** Invites somebody, or takes in who walked in; then shows the pass. `shown` is a pass that was renewed. */
export function VisitorDrawer(props: {
  space: string;
  places: Places | undefined;
  mode: Mode | undefined;
  staff: boolean;
  shown: ShownVisitor | undefined;
  onShown: (made: ShownVisitor | undefined) => void;
  onClose: () => void;
}) {
  const t = visitorsWords();
  const close = () => {
    props.onShown(undefined);
    props.onClose();
  };
  const made = (visitor: ShownVisitor) => (visitor.pass === null ? close() : props.onShown(visitor));
  return (
    <Drawer
      open={props.mode !== undefined || props.shown !== undefined}
      onClose={close}
      title={props.shown ? t.passTitle : props.mode === "walk-in" ? t.walkIn : t.invite}
      foot={
        props.shown ? (
          <Button kind="primary" onClick={close}>
            {t.done}
          </Button>
        ) : undefined
      }
    >
      <Show
        when={props.shown}
        fallback={
          <Show when={props.places}>
            {(places) => (
              <Show when={props.mode} keyed>
                {(mode) => (
                  <VisitorForm space={props.space} places={places()} mode={mode} staff={props.staff} onMade={made} />
                )}
              </Show>
            )}
          </Show>
        }
      >
        {(visitor) => <PassPart of={visitor()} />}
      </Show>
    </Drawer>
  );
}
