import type { Attempt, Collection } from "@yihao/billing/collect-model";
import { For, Show } from "solid-js";
import { dayCell, dayOf, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { Status, type StatusName } from "../../ui/status.tsx";
import { collectWords } from "./collect-words.ts";
import { deviceDay } from "./view.ts";

const looks: Readonly<Record<Collection["state"], StatusName>> = {
  waiting: "queued",
  trying: "inProgress",
  received: "paid",
  stopped: "alarm",
  settled: "done",
};
const attemptLooks: Readonly<Record<Attempt["state"], StatusName>> = {
  asked: "inProgress",
  received: "paid",
  declined: "declined",
  dropped: "closed",
};

/** A card as it is named: its brand as banks write it, and its last four digits. */
export function cardName({ brand, last4 }: { readonly brand: string; readonly last4: string }): string {
  return collectWords().card(brand === "unionpay" ? "UnionPay" : brand.charAt(0).toUpperCase() + brand.slice(1), last4);
}

/** The state of a collection with its shape. */
export function CollectionStatus(props: { of: Collection; chip?: boolean }) {
  const t = collectWords();
  return <Status {...(props.chip ? { chip: true } : {})} is={looks[props.of.state]} text={t.states[props.of.state]} />;
}

/** How a bill is collected: where it stands, and every try with what became of it. */
export function CollectionBlock(props: { space: string; of: Collection; plain?: boolean }) {
  const t = collectWords();
  const about = useSpace(() => props.space);
  const zone = () => about.data?.zone ?? "Asia/Shanghai";
  const day = (on: string) => dayCell(on, Number(deviceDay().slice(0, 4)));
  return (
    <section aria-label={t.title}>
      <Show when={!props.plain}>
        <div class="mb-1 flex items-center gap-3">
          <h3 class="font-strong">{t.title}</h3>
          <CollectionStatus of={props.of} chip />
        </div>
      </Show>
      <Show when={props.of.nextOn}>
        {(on) => (
          <p class="text-fg-2">
            {t.next} {day(on())}
          </p>
        )}
      </Show>
      <Show when={props.of.state === "stopped" && props.of.why}>
        {(why) => <p class="mb-1 text-fg-2">{t.why[why()]}</p>}
      </Show>
      <ul aria-label={t.attempts}>
        <For each={[...props.of.attempts].reverse()}>
          {(one) => (
            <li class="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2">
              <span class="tabular-nums">{day(dayOf(one.at, zone()))}</span>
              <span>{cardName(one.card)}</span>
              <Status is={attemptLooks[one.state]} text={t.attempt[one.state]} />
              <b class="ml-auto tabular-nums">{money(one.amountMinor)}</b>
              <Show when={one.code}>
                {(code) => <span class="w-full text-xs text-fg-2">{t.codes[code()] ?? code()}</span>}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
