import { createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { useOwners } from "./data.ts";
import { useReturns } from "./return-data.ts";
import { FreeReturnForm } from "./return-form.tsx";
import { ReturnList } from "./return-list.tsx";
import { returnWords } from "./return-words.ts";
import { useRights } from "./warehouse-here.ts";

/** Returns of a warehouse for its staff, with one that names no order announced beside them. */
export function StaffReturns(props: {
  space: string;
  warehouse: string;
  zone: string;
  ownerName: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = returnWords();
  const { works } = useRights(() => props.space);
  const [adding, setAdding] = createSignal(false);
  const returns = useReturns(
    () => props.space,
    () => props.warehouse,
  );
  const owners = useOwners(() => props.space);
  return (
    <div class="flex h-full min-h-0 flex-col">
      <Show when={works()}>
        <div class="flex border-b border-line px-4 py-2">
          <Button icon="inbound" onClick={() => setAdding(true)} disabled={(owners.data?.length ?? 0) === 0}>
            {t.newReturn}
          </Button>
        </div>
      </Show>
      <div class="flex min-h-0 flex-1 flex-col">
        <ReturnList
          returns={returns}
          zone={props.zone}
          ownerName={props.ownerName}
          current={props.current}
          onOpen={props.onOpen}
        />
      </div>
      <Drawer open={adding()} onClose={() => setAdding(false)} title={t.newReturn}>
        <Show when={adding()}>
          <FreeReturnForm
            space={props.space}
            owners={owners.data ?? []}
            onDone={(made) => {
              setAdding(false);
              toast({ text: t.submitted });
              props.onOpen(made.id);
            }}
          />
        </Show>
      </Drawer>
    </div>
  );
}
