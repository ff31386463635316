import { createSignal, onCleanup, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import type { Binding } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { emailFault } from "./checks.ts";
import { entryWords } from "./words.ts";

const waitSeconds = 60;

/** Six digits from a mail, with the button that sends it; a new one can be asked for after a minute. */
export function CodeField(props: { bind: Binding<string>; email: string; send: (email: string) => Promise<unknown> }) {
  const t = entryWords();
  const [left, setLeft] = createSignal(0);
  const [sentTo, setSentTo] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  let timer: ReturnType<typeof setInterval> | undefined;
  onCleanup(() => clearInterval(timer));

  const send = async () => {
    const email = props.email.trim();
    const fault = emailFault(email);
    setProblem(undefined);
    if (fault) {
      setProblem(fault);
      return;
    }
    setBusy(true);
    try {
      await props.send(email);
      setSentTo(email);
      setLeft(waitSeconds);
      clearInterval(timer);
      timer = setInterval(() => {
        setLeft((seconds) => Math.max(0, seconds - 1));
        if (left() === 0) clearInterval(timer);
      }, 1000);
      document.getElementById(props.bind.id)?.focus();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const fault = () => {
    const now = problem();
    return now === undefined ? undefined : typeof now === "string" ? now : explain(now);
  };
  return (
    <div>
      <div class="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
        <TextField
          label={t.code}
          size="lg"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          bind={props.bind}
        />
        <div class="pt-[22px]">
          <Button size="lg" busy={busy()} disabled={left() > 0} onClick={() => void send()}>
            {left() > 0 ? t.again(left()) : t.getCode}
          </Button>
        </div>
      </div>
      <Show when={fault()}>{(text) => <FaultLine id={`${props.bind.id}-send`} fault={text()} />}</Show>
      <Show when={sentTo() && !fault() ? sentTo() : undefined}>
        {(email) => (
          <p class="y-hint mt-1" role="status">
            {t.sent(email())}
          </p>
        )}
      </Show>
    </div>
  );
}
