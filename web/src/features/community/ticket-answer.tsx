import type { Side, TicketView } from "@yihao/community/ticket-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented } from "../../ui/choice-field.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { noteTicket, replyTicket } from "./ticket-data.ts";
import { ticketWords } from "./ticket-words.ts";

/** A word to the other side or, for staff, one that the other side never sees. */
export function Answer(props: { space: string; side: Side; ticket: TicketView }) {
  const t = ticketWords();
  const closed = () => props.ticket.state === "closed";
  const [chosen, setKind] = createSignal<"reply" | "note">("reply");
  const kind = () => (closed() ? "note" : chosen());
  const [text, setText] = createSignal("");
  const [waiting, setWaiting] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [fault, setFault] = createSignal<string>();
  let intent = newIntent();
  const send = async () => {
    if (text().trim() === "") {
      setFault(t.needText);
      return;
    }
    setBusy(true);
    setFault(undefined);
    try {
      const { id } = props.ticket;
      if (kind() === "note") await noteTicket(props.space, id, text(), intent);
      else await replyTicket(props.space, id, { text: text(), ...(waiting() ? { waiting: true } : {}) }, intent);
      toast({ text: kind() === "note" ? t.noted : t.sent });
      intent = newIntent();
      setText("");
      setWaiting(false);
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const write = (next: string) => {
    setText(next);
    setFault(undefined);
    intent = newIntent();
  };
  const written = { ...bound(text, write), fault };
  return (
    <form
      class="flex flex-col gap-3 p-4"
      aria-label={t.reply}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.isComposing) void send();
      }}
    >
      <Show when={props.side === "staff" && !closed()}>
        <Segmented
          bare
          label={t.reply}
          options={[
            { value: "reply", label: t.replyTo.staff },
            { value: "note", label: t.note },
          ]}
          bind={bound(chosen, setKind)}
        />
      </Show>
      <TextArea
        label={kind() === "note" ? t.note : t.replyTo[props.side]}
        hint={kind() === "note" ? t.noteHint : t.mailed[props.side]}
        rows={4}
        maxLength={2000}
        bind={written}
      />
      <div class="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          kind="primary"
          size={props.side === "company" ? "lg" : "md"}
          keys={["⌘", "↵"]}
          busy={busy()}
        >
          {kind() === "note" ? t.addNote : t.send}
        </Button>
        <Show when={props.side === "staff" && kind() === "reply"}>
          <Checkbox label={t.waiting} bind={bound(waiting, setWaiting)} />
        </Show>
      </div>
    </form>
  );
}
