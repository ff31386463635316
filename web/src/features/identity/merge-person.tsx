import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { lang } from "../../i18n.ts";
import { explain } from "../../refusals.ts";
import { roleNames } from "../../roles.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { toast } from "../../ui/toast.tsx";
import { mergePerson, type Person } from "./data.ts";
import { peopleWords } from "./words.ts";

/** Merges one member of the space into another account of the same person, after saying what moves and what ends. */
export function MergePersonDialog(props: {
  space: string;
  person: Person;
  others: readonly Person[];
  open: boolean;
  onClose: () => void;
  onGone: () => void;
}) {
  const t = peopleWords();
  const intent = newIntent();
  const [into, setInto] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const list = (names: readonly string[]) => names.join(lang() === "en" ? ", " : "、");
  const has = () =>
    list([...roleNames(props.person.roles, props.person.own), ...props.person.companies.map((place) => place.name)]);
  const chosen = () => props.others.find(({ person }) => person === into());
  const merge = async (kept: Person) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { name } = props.person;
      await mergePerson(props.space, props.person.person, kept.person, intent.part(kept.person));
      toast({ text: t.mergedInto(name, kept.email) });
      props.onClose();
      props.onGone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t.mergeTitle(props.person.email)}
      foot={
        <>
          <Show when={chosen()}>
            {(kept) => (
              <Button kind="danger" busy={busy()} onClick={() => void merge(kept())}>
                {t.merge}
              </Button>
            )}
          </Show>
          <Button onClick={props.onClose}>{t.keep}</Button>
        </>
      }
    >
      <div class="flex flex-col gap-3">
        <ComboField
          label={t.mergeInto}
          options={props.others.map(({ person, email, name }) => ({ value: person, label: email, note: name }))}
          bind={bound(into, setInto, "merge-into")}
        />
        <ul class="flex list-disc flex-col gap-1.5 pl-5">
          <For each={[...(has() ? [t.mergeHas(has())] : []), t.mergeBookings, t.mergeEnds, t.mergeHistory]}>
            {(line) => <li>{line}</li>}
          </For>
        </ul>
        <Show when={problem()}>
          {(why) => (
            <Note tone="bad" alert>
              {explain(why())}
            </Note>
          )}
        </Show>
      </div>
    </Dialog>
  );
}
