import { plusDays } from "@yihao/kernel/days";
import type { ExitLine, ExitView } from "@yihao/members/exit-model";
import type { CompanyView, EntryChange, Exit } from "@yihao/members/model";
import { createSignal, For, type JSX, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeExit, eraseCompany, markExit, planExit, takeInAgain, useExit } from "./exit-data.ts";
import { exitWords } from "./exit-words.ts";
import { createLatest, MetNote } from "./latest.tsx";
import { memberWords } from "./words.ts";

type Part = { space: string; company: CompanyView; today: string; onClose: () => void };

/** Follows the revision of a company's exit list. */
function useLatestExit(props: Part, exit: ExitView | null | undefined) {
  const asked = useExit(
    () => props.space,
    () => props.company.id,
    () => exit !== null && exit !== undefined,
  );
  return createLatest(exit?.rev ?? 0, async () => {
    await asked.refetch();
    return { rev: asked.data?.rev ?? 0 };
  });
}

/** Plans a company's exit, or changes its day. */
export function PlanExitDrawer(props: Part & { exit: ExitView | null | undefined }) {
  const t = exitWords();
  const exit = props.exit?.state === "open" ? props.exit : undefined;
  const latest = useLatestExit(props, exit);
  const form = createForm({
    name: "exit",
    initial: {
      on: exit?.on ?? plusDays(props.today, 30),
      reason: (exit?.reason ?? "moved") as Exit["reason"],
      note: exit?.note ?? "",
    },
    check: ({ on }) => ({ on: on === "" ? t.needDay : undefined }),
    submit: async ({ on, reason, note }, intent) => {
      const wish = { on, reason, ...(note.trim() ? { note } : {}) };
      if (!exit) await planExit(props.space, props.company.id, wish, intent);
      else if (!(await latest.save((rev) => changeExit(props.space, props.company.id, wish, rev)))) return;
      toast({ text: t.planned(on) });
      props.onClose();
    },
  });
  const title = () => (exit ? t.change : t.plan);
  return (
    <FormDrawer onClose={props.onClose} title={title()} form={form} act={title()}>
      <MetNote latest={latest} />
      <DateField label={t.on} today={props.today} bind={form.field("on")} />
      <SelectField
        label={t.reason}
        options={(Object.keys(t.reasons) as Exit["reason"][]).map((value) => ({ value, label: t.reasons[value] }))}
        bind={form.field("reason")}
      />
      <TextField label={t.note} maxLength={400} bind={form.field("note")} />
      <p class="text-pretty text-fg-2">{t.noneSay}</p>
    </FormDrawer>
  );
}

/** Lets an item pass with a reason. */
export function WaiveDrawer(props: Part & { exit: ExitView; item: ExitLine["item"] }) {
  const t = exitWords();
  const latest = useLatestExit(props, props.exit);
  const form = createForm({
    name: "waive",
    initial: { note: "" },
    check: ({ note }) => ({ note: note.trim() === "" ? t.needWhy : undefined }),
    submit: async ({ note }) => {
      const mark = { how: "waived", note: note.trim() } as const;
      // What was ticked since the drawer opened stands beside it and was seen.
      const put = (rev: number) =>
        markExit(props.space, props.company.id, props.item, mark, Math.max(rev, props.exit.rev));
      if (await latest.save(put)) props.onClose();
    },
  });
  const title = () => t.waiveOf(t.items[props.item]);
  return (
    <FormDrawer onClose={props.onClose} title={title()} form={form} act={t.waive}>
      <MetNote latest={latest} />
      <TextField label={t.why} required maxLength={200} bind={form.field("note")} />
    </FormDrawer>
  );
}

/** Takes a company that left in again. */
export function ReturnDrawer(props: Part) {
  const t = exitWords();
  const m = memberWords();
  const form = createForm({
    name: "return",
    initial: { since: props.today, reason: "other" as EntryChange["reason"], note: "" },
    check: ({ since }) => ({ since: since === "" ? t.needDay : undefined }),
    submit: async ({ since, reason, note }, intent) => {
      const wish = { since, reason, ...(note.trim() ? { note } : {}) };
      await takeInAgain(props.space, props.company.id, wish, intent);
      toast({ text: t.returned(props.company.name) });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.again} form={form} act={t.again}>
      <p class="text-pretty text-fg-2">{t.againSay}</p>
      <div class="y-pair">
        <DateField label={t.since} max={props.today} today={props.today} bind={form.field("since")} />
        <SelectField
          label={t.how}
          options={(Object.keys(m.entryReasons) as EntryChange["reason"][]).map((value) => ({
            value,
            label: m.entryReasons[value],
          }))}
          bind={form.field("reason")}
        />
      </div>
      <TextField label={t.note} maxLength={200} bind={form.field("note")} />
    </FormDrawer>
  );
}

/** A dialog for what cannot be undone: its effects as a list, then the act; a refusal is told in it. */
export function ActDialog(props: {
  title: string;
  act: string;
  back: string;
  danger?: boolean;
  disabled?: boolean;
  run: (intent: ReturnType<typeof newIntent>) => Promise<unknown>;
  onClose: () => void;
  children: JSX.Element;
}) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const intent = newIntent();
  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.run(intent);
      props.onClose();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      foot={
        <>
          <Button
            kind={props.danger ? "danger" : "primary"}
            busy={busy()}
            disabled={props.disabled === true}
            onClick={() => void run()}
          >
            {props.act}
          </Button>
          <Button kind="text" onClick={() => props.onClose()}>
            {props.back}
          </Button>
        </>
      }
    >
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      {props.children}
    </Dialog>
  );
}

/** Erases what is known of the people of a company before its time: its warning, and the company's name typed to confirm. */
export function EraseDialog(props: { space: string; company: CompanyView; onClose: () => void; onAsked: () => void }) {
  const t = exitWords();
  const form = createForm({
    name: "erase",
    initial: { name: "" },
    check: ({ name }) => ({
      name: name.trim() === props.company.name ? undefined : t.eraseDiffers(props.company.name),
    }),
    submit: async (_, intent) => {
      await eraseCompany(props.space, props.company.id, intent);
      toast({ text: t.erasing, tone: "info" });
      props.onAsked();
      props.onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t.erase}
      foot={
        <>
          <Button kind="danger" busy={form.busy()} onClick={() => void form.submit()}>
            {t.eraseAct}
          </Button>
          <Button kind="text" onClick={() => props.onClose()}>
            {t.back}
          </Button>
        </>
      }
    >
      <FormFrame form={form} label={t.erase}>
        <div>
          <p>{t.eraseSay}</p>
          <ul class="list-disc pl-5">
            <For each={Object.keys(t.erases) as (keyof typeof t.erases)[]}>{(key) => <li>{t.erases[key]}</li>}</For>
          </ul>
        </div>
        <p class="text-xs text-pretty text-fg-2">{t.eraseKept}</p>
        <TextField label={t.eraseType(props.company.name)} bind={form.field("name")} />
      </FormFrame>
    </Dialog>
  );
}
