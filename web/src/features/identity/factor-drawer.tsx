import type { Security } from "@yihao/identity/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { confirmFactor, newRecovery, renewSecurity, startFactor, stopFactor } from "./account-data.ts";
import { accountWords } from "./account-words.ts";
import { codeFault, emptyFault } from "./checks.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { entryWords } from "./words.ts";

/** Which change of the authenticator app the drawer is for. */
export type FactorWish = "on" | "off" | "codes";

type Step =
  | { readonly at: "prove" }
  | { readonly at: "scan"; readonly address: string; readonly codes: readonly string[] }
  | { readonly at: "keep"; readonly codes: readonly string[] };

/** The first step of each: the password where the account has one, and what will follow. */
function Prove(props: { wish: FactorWish; security: Security; onStep: (step: Step) => void; onDone: () => void }) {
  const t = accountWords();
  const form = createForm({
    name: "prove",
    initial: { password: "" },
    check: (values) => ({
      password: props.security.password ? emptyFault(values.password, entryWords().faults.password) : undefined,
    }),
    submit: async (values) => {
      const password = props.security.password ? values.password : undefined;
      if (props.wish === "off") {
        await stopFactor(password);
        await renewSecurity();
        toast({ text: t.turnedOff });
        props.onDone();
      } else if (props.wish === "on") {
        const { totpURI, backupCodes } = await startFactor(password);
        props.onStep({ at: "scan", address: totpURI, codes: backupCodes });
      } else {
        const { backupCodes } = await newRecovery(password);
        await renewSecurity();
        props.onStep({ at: "keep", codes: backupCodes });
      }
    },
  });
  const note = () => ({ on: t.factorSay, off: t.turnOffNote, codes: t.newSetNote })[props.wish];
  const act = () => ({ on: t.next, off: t.turnOff, codes: t.makeNew })[props.wish];
  return (
    <FormFrame form={form} label={t.factor}>
      <p class="text-pretty text-fg-2">{note()}</p>
      <Show when={props.security.password}>
        <TextField
          label={t.confirmPassword}
          type="password"
          size="lg"
          autocomplete="current-password"
          bind={form.field("password")}
        />
      </Show>
      <Button kind={props.wish === "on" ? "primary" : "danger"} size="lg" type="submit" block busy={form.busy()}>
        {act()}
      </Button>
    </FormFrame>
  );
}

/** The QR code, the key for those who cannot scan, and the first code that the app shows. */
function Scan(props: { address: string; onDone: () => void }) {
  const t = accountWords();
  const key = () => (new URL(props.address).searchParams.get("secret") ?? "").match(/.{1,4}/g)?.join(" ") ?? "";
  const [copied, setCopied] = createSignal(false);
  const form = createForm({
    name: "scan",
    initial: { code: "" },
    check: (values) => ({ code: codeFault(values.code) && t.faults.code }),
    submit: async (values) => {
      await confirmFactor(values.code.trim());
      await renewSecurity();
      props.onDone();
    },
  });
  return (
    <FormFrame form={form} label={t.turnOn}>
      <p class="text-pretty text-fg-2">{t.scan}</p>
      <div class="self-center border border-line">
        <QrCode text={props.address} label={t.qr} />
      </div>
      <div class="flex flex-col gap-1">
        <span class="text-xs text-fg-2">{t.byHand}</span>
        <code class="font-mono text-sm break-all">{key()}</code>
        <span class="mt-1 flex flex-wrap gap-2">
          <Button
            size="sm"
            icon="copy"
            onClick={() => void navigator.clipboard.writeText(key().replaceAll(" ", "")).then(() => setCopied(true))}
          >
            {copied() ? t.copied : t.copyKey}
          </Button>
          <a class="y-link self-center text-xs" href={props.address}>
            {t.openApp}
          </a>
        </span>
      </div>
      <TextField
        label={t.firstCode}
        size="lg"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        bind={form.field("code")}
      />
      <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
        {t.verify}
      </Button>
    </FormFrame>
  );
}

/** Turns the authenticator app (验证器) on or off, or makes new recovery codes: prove it is you, scan and type, keep the codes. */
export function FactorDrawer(props: { wish: FactorWish | undefined; security: Security; onClose: () => void }) {
  const t = accountWords();
  const [step, setStep] = createSignal<Step>({ at: "prove" });
  const close = () => {
    setStep({ at: "prove" });
    props.onClose();
  };
  const scan = () => {
    const now = step();
    return now.at === "scan" ? now : undefined;
  };
  const keep = () => {
    const now = step();
    return now.at === "keep" ? now : undefined;
  };
  const title = () =>
    keep() ? t.recoveryTitle : { on: t.turnOn, off: t.turnOff, codes: t.newSet }[props.wish ?? "on"];
  return (
    <Drawer
      open={props.wish !== undefined}
      onClose={close}
      title={title()}
      foot={
        keep() ? (
          <Button kind="primary" size="lg" onClick={close}>
            {t.kept}
          </Button>
        ) : undefined
      }
    >
      <Switch>
        <Match when={keep()}>{(now) => <RecoveryCodes codes={now().codes} email={props.security.email} />}</Match>
        <Match when={scan()}>
          {(now) => <Scan address={now().address} onDone={() => setStep({ at: "keep", codes: now().codes })} />}
        </Match>
        <Match when={props.wish}>
          {(wish) => <Prove wish={wish()} security={props.security} onStep={setStep} onDone={close} />}
        </Match>
      </Switch>
    </Drawer>
  );
}
