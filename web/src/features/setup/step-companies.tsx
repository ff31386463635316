import { createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { AddDrawer } from "../members/company-form.tsx";
import { ImportPanel } from "../members/import-panel.tsx";
import { renewBuilt } from "./data.ts";
import type { Built } from "./progress.ts";
import { noteSaved, StepFrame } from "./step-frame.tsx";
import { setupWords } from "./words.ts";

/** The first companies: one by hand, or many from a table. */
export function CompaniesStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const [adding, setAdding] = createSignal(false);
  const renew = () => {
    noteSaved();
    void renewBuilt(props.space);
  };
  return (
    <StepFrame step="companies" space={props.space} built={props.built}>
      <div class="flex flex-col gap-4">
        <Show when={props.built.companies > 0}>
          <Note tone="good">{t.hasCompanies(props.built.companies)}</Note>
        </Show>
        <span>
          <Button icon="plus" size="lg" onClick={() => setAdding(true)}>
            {t.addOne}
          </Button>
        </span>
        <section aria-label={t.fromTable}>
          <h2 class="text-md">{t.fromTable}</h2>
          <ImportPanel space={props.space} onDone={renew} />
        </section>
      </div>
      <AddDrawer
        space={props.space}
        open={adding()}
        onClose={() => setAdding(false)}
        onAdded={() => {
          setAdding(false);
          renew();
        }}
      />
    </StepFrame>
  );
}
