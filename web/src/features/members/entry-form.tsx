import { type CompanyView, type Entry, entryReasons } from "@yihao/members/model";
import { Problem } from "../../problem.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, type Form } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeEntry, readCompany } from "./data.ts";
import { memberWords } from "./words.ts";

/** When and how a company came, as forms hold it; without a day it comes today. */
export type EntryValues = { since: string; reason: Entry["reason"]; entryNote: string };

/** The fields of a company's entry. */
export function EntryFields(props: { form: Form<EntryValues>; today?: string }) {
  const t = memberWords();
  return (
    <>
      <div class="y-pair">
        <DateField label={t.since} {...(props.today ? { today: props.today } : {})} bind={props.form.field("since")} />
        <SelectField
          label={t.entryReason}
          options={entryReasons.map((reason) => ({ value: reason, label: t.entryReasons[reason] }))}
          bind={props.form.field("reason")}
        />
      </div>
      <TextField label={t.entryNote} maxLength={200} bind={props.form.field("entryNote")} />
    </>
  );
}

/** Puts right when and how a company came. When it was changed meanwhile the latest is taken up, since these fields are this form's alone. */
export function EntryDrawer(props: { space: string; company: CompanyView; open: boolean; onClose: () => void }) {
  const t = memberWords();
  const form = createForm<EntryValues>({
    name: "entry",
    initial: {
      since: props.company.since,
      reason: props.company.entry?.reason ?? "applied",
      entryNote: props.company.entry?.note ?? "",
    },
    submit: async ({ since, reason, entryNote }) => {
      const wish = { since: since || props.company.since, reason, note: entryNote };
      const put = (rev: number) => changeEntry(props.space, props.company.id, wish, rev);
      try {
        await put(props.company.rev);
      } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        const now = await readCompany(props.space, props.company.id);
        if (now.since !== props.company.since || now.entry?.reason !== props.company.entry?.reason) throw error;
        await put(now.rev);
      }
      toast({ text: t.saved(props.company.name) });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.editEntry} form={form} act={t.save}>
      <EntryFields form={form} today={props.company.since} />
    </FormDrawer>
  );
}
