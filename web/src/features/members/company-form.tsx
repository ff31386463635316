import type { CompanyView } from "@yihao/members/model";
import { For } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, type Form, FormFrame } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { createTheirs, TheirsNote } from "../../ui/theirs.tsx";
import { toast } from "../../ui/toast.tsx";
import { CompanyFields, type CompanyValues, checkValues, valuesOf } from "./company-fields.tsx";
import { addCompany, changeCompany, readCompany } from "./data.ts";
import { EntryFields, type EntryValues } from "./entry-form.tsx";
import { memberWords } from "./words.ts";

/** Puts the code right as was offered, and the focus back into its field: the offer is gone once taken. */
function putRight(form: Form<CompanyValues>, code: string): void {
  form.set("code", code);
  const { id } = form.field("code");
  queueMicrotask(() => document.getElementById(id)?.focus());
}

type AddValues = CompanyValues & EntryValues;
const blank = (): AddValues => ({ ...valuesOf(), since: "", reason: "applied", entryNote: "" });

/** Adds a company by hand. */
export function AddDrawer(props: { space: string; open: boolean; onClose: () => void; onAdded: (id: string) => void }) {
  const t = memberWords();
  const form = createForm<AddValues>({
    name: "company",
    initial: blank(),
    draftKey: `company.${props.space}`,
    check: (values) => checkValues(values, (code) => putRight(form, code)),
    submit: async (values, intent) => {
      const { since, reason, entryNote, ...facts } = values;
      const entry = { reason, note: entryNote };
      const added = await addCompany(props.space, { ...facts, entry, ...(since ? { since } : {}) }, intent);
      toast({ text: t.added(added.name) });
      form.reset(blank());
      props.onAdded(added.id);
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.add} form={form} act={t.add}>
      <CompanyFields form={form} autofocus />
      <EntryFields form={form} />
    </FormDrawer>
  );
}

const shown: readonly (keyof CompanyValues)[] = [
  "name",
  "kind",
  "code",
  "industry",
  "contactName",
  "contactPhone",
  "contactEmail",
  "address",
  "legalPerson",
  "registeredOn",
  "contacts",
];

/** What two versions of a company say differently, side by side. */
export function Differences(props: { mine: CompanyValues; theirs: CompanyValues }) {
  const t = memberWords();
  const labels = (): Record<keyof CompanyValues, string> => ({
    name: t.name,
    kind: t.kind,
    code: t.code,
    industry: t.industry,
    contactName: t.contact,
    contactPhone: t.phone,
    contactEmail: t.email,
    address: t.address,
    legalPerson: t.legalPerson,
    registeredOn: t.registeredOn,
    contacts: t.contacts,
  });
  const word = (key: keyof CompanyValues, values: CompanyValues) => {
    if (key === "kind") return t[values.kind];
    if (key !== "contacts") return values[key] || "—";
    const people = values.contacts.map(({ name, role, phone, email }) =>
      [name, t.contactRoles[role], phone, email].filter(Boolean).join(" "),
    );
    return people.join(t.separator) || "—";
  };
  return (
    <table class="mt-2 w-full text-left text-sm">
      <thead class="text-xs text-fg-2">
        <tr>
          <th class="py-1 pr-3 font-regular" />
          <th class="py-1 pr-3 font-regular">{t.mine}</th>
          <th class="py-1 font-regular">{t.theirs}</th>
        </tr>
      </thead>
      <tbody>
        <For each={shown.filter((key) => word(key, props.mine) !== word(key, props.theirs))}>
          {(key) => (
            <tr class="border-t border-line align-top">
              <th class="py-1 pr-3 font-regular text-fg-2">{labels()[key]}</th>
              <td class="py-1 pr-3 break-all">{word(key, props.mine)}</td>
              <td class="py-1 break-all">{word(key, props.theirs)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** Edits a company in its pane. When someone else saved first, both versions are shown and nothing typed is lost. */
export function CompanyEdit(props: { space: string; company: CompanyView; onDone: () => void }) {
  const t = memberWords();
  const form = createForm<CompanyValues>({
    name: "edit",
    initial: valuesOf(props.company),
    check: (values) => checkValues(values, (code) => putRight(form, code), props.company.kind),
    submit: async (values) => {
      const saved = await theirs.save(
        (rev) => changeCompany(props.space, props.company.id, values, rev),
        () => readCompany(props.space, props.company.id),
      );
      if (!saved) return;
      toast({ text: t.saved(saved.name) });
      props.onDone();
    },
  });
  const theirs = createTheirs<CompanyView>(props.company.rev, (now) => form.reset(valuesOf(now)));
  return (
    <div class="flex flex-col gap-4 p-4">
      <TheirsNote
        of={theirs}
        words={{ title: t.conflictTitle, say: t.conflictNote, mine: t.keepMine, theirs: t.takeTheirs }}
      >
        {(now) => <Differences mine={form.values} theirs={valuesOf(now)} />}
      </TheirsNote>
      <FormFrame form={form} label={t.edit}>
        <CompanyFields form={form} />
        <div class="flex gap-2">
          <Button
            kind="primary"
            type="submit"
            busy={form.busy()}
            disabled={theirs.theirs() !== undefined}
            keys={["⌘", "↵"]}
          >
            {t.save}
          </Button>
          <Button kind="text" onClick={props.onDone}>
            {t.cancel}
          </Button>
        </div>
      </FormFrame>
    </div>
  );
}
