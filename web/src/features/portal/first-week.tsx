import { For, Show } from "solid-js";
import { LinkButton } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { portalWords } from "./words.ts";

/** Three next steps for a company that has no goods, bookings or bills yet. */
export function FirstWeek(props: { base: string; warehouse: boolean; admin: boolean }) {
  const t = portalWords();
  const steps = () => {
    const { book, announce, company, invite } = t.steps;
    const all: { icon: IconName; href: string; title: string; say: string; act: string }[] = [
      { icon: "booking", href: `${props.base}/bookings`, ...book },
    ];
    if (props.warehouse) all.push({ icon: "inbound", href: `${props.base}/inbound/new`, ...announce });
    if (props.admin) all.push({ icon: "people", href: `${props.base}/people`, ...invite });
    all.push({ icon: "building", href: `${props.base}/company`, ...company });
    return all.slice(0, 3);
  };
  return (
    <section aria-label={t.firstTitle} class="border-b border-line px-4 py-6 desk:py-8">
      <h2 class="text-xl">{t.firstTitle}</h2>
      <p class="mt-1 text-fg-2">{t.firstSay}</p>
      <ol class="mt-4 border-t border-line">
        <For each={steps()}>
          {(step, index) => (
            <li class="flex flex-wrap items-center gap-4 border-b border-line py-4">
              <b class="w-4 text-lg text-fg-3 tabular-nums" aria-hidden="true">
                {index() + 1}
              </b>
              <Icon name={step.icon} size={24} />
              <span class="min-w-0 flex-1 basis-40">
                <b class="block">{step.title}</b>
                <span class="text-fg-2">{step.say}</span>
              </span>
              <Show
                when={index() === 0}
                fallback={
                  <LinkButton size="lg" href={step.href}>
                    {step.act}
                  </LinkButton>
                }
              >
                <LinkButton kind="primary" size="lg" href={step.href}>
                  {step.act}
                </LinkButton>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}
