import { For, Show } from "solid-js";
import { joined } from "../format.ts";
import { dictionary } from "../i18n.ts";

const words = dictionary({
  zh: { free: "空闲", later: "稍后有人", taken: "在用", away: "已租未到", off: "停用", mine: "我们的", chosen: "已选" },
  en: {
    free: "free",
    later: "taken later",
    taken: "in use",
    away: "let, not in",
    off: "off",
    mine: "ours",
    chosen: "chosen",
  },
});

export type DeskState = "free" | "later" | "taken" | "away" | "off" | "mine";

export interface Desk {
  readonly key: string;
  /** The address in full (C-14), spoken and given back. */
  readonly address: string;
  /** What stands on the cell (14). */
  readonly label: string;
  readonly state: DeskState;
  /** Someone sits there: the chair is filled. */
  readonly seated?: boolean;
  readonly note?: string;
}
export interface DeskZone {
  readonly name: string;
  readonly note?: string;
  readonly desks: readonly Desk[];
}

/** The words of the states, for legends. */
export const deskWord = (state: DeskState): string => words()[state];

/**
 * Desks as they stand: zones of islands of two rows of four. A grid to assistive tech: arrow keys move, ↵ chooses,
 * each desk is spoken as “C-14，空闲”.
 */
export function FloorPlan(props: {
  label: string;
  zones: readonly DeskZone[];
  chosen?: ReadonlySet<string>;
  onChoose?: (desk: Desk) => void;
  perRow?: number;
  /** What a state is called here, where its usual word does not fit. */
  words?: Partial<Readonly<Record<DeskState, string>>>;
}) {
  const t = words();
  const wordOf = (state: DeskState) => props.words?.[state] ?? t[state];
  const perRow = () => props.perRow ?? 4;
  const islands = (desks: readonly Desk[]) =>
    Array.from({ length: Math.ceil(desks.length / (perRow() * 2)) }, (_, index) =>
      desks.slice(index * perRow() * 2, (index + 1) * perRow() * 2),
    );
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow(), ArrowUp: -perRow() }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...(event.currentTarget.closest(".y-plan")?.querySelectorAll<HTMLElement>("button") ?? [])];
    all[all.indexOf(event.currentTarget) + by]?.focus();
  };
  return (
    <section class="y-plan" aria-label={props.label}>
      <For each={props.zones}>
        {(zone) => (
          <section aria-label={zone.name}>
            <h3 class="mb-2 flex gap-2 text-sm">
              {zone.name}
              <Show when={zone.note}>
                <span class="text-xs font-regular text-fg-3">{zone.note}</span>
              </Show>
            </h3>
            <div class="flex flex-wrap gap-x-6 gap-y-5">
              <For each={islands(zone.desks)}>
                {(island) => (
                  <div class="y-island" style={{ "--per-row": perRow() }}>
                    <For each={island}>
                      {(desk, index) => (
                        <button
                          type="button"
                          class={`y-desk y-desk-${desk.state}`}
                          classList={{
                            "y-desk-chosen": props.chosen?.has(desk.key) === true,
                            "y-desk-lower": index() >= perRow(),
                            "y-desk-seated": desk.seated === true,
                          }}
                          aria-label={joined([
                            desk.address,
                            wordOf(desk.state),
                            ...(desk.note ? [desk.note] : []),
                            ...(props.chosen?.has(desk.key) ? [t.chosen] : []),
                          ])}
                          aria-pressed={props.chosen ? props.chosen.has(desk.key) : undefined}
                          aria-disabled={desk.state === "off" ? "true" : undefined}
                          title={[desk.address, wordOf(desk.state), desk.note].filter(Boolean).join(" · ")}
                          onClick={() => desk.state !== "off" && props.onChoose?.(desk)}
                          onKeyDown={move}
                        >
                          <span>{desk.label}</span>
                        </button>
                      )}
                    </For>
                  </div>
                )}
              </For>
            </div>
          </section>
        )}
      </For>
    </section>
  );
}

/** What the cells mean, each with its count. */
export function DeskLegend(props: { items: readonly { state: DeskState; count?: number; text?: string }[] }) {
  return (
    <ul class="y-legend">
      <For each={props.items}>
        {(item) => (
          <li>
            <i class={`y-desk y-desk-${item.state} y-desk-key`} aria-hidden="true" />
            {item.text ?? deskWord(item.state)} {item.count}
          </li>
        )}
      </For>
    </ul>
  );
}
