import type { Movement } from "@yihao/warehouse/stock-model";
import { For, Show } from "solid-js";
import { clock, count } from "../../format.ts";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { useMovements } from "./data.ts";
import { warehouseWords } from "./words.ts";

const icons: Record<Movement["type"], IconName> = {
  receive: "inbound",
  putaway: "box",
  move: "move",
  pick: "outbound",
  ship: "outbound",
  return: "undo",
  grade: "check",
  "send-back": "outbound",
  scrap: "minus",
  transfer: "move",
  kit: "box",
  adjust: "adjust",
};
const signed = (one: Movement): string =>
  one.type === "receive"
    ? count(one.units, { sign: true })
    : one.type === "ship"
      ? count(-one.units, { sign: true })
      : count(one.units);

/** What moves, as it moves (实时动态). */
export function LiveFeed(props: { space: string; warehouse: string; zone: string; onOpen: (product: string) => void }) {
  const t = warehouseWords();
  const moves = useMovements(
    () => props.space,
    () => props.warehouse,
  );
  const place = (name: string) =>
    name in t.at ? <span>{t.at[name as keyof typeof t.at]}</span> : <Plate>{name}</Plate>;
  return (
    <Pane title={t.live} label={t.live} actions={<Status is="live" />}>
      <Show
        when={!moves.isError}
        fallback={
          <div class="p-4">
            <ErrorState
              title={t.movesNotRead}
              still={t.still}
              problem={moves.error}
              onRetry={() => void moves.refetch()}
            />
          </div>
        }
      >
        <Show when={moves.data} fallback={<Loading rows={8} />}>
          <ul aria-live="polite">
            <For each={moves.data} fallback={<li class="p-4 text-fg-2">{t.noMoves}</li>}>
              {(one) => (
                <li>
                  <button
                    type="button"
                    class="flex w-full items-start gap-3 border-b border-line px-4 py-2 text-left hover:bg-sunken"
                    onClick={() => props.onOpen(one.product)}
                  >
                    <Icon name={icons[one.type]} size={18} />
                    <span class="min-w-0 flex-1">
                      <span class="flex gap-2">
                        <span class="min-w-0 flex-1 truncate">{one.name}</span>
                        <b>{signed(one)}</b>
                      </span>
                      <span class="mt-1 flex flex-wrap items-center gap-1.5 text-xs text-fg-2">
                        {clock(one.at, props.zone)} {t.types[one.type]} {place(one.from)}
                        <span aria-hidden="true">→</span> {place(one.to)}
                      </span>
                    </span>
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Show>
    </Pane>
  );
}
