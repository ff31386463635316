import type { GuestQuote, GuestWish } from "@yihao/booking/guest-model";
import { createSignal, Show } from "solid-js";
import { money } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { bookAsGuest, letterLanguage, sendCode, waitAsGuest } from "./data.ts";
import { guestWords } from "./words.ts";

const isEmail = (text: string) => /^\S+@\S+\.\S+$/.test(text.trim());
const blank = { name: "", email: "", phone: "", code: "", consent: false, website: "" };

/** Who a booking is for: name, an e-mail that a code proves, phone and consent; then it is held and paid. */
export function BookForm(props: {
  id: string;
  space: string;
  wish: GuestWish;
  quote: GuestQuote;
  /** It is taken: they wait for it. */
  waits?: boolean;
  onBooked: (made: { token: string; state: string }) => Promise<void>;
  /** What was priced is not to be had so any more. */
  onRefused: () => void;
}) {
  const t = guestWords();
  const [sentTo, setSentTo] = createSignal<{ email: string; minutes: number } | undefined>();
  const [sending, setSending] = createSignal(false);
  const [trouble, setTrouble] = createSignal<unknown>();
  const form = createForm<typeof blank>({
    name: "guest",
    initial: blank,
    check: (values) => ({
      name: values.name.trim() === "" ? t.needName : undefined,
      email: isEmail(values.email) ? undefined : t.badEmail,
      phone: /^[+\d][\d\s()-]{4,30}$/.test(values.phone.trim()) ? undefined : t.badPhone,
      code: /^\d{6}$/.test(values.code.trim()) ? undefined : t.badCode,
      consent: values.consent ? undefined : t.needConsent,
    }),
    submit: async ({ name, email, phone, code, website }, intent) => {
      const who = { name: name.trim(), email: email.trim(), phone: phone.trim(), code: code.trim(), website };
      const rest = { language: letterLanguage(), consent: true as const, expectMinor: props.quote.totalMinor };
      try {
        const wish = { ...props.wish, ...who, ...rest };
        await props.onBooked(
          props.waits
            ? { ...(await waitAsGuest(props.id, wish, intent)), state: "waiting" }
            : await bookAsGuest(props.id, wish, intent),
        );
      } catch (error) {
        if (error instanceof Problem && ["booking.taken", "price-changed", "wait.free"].includes(error.code))
          props.onRefused();
        throw error;
      }
    },
  });
  const ask = async () => {
    const email = form.values.email.trim();
    if (!isEmail(email) || sending()) return form.field("email").blur?.();
    setSending(true);
    setTrouble(undefined);
    try {
      const { minutes } = await sendCode(props.id, email, form.values.website);
      setSentTo({ email, minutes });
    } catch (error) {
      setTrouble(() => error);
    } finally {
      setSending(false);
    }
  };
  const action = () => {
    if (props.waits) return t.waitConfirm;
    if (props.quote.askedUntil) return t.ask;
    return props.quote.totalMinor > 0 ? t.book(money(props.quote.totalMinor)) : t.bookFree;
  };
  return (
    <FormFrame form={form} label={t.you}>
      <TextField label={t.name} size="lg" required maxLength={40} autocomplete="name" bind={form.field("name")} />
      <TextField
        label={t.phone}
        size="lg"
        required
        type="tel"
        inputMode="tel"
        maxLength={30}
        autocomplete="tel"
        bind={form.field("phone")}
      />
      <TextField
        label={t.email}
        size="lg"
        required
        type="email"
        inputMode="email"
        maxLength={120}
        autocomplete="email"
        bind={form.field("email")}
      />
      <div class="flex items-start gap-2">
        <div class="min-w-0 flex-1">
          <TextField
            label={t.code}
            size="lg"
            required
            inputMode="numeric"
            maxLength={6}
            autocomplete="one-time-code"
            bind={form.field("code")}
          />
        </div>
        {/* Beside the box, under the height of its label. */}
        <span class="pt-[22px]">
          <Button size="lg" busy={sending()} onClick={() => void ask()}>
            {sentTo() ? t.resend : t.sendCode}
          </Button>
        </span>
      </div>
      <p class="text-xs text-fg-2" role="status">
        <Show when={sentTo()}>
          {(sent) => (
            <>
              {t.sent(sent().email)}
              {t.codeHint(sent().minutes)}
            </>
          )}
        </Show>
      </p>
      <Show when={trouble() !== undefined}>
        <Note tone="bad" alert>
          {explain(trouble())}
        </Note>
      </Show>
      <div class="y-hidden" aria-hidden="true">
        <label for="guest-website">{t.trap}</label>
        <input
          id="guest-website"
          tabindex="-1"
          autocomplete="off"
          value={form.values.website}
          onInput={(event) => form.set("website", event.currentTarget.value)}
        />
      </div>
      <Checkbox label={t.consent} hint={t.consentSay(props.space)} bind={form.field("consent")} />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {action()}
      </Button>
      <Show when={props.waits || (!props.quote.askedUntil && props.quote.totalMinor > 0)}>
        <p class="text-xs text-fg-2">{props.waits ? t.waitSay : t.holdSay}</p>
      </Show>
    </FormFrame>
  );
}
