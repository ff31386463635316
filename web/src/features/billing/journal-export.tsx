import { type JournalLine, journalAccounts, type Subjects, subjectOf } from "@yihao/billing/journal";
import { plusMonths } from "@yihao/kernel/days";
import type { Stream } from "@yihao/pricing/model";
import { createSignal, For, Show } from "solid-js";
import { type Intent, ok } from "../../api.ts";
import { accounts } from "../../client.ts";
import { monthTitle } from "../../format.ts";
import { createQuery, queryClient } from "../../query.ts";
import { streamWords } from "../../streams.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { voucherRows } from "./journal-rows.ts";
import { journalWords } from "./journal-words.ts";
import { readWhole } from "./streams-data.ts";

const space$ = accounts.spaces[":space"];
const useSubjects = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "journal-subjects"],
    queryFn: () => ok(space$["journal-subjects"].$get({ param: { space: space() } })),
    staleTime: 0,
  }));

/** All postings of a month, page after page, and whether none will follow. */
async function postingsOf(space: string, month: string, progress: (rows: number) => void) {
  const lines: JournalLine[] = [];
  let closed = false;
  let cursor: string | undefined;
  do {
    const query = { limit: "200", ...(cursor ? { cursor } : {}) };
    const page = await ok(space$.journal[":month"].$get({ param: { space, month }, query }));
    lines.push(...page.items);
    closed = page.closed;
    cursor = page.next ?? undefined;
    progress(lines.length);
  } while (cursor !== undefined);
  return { lines, closed };
}

/** A month's vouchers (记账凭证) as a file, with the subjects of the space's own books. */
export function JournalExport(props: { space: string; today: string; mayChange: boolean }) {
  const t = journalWords();
  const [month, setMonth] = createSignal<string>();
  const [editing, setEditing] = createSignal(false);
  const chosen = () => month() ?? plusMonths(props.today.slice(0, 7), -1);
  const months = () => Array.from({ length: 24 }, (_, at) => plusMonths(props.today.slice(0, 7), -at));
  const subjects = useSubjects(() => props.space);
  const reason = (name: string) => t.reasons[name as keyof typeof t.reasons] ?? t.reasons.other;
  const rows = async (progress: (rows: number) => void) => {
    await readWhole(props.space);
    const [{ lines }, { subjects: own }] = await Promise.all([
      postingsOf(props.space, chosen(), progress),
      ok(space$["journal-subjects"].$get({ param: { space: props.space } })),
    ]);
    const heads = [t.day, t.number, t.text, t.subjectCode, t.subjectName, t.debit, t.credit, t.company, t.document];
    return [heads, ...voucherRows(lines, own, { numberOf: t.numberOf, reason })];
  };
  return (
    <span class="flex flex-wrap items-center gap-2 py-1">
      <SelectField
        label={t.month}
        bare
        options={months().map((value) => ({ value, label: monthTitle(value) }))}
        bind={bound(chosen, setMonth)}
      />
      <ExportMenu small label={t.journal} name={t.fileOf(chosen())} rows={rows} />
      <Show when={props.mayChange && subjects.data}>
        <Button size="sm" onClick={() => setEditing(true)}>
          {t.subjects}
        </Button>
      </Show>
      <Show when={editing() && subjects.data}>
        {(kept) => (
          <SubjectsDrawer
            space={props.space}
            subjects={kept().subjects}
            rev={kept().rev}
            onClose={() => setEditing(false)}
          />
        )}
      </Show>
    </span>
  );
}

const saveSubjects = async (space: string, subjects: Subjects, rev: number, intent: Intent) => {
  try {
    const call = { param: { space }, json: { subjects: { ...subjects } } };
    return await ok(space$["journal-subjects"].$put(call, intent.with({ ifMatch: `"${rev}"` })));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["billing", space, "journal-subjects"] });
  }
};

/** Which subject (会计科目) each account is in the space's own books. */
function SubjectsDrawer(props: { space: string; subjects: Subjects; rev: number; onClose: () => void }) {
  const t = journalWords();
  const names = streamWords();
  const { subjects, rev } = props;
  const label = (account: string) =>
    account.startsWith("revenue:")
      ? t.revenue(names[account.slice("revenue:".length) as Stream])
      : account === "loss:dispute-fee"
        ? t.accounts.fee
        : t.accounts[(account.split(":")[0] ?? "") as keyof typeof t.accounts];
  const fields = journalAccounts.flatMap((account) => [`${account} code`, `${account} name`]);
  const form = createForm({
    name: "journal-subjects",
    initial: Object.fromEntries(
      fields.map((field) => {
        const [account = "", part = ""] = field.split(" ");
        const { code, name } = subjectOf(subjects, account);
        return [field, part === "code" ? code : name];
      }),
    ) as Record<string, string>,
    check: (values) =>
      Object.fromEntries(
        fields.map((field) => {
          const value = (values[field] ?? "").trim();
          const right = field.endsWith(" code") ? /^[0-9A-Za-z.-]{1,20}$/.test(value) : value.length > 0;
          return [field, right ? undefined : t.needCode];
        }),
      ),
    submit: async (values, intent) => {
      const own = Object.fromEntries(
        journalAccounts.map((account) => {
          const of = (part: string) => (values[`${account} ${part}`] ?? "").trim();
          return [account, { code: of("code"), name: of("name") }];
        }),
      );
      await saveSubjects(props.space, own, rev, intent);
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.subjects} form={form} act={t.save}>
      <p class="text-fg-2">{t.subjectsSay}</p>
      <For each={journalAccounts}>
        {(account) => (
          <div class="y-pair">
            <TextField label={t.code(label(account))} mono maxLength={20} bind={form.field(`${account} code`)} />
            <TextField label={t.name} maxLength={60} bind={form.field(`${account} name`)} />
          </div>
        )}
      </For>
    </FormDrawer>
  );
}
