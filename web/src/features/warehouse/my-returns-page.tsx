import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { Unread } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import { useWarehouses } from "./data.ts";
import { useReturn, useReturns } from "./return-data.ts";
import { ReturnDetail } from "./return-detail.tsx";
import { FreeReturnForm } from "./return-form.tsx";
import { ReturnList } from "./return-list.tsx";
import { returnWords } from "./return-words.ts";
import { useOwnAdmin } from "./warehouse-here.ts";

/** A company's returns (退货) with one of them beside the list. */
export default function MyReturnsPage() {
  const t = returnWords();
  const params = useParams<{ space: string; return?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const returns = useReturns(space, () => undefined, true);
  const back = useReturn(space, () => params.return);
  const warehouses = useWarehouses(space);
  const zone = () => warehouses.data?.[0]?.zone ?? "Asia/Shanghai";
  const [adding, setAdding] = createSignal(false);
  const admin = useOwnAdmin(space);
  const open = (id: string | undefined) =>
    navigate(id ? `/s/${params.space}/my/returns/${id}` : `/s/${params.space}/my/returns`, { scroll: false });
  const start = () => (
    <Show when={admin()}>
      <Button kind="primary" icon="inbound" onClick={() => setAdding(true)}>
        {t.newReturn}
      </Button>
    </Show>
  );
  return (
    <>
      <PageHead title={t.returns} actions={start()} />
      <Panes
        work={
          <Pane label={t.returns}>
            <ReturnList returns={returns} zone={zone()} current={params.return} onOpen={open} rowHeight={40} />
          </Pane>
        }
        detail={
          <Show when={back.data} fallback={<Unread asked={back} title={t.notRead} rows={5} />}>
            {(one) => <ReturnDetail space={params.space} back={one()} zone={zone()} staff={false} mayEnd={admin()} />}
          </Show>
        }
        detailOpen={params.return !== undefined}
        detailTitle={t.return}
        onCloseDetail={() => open(undefined)}
      />
      <Drawer open={adding()} onClose={() => setAdding(false)} title={t.newReturn}>
        <Show when={adding()}>
          <FreeReturnForm
            space={params.space}
            onDone={(made) => {
              setAdding(false);
              toast({ text: t.submitted });
              open(made.id);
            }}
          />
        </Show>
      </Drawer>
    </>
  );
}
