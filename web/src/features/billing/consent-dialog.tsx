import { consentText } from "@yihao/billing/consent";
import { createSignal, Show } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { collectWords } from "./collect-words.ts";
import { myBillWords } from "./my-words.ts";

/** Shows what is agreed to before a way to pay is saved, and that `charges` will charge it, then leaves for the provider's page: to save a card, or to all that is saved (`portal`). */
export function ConsentDialog(props: {
  charges: string;
  open: boolean;
  portal?: boolean;
  ask: (language: "zh" | "en", intent: Intent) => Promise<{ url: string }>;
  onClose: () => void;
}) {
  const t = collectWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const language = () => (lang() === "en" ? "en" : "zh");
  let intent = newIntent();
  const go = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      location.assign((await props.ask(language(), intent)).url);
    } catch (error) {
      setProblem(() => error);
      if (error instanceof Problem && error.status > 0 && error.status < 500) intent = newIntent();
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.portal ? t.mine.portalTitle : t.mine.consentTitle}
      foot={
        <>
          <Button kind="primary" busy={busy()} onClick={() => void go()}>
            {props.portal ? t.mine.portalConsent : t.mine.consent}
          </Button>
          <Button kind="text" onClick={props.onClose}>
            {props.portal ? t.mine.portalNot : myBillWords().notNow}
          </Button>
        </>
      }
    >
      <Show when={problem()}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p>{consentText(language(), props.charges)}</p>
      <p class="mt-2 text-xs text-fg-2">{props.portal ? t.mine.portalGoes : t.mine.goes}</p>
    </Dialog>
  );
}
