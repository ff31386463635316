import type { PlatformBill } from "@yihao/billing/platform-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { fapiaoLooks } from "../../fapiao-step.tsx";
import { fapiaoWords } from "../../fapiao-words.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import {
  askPlatformFapiao,
  changePlatformTitle,
  platformFapiaoLink,
  usePlatformTitle,
  withdrawPlatformFapiao,
} from "./fapiao-data.ts";
import { TitleDrawer } from "./my-fapiao.tsx";

/** The fapiao of a platform's bill in its row: asked for, withdrawn, or fetched once it is issued. */
export function PlatformFapiaoCell(props: { space: string; bill: PlatformBill }) {
  const t = fapiaoWords();
  const [busy, setBusy] = createSignal(false);
  const last = () => props.bill.fapiao?.at(-1);
  const live = () => last()?.state === "requested" || last()?.state === "issued";
  const act = async (work: () => Promise<unknown>, said?: string) => {
    setBusy(true);
    try {
      await work();
      if (said) toast({ text: said, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const fetchFile = () =>
    act(async () => {
      const link = window.document.createElement("a");
      link.href = await platformFapiaoLink(props.space, props.bill.month);
      link.rel = "noopener";
      link.download = "";
      link.click();
    });
  return (
    <span class="flex flex-wrap items-center gap-x-2" classList={{ "-ml-3.5": !last() }}>
      <Show when={last()}>
        {(one) => (
          <span title={[one().number, one().reason].filter(Boolean).join(" · ")}>
            <Status is={fapiaoLooks[one().state]} text={t.states[one().state]} />
          </span>
        )}
      </Show>
      <Show when={last()?.file}>
        <Button kind="text" icon="download" busy={busy()} onClick={() => void fetchFile()}>
          {t.openFile}
        </Button>
      </Show>
      <Show when={last()?.state === "requested"}>
        <Button
          kind="text"
          busy={busy()}
          onClick={() =>
            void act(() => withdrawPlatformFapiao(props.space, props.bill.month, newIntent()), t.withdrawn)
          }
        >
          {t.withdraw}
        </Button>
      </Show>
      <Show when={!live()}>
        <Button
          kind="text"
          icon="stamp"
          busy={busy()}
          onClick={() => void act(() => askPlatformFapiao(props.space, props.bill.month, newIntent()), t.askedNow)}
        >
          {t.ask}
        </Button>
      </Show>
    </span>
  );
}

/** What fapiao of the platform's bills are made out to, behind a button. */
export function PlatformTitle(props: { space: string }) {
  const t = fapiaoWords();
  const [editing, setEditing] = createSignal(false);
  const title = usePlatformTitle(() => props.space);
  return (
    <>
      <Button icon="stamp" disabled={!title.data} onClick={() => setEditing(true)}>
        {t.details}
      </Button>
      <Show when={editing() && title.data}>
        {(now) => (
          <TitleDrawer
            title={now()}
            save={(values, rev) => changePlatformTitle(props.space, values, rev)}
            onClose={() => setEditing(false)}
          />
        )}
      </Show>
    </>
  );
}
