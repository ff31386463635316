import { createSignal, Show } from "solid-js";
import type { createAsked } from "../../ui/asked.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import type { useOrders } from "./data.ts";
import type { Growing } from "./document-table.tsx";
import { OrderList, OrderSearch } from "./documents.tsx";
import { flowWords } from "./flow-words.ts";
import { useRights } from "./warehouse-here.ts";
import { WaveDialog, WaveList } from "./waves.tsx";
import { warehouseWords } from "./words.ts";

/** Orders that are open, all of them, or waves. */
export type OrderViewing = "open" | "all" | "waves";

/** Orders as staff work them: the open ones, from which waves are made, all of them by search, and the waves. */
export function OrderWork(props: {
  space: string;
  warehouse: string;
  zone: string;
  ownerName: (company: string) => string;
  orders: ReturnType<typeof useOrders>;
  growing: Growing;
  asked: ReturnType<typeof createAsked>;
  view: OrderViewing;
  onView: (view: OrderViewing) => void;
  current: string | undefined;
  onOpen: (item: string) => void;
}) {
  const t = warehouseWords();
  const f = flowWords();
  const { works } = useRights(() => props.space);
  const [picked, setPicked] = createSignal<ReadonlySet<string>>(new Set());
  const [making, setMaking] = createSignal<readonly string[]>([]);
  const selection = () => ({
    keys: picked(),
    onChange: setPicked,
    actions: [{ label: f.makeWave, icon: "outbound" as const, run: () => setMaking([...picked()]) }],
  });
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <Segmented
          bare
          label={t.state}
          bind={bound(() => props.view, props.onView)}
          options={[
            { value: "open" as const, label: t.openOrders },
            { value: "all" as const, label: t.allOrders },
            { value: "waves" as const, label: f.waves },
          ]}
        />
        <Show when={props.view !== "waves"}>
          <OrderSearch asked={props.asked} />
        </Show>
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <Show
          when={props.view !== "waves"}
          fallback={
            <WaveList
              space={props.space}
              warehouse={props.warehouse}
              zone={props.zone}
              current={props.current}
              onOpen={props.onOpen}
            />
          }
        >
          <OrderList
            orders={props.orders}
            growing={props.growing}
            asked={props.asked}
            zone={props.zone}
            ownerName={props.ownerName}
            current={props.current}
            onOpen={props.onOpen}
            {...(props.view === "open" && works() ? { selection: selection() } : {})}
          />
        </Show>
      </div>
      <WaveDialog
        space={props.space}
        warehouse={props.warehouse}
        orders={making()}
        onClose={() => setMaking([])}
        onMade={(made) => {
          setMaking([]);
          setPicked(new Set<string>());
          props.onView("waves");
          props.onOpen(made);
        }}
      />
    </div>
  );
}
