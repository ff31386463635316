import { type Floor, FloorFactsSchema } from "@yihao/booking/model";
import { createSignal, Show } from "solid-js";
import { Problem } from "../../problem.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeFloor, rereadPlaces } from "./data.ts";
import { placesWords } from "./places-words.ts";
import { RuleFields, ruleFaultTexts } from "./rule-fields.tsx";
import { readRules, ruleValues } from "./rule-values.ts";
import { rulesWords } from "./rules-words.ts";
import type { SiteView } from "./view.ts";

type FloorView = Floor & { readonly rev: number };

/** A floor's name and the rules that its desks, rooms and equipment follow unless they have their own, at the revision it was read. */
export function FloorForm(props: { space: string; site: SiteView; floor: FloorView; onDone: () => void }) {
  const t = placesWords();
  const r = rulesWords();
  const [rev, setRev] = createSignal(props.floor.rev);
  const [theirs, setTheirs] = createSignal<FloorView>();
  const valuesOf = (floor: FloorView) => ({ name: floor.name, ...ruleValues(floor.rules ?? {}, props.site.hours) });
  const form = createForm({
    name: `floor-${props.floor.id}`,
    initial: valuesOf(props.floor),
    check: (values) => ({
      ...(values.name.trim() === "" ? { name: t.needed } : {}),
      ...ruleFaultTexts(values),
    }),
    submit: async (values) => {
      const { site, order, id } = props.floor;
      const rules = readRules(values);
      const some = Object.keys(rules).length > 0;
      const facts = FloorFactsSchema.parse({ site, order, name: values.name, ...(some ? { rules } : {}) });
      try {
        await changeFloor(props.space, id, rev(), facts);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        setTheirs((await rereadPlaces(props.space)).floors.find((one) => one.id === id));
        return;
      }
      toast({ text: r.floorSaved });
      props.onDone();
    },
  });
  const settle = (take: boolean) => {
    const now = theirs();
    if (!now) return;
    setRev(now.rev);
    if (take) form.reset(valuesOf(now));
    setTheirs(undefined);
  };
  return (
    <FormFrame form={form} label={r.floorRules(props.floor.name)}>
      <Show when={theirs()}>
        <Note
          tone="warn"
          alert
          title={r.conflict}
          actions={
            <>
              <Button onClick={() => settle(false)}>{r.mine}</Button>
              <Button onClick={() => settle(true)}>{r.theirs}</Button>
            </>
          }
        >
          {r.conflictSay}
        </Note>
      </Show>
      <p class="text-xs text-fg-2">{r.floorSay}</p>
      <TextField label={t.name} bind={form.field("name")} maxLength={40} />
      <RuleFields form={form} space={props.space} of="floor" />
      <Button type="submit" kind="primary" busy={form.busy()} disabled={theirs() !== undefined}>
        {r.saveFloor}
      </Button>
    </FormFrame>
  );
}
