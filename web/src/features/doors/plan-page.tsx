import { useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { PlanBoard } from "./plan-board.tsx";
import { PlanEdit } from "./plan-edit.tsx";
import { planWords } from "./plan-words.ts";

/** The operator's plan of a floor: live states, and for managers the way to arrange it. */
export default function PlanPage() {
  const t = planWords();
  const params = useParams<{ space: string }>();
  const [editing, setEditing] = createSignal(false);
  const may = useMay(() => params.space);
  const mayEdit = () => may("booking.sites");
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <Show when={mayEdit()}>
            <Button icon={editing() ? "check" : "edit"} onClick={() => setEditing((on) => !on)}>
              {editing() ? t.done : t.edit}
            </Button>
          </Show>
        }
      />
      <PlanBoard
        space={params.space}
        bookHref={(one, { day }) => `/s/${params.space}/bookings?${new URLSearchParams({ day, resource: one.id })}`}
        {...(editing()
          ? { editor: (floor, places) => <PlanEdit space={params.space} floor={floor} places={places} /> }
          : {})}
      />
    </>
  );
}
