import type { FapiaoTitle } from "@yihao/billing/fapiao-model";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { fapiaoWords } from "../../fapiao-words.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { askFapiao, changeTitle, stepFapiao, type TitleSet, useFapiaos, useTitle } from "./fapiao-data.ts";
import { openFile } from "./fapiao-detail.tsx";
import { FapiaoStatus } from "./fapiao-page.tsx";

/** The fapiao of one own bill: asked for, what became of it, its file, and what it is made out to. */
export function MyFapiao(props: { space: string; bill: InvoiceView; admin: boolean }) {
  const t = fapiaoWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [editing, setEditing] = createSignal(false);
  const all = useFapiaos(
    () => props.space,
    () => "open",
  );
  const title = useTitle(
    () => props.space,
    () => props.bill.company,
  );
  const mine = () => (all.data ?? []).filter(({ invoice }) => invoice === props.bill.id);
  const live = () => mine().some(({ state }) => state === "requested" || state === "issued");
  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      toast({ text: said, tone: "good" });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label={t.title}>
      <h3 class="mb-1 font-strong">{t.title}</h3>
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <ul>
        <For each={mine()}>
          {(one) => (
            <li class="flex flex-wrap items-center gap-x-3 border-t border-line py-1">
              <FapiaoStatus one={one} />
              <span class="min-w-0 flex-1 break-all font-mono text-xs">{one.number ?? ""}</span>
              <Show when={one.document}>
                <Button kind="text" icon="download" onClick={() => void openFile(props.space, one)}>
                  {t.openFile}
                </Button>
              </Show>
              <Show when={one.state === "requested" && props.admin}>
                <Button
                  kind="text"
                  disabled={busy()}
                  onClick={() =>
                    void act(() => stepFapiao(props.space, one.id, { does: "withdraw" }, newIntent()), t.withdrawn)
                  }
                >
                  {t.withdraw}
                </Button>
              </Show>
              <Show when={one.reason}>
                <span class="w-full text-xs text-fg-2">{one.reason}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={title.data}>
        {(now) => <p class="text-xs text-fg-2">{t.to(now().title, t.kinds[now().kind])}</p>}
      </Show>
      <Show when={props.admin}>
        <p class="flex flex-wrap gap-2 pt-1">
          <Show when={!live() && all.data}>
            <Button
              icon="stamp"
              busy={busy()}
              onClick={() => void act(() => askFapiao(props.space, props.bill.id, newIntent()), t.askedNow)}
            >
              {t.ask}
            </Button>
          </Show>
          <Button kind="text" onClick={() => setEditing(true)}>
            {t.details}
          </Button>
        </p>
      </Show>
      <Show when={editing() && title.data}>
        {(now) => (
          <TitleDrawer
            title={now()}
            save={(title, rev) => changeTitle(props.space, props.bill.company, title, rev)}
            onClose={() => setEditing(false)}
          />
        )}
      </Show>
    </section>
  );
}

/** What fapiao are made out to, a company's or the space's own. */
export function TitleDrawer(props: {
  title: TitleSet;
  save: (title: FapiaoTitle, rev: number) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = fapiaoWords();
  const { rev, ...now } = props.title;
  const form = createForm<FapiaoTitle>({
    name: "fapiao-title",
    initial: now,
    check: ({ kind, title, taxNumber }) => {
      const wrong = taxNumber !== "" && !/^[0-9A-HJ-NP-RTUW-Y]{15,20}$/.test(taxNumber.trim().toUpperCase());
      return {
        title: title.trim() ? undefined : t.needTitle,
        taxNumber: wrong ? t.badTaxNumber : kind === "special" && taxNumber === "" ? t.needTaxNumber : undefined,
      };
    },
    submit: async (values) => {
      try {
        await props.save({ ...values }, rev);
      } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        toast({ text: t.theirs, tone: "bad" });
        return;
      }
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.details} form={form} act={t.save}>
      <p class="text-fg-2">{t.detailsSay}</p>
      <Segmented
        label={t.kind}
        options={(["ordinary", "special"] as const).map((value) => ({ value, label: t.kinds[value] }))}
        bind={form.field("kind")}
      />
      <TextField label={t.heading} maxLength={100} bind={form.field("title")} />
      <TextField label={t.taxNumber} mono maxLength={20} bind={form.field("taxNumber")} />
      <TextField label={t.address} maxLength={120} bind={form.field("address")} />
      <TextField label={t.phone} maxLength={40} bind={form.field("phone")} />
      <TextField label={t.bank} maxLength={80} bind={form.field("bank")} />
      <TextField label={t.account} mono maxLength={40} bind={form.field("account")} />
      <TextField label={t.email} maxLength={120} bind={form.field("email")} />
    </FormDrawer>
  );
}
