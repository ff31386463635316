import { isRecovery } from "@yihao/identity/recovery";
import { createSignal, onMount, Show } from "solid-js";
import { Button, TextButton } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { accountWords } from "./account-words.ts";
import { codeFault } from "./checks.ts";
import { enterByFactor, enterByRecovery } from "./data.ts";

type Done = () => Promise<unknown>;

/** Leaves the focus in the field while a link below is pressed: the check on leaving would move the link from under the press. */
const hold = (event: MouseEvent) => event.preventDefault();
const focusOn = (id: string) => onMount(() => document.getElementById(id)?.focus());

function ByApp(props: { onDone: Done }) {
  const t = accountWords();
  const form = createForm({
    name: "factor",
    initial: { code: "", trust: false },
    check: (values) => ({ code: codeFault(values.code) && t.faults.code }),
    submit: async (values) => {
      await enterByFactor(values.code.trim(), values.trust);
      await props.onDone();
    },
  });
  focusOn("factor-code");
  return (
    <FormFrame form={form} label={t.second}>
      <TextField
        label={t.secondCode}
        size="lg"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        bind={form.field("code")}
      />
      <Checkbox label={t.trust} hint={t.trustNote} bind={form.field("trust")} />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.enter}
      </Button>
    </FormFrame>
  );
}

function ByRecovery(props: { onDone: Done }) {
  const t = accountWords();
  const form = createForm({
    name: "recovery",
    initial: { code: "" },
    check: (values) => ({ code: isRecovery(values.code) ? undefined : t.faults.recovery }),
    submit: async (values) => {
      await enterByRecovery(values.code.trim());
      await props.onDone();
    },
  });
  focusOn("recovery-code");
  return (
    <FormFrame form={form} label={t.second}>
      <TextField label={t.recoveryCode} size="lg" mono hint={t.recoveryHint} maxLength={40} bind={form.field("code")} />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.enter}
      </Button>
    </FormFrame>
  );
}

/** The second step (第二步验证) after a password or a mailed code: the authenticator app, or a recovery code in its place. */
export function SecondStep(props: { onDone: Done; onBack: () => void }) {
  const t = accountWords();
  const [recovering, setRecovering] = createSignal(false);
  return (
    <section aria-label={t.second}>
      <h2 class="text-md">{t.second}</h2>
      <p class="mt-1 mb-4 text-pretty text-fg-2">{t.secondNote}</p>
      <Show when={recovering()} fallback={<ByApp onDone={props.onDone} />}>
        <ByRecovery onDone={props.onDone} />
      </Show>
      <p class="mt-4 flex flex-wrap justify-between gap-x-4 gap-y-2 text-xs">
        <TextButton onMouseDown={hold} onClick={() => setRecovering(!recovering())}>
          {recovering() ? t.useApp : t.useRecovery}
        </TextButton>
        <TextButton onMouseDown={hold} onClick={() => props.onBack()}>
          {t.again}
        </TextButton>
      </p>
    </section>
  );
}
