import { For } from "solid-js";
import { LinkButton } from "../../ui/button.tsx";
import { Metric } from "../../ui/panes.tsx";
import type { Built } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { setupWords } from "./words.ts";

/** What the space now has, and where to go from here. */
export function DoneStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const figures = () => {
    const desks = props.built.resources.filter(({ kind }) => kind === "desk").length;
    return [
      { key: "desks" as const, value: desks },
      { key: "rooms" as const, value: props.built.resources.length - desks },
      { key: "plans" as const, value: props.built.plans.length },
      { key: "bins" as const, value: props.built.bins.length },
      { key: "companies" as const, value: props.built.companies },
    ];
  };
  return (
    <StepFrame step="done" space={props.space} built={props.built}>
      <div class="flex flex-col gap-6">
        <h2 class="text-xl">{t.readyTitle(props.built.space.name)}</h2>
        <div class="flex flex-wrap gap-8">
          <For each={figures()}>
            {({ key, value }) => <Metric label={t.summary[key]} value={value} unit={t.units[key]} size="xl" />}
          </For>
        </div>
        <p class="text-fg-2">{t.stillOpen}</p>
        <div class="flex flex-wrap gap-3">
          <LinkButton kind="primary" size="lg" href={`/s/${props.space}/today`}>
            {t.open}
          </LinkButton>
          <LinkButton size="lg" href={`/s/${props.space}/people`}>
            {t.inviteStaff}
          </LinkButton>
        </div>
      </div>
    </StepFrame>
  );
}
