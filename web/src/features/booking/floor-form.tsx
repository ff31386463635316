import { type Floor, FloorFactsSchema } from "@yihao/booking/model";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { createTheirs, TheirsNote } from "../../ui/theirs.tsx";
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
      const saved = await theirs.save(
        (rev) => changeFloor(props.space, id, rev, facts),
        async () => (await rereadPlaces(props.space)).floors.find((one) => one.id === id),
      );
      if (!saved) return;
      toast({ text: r.floorSaved });
      props.onDone();
    },
  });
  const theirs = createTheirs<FloorView>(props.floor.rev, (now) => form.reset(valuesOf(now)));
  return (
    <FormFrame form={form} label={r.floorRules(props.floor.name)}>
      <TheirsNote of={theirs} words={{ title: r.conflict, say: r.conflictSay, mine: r.mine, theirs: r.theirs }} />
      <p class="text-xs text-fg-2">{r.floorSay}</p>
      <TextField label={t.name} bind={form.field("name")} maxLength={40} />
      <RuleFields form={form} space={props.space} of="floor" />
      <Button type="submit" kind="primary" busy={form.busy()} disabled={theirs.theirs() !== undefined}>
        {r.saveFloor}
      </Button>
    </FormFrame>
  );
}
