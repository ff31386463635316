import { mayBeLet } from "@yihao/booking/lease";
import type { ResourceView } from "@yihao/booking/model";
import type { LeaseView } from "@yihao/booking/rules-model";
import { plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayOf, dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { findCompanies, useNow } from "./data.ts";
import { endLease, letResource } from "./lease-data.ts";
import { placesWords } from "./places-words.ts";
import { rulesWords } from "./rules-words.ts";
import type { SiteView } from "./view.ts";

const day = (on: string) => dayProse(on, { weekday: false, year: true });

/** Who has a place for months, and letting it to one more. Nothing for what is never let. */
export function LeasePane(props: { space: string; site: SiteView; resource: ResourceView }) {
  const t = rulesWords();
  const [ending, setEnding] = createSignal<string | undefined>();
  const leases = () => [...(props.resource.leases ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1));
  return (
    <Show when={mayBeLet(props.resource) || leases().length > 0}>
      <section class="flex flex-col gap-3 border-t border-line pt-4" aria-label={t.leases}>
        <h3 class="text-md">{t.leases}</h3>
        <p class="text-xs text-fg-2">{t.leasesSay}</p>
        <ul>
          <For each={leases()} fallback={<li class="text-fg-3">{t.noLeases}</li>}>
            {(lease) => (
              <li class="border-b border-line py-2">
                <p class="flex items-center gap-3">
                  <span class="min-w-0 flex-1">
                    <b class="block truncate">{lease.companyName}</b>
                    <span class="text-xs text-fg-2">
                      {t.fromTo(day(lease.from), lease.until ? day(plusDays(lease.until, -1)) : t.open)}
                      <Show when={lease.document}>
                        {(document) => <span class="ml-2 font-mono">{document()}</span>}
                      </Show>
                    </span>
                  </span>
                  <Button
                    size="sm"
                    aria-expanded={ending() === lease.id}
                    onClick={() => setEnding(ending() === lease.id ? undefined : lease.id)}
                  >
                    {t.endLease}
                  </Button>
                </p>
                <Show when={ending() === lease.id}>
                  <EndLease {...props} lease={lease} onDone={() => setEnding(undefined)} />
                </Show>
              </li>
            )}
          </For>
        </ul>
        <LetForm {...props} />
      </section>
    </Show>
  );
}

function LetForm(props: { space: string; site: SiteView; resource: ResourceView }) {
  const t = rulesWords();
  const p = placesWords();
  const now = useNow();
  const today = () => dayOf(now(), props.site.zone);
  const [companies, setCompanies] = createSignal<{ id: CompanyId; name: string }[]>([]);
  const look = (text: string) =>
    void findCompanies(props.space, text)
      .then(setCompanies)
      .catch(() => setCompanies([]));
  look("");
  const form = createForm({
    name: `let-${props.resource.id}`,
    initial: { company: "", from: today(), until: "", document: "" },
    check: ({ company, from, until }) => ({
      ...(company === "" ? { company: p.needed } : {}),
      ...(from === "" ? { from: p.needed } : {}),
      ...(until !== "" && until < from ? { until: t.untilBad } : {}),
    }),
    submit: async ({ company, from, until, document }, intent) => {
      const made = await letResource(
        props.space,
        props.resource.id,
        {
          company: company as CompanyId,
          from,
          ...(until ? { until: plusDays(until, 1) } : {}),
          ...(document.trim() ? { document: document.trim() } : {}),
        },
        intent,
      );
      toast({ text: t.leased(props.resource.code, made.companyName ?? ""), tone: "good" });
      form.reset();
    },
  });
  return (
    <FormFrame form={form} label={t.letIt}>
      <ComboField
        label={t.leaseCompany}
        options={companies().map(({ id, name }) => ({ value: id, label: name }))}
        onSearch={look}
        bind={form.field("company")}
      />
      <div class="y-pair">
        <DateField label={t.leaseFrom} bind={form.field("from")} />
        <DateField label={t.leaseUntil} hint={t.leaseUntilHint} min={form.values.from} bind={form.field("until")} />
      </div>
      <TextField label={t.leaseDocument} mono maxLength={60} bind={form.field("document")} />
      <span>
        <Button type="submit" busy={form.busy()}>
          {t.letIt}
        </Button>
      </span>
    </FormFrame>
  );
}

/** Ends a lease on a day: it says what follows before it is done. */
function EndLease(props: {
  space: string;
  site: SiteView;
  resource: ResourceView;
  lease: LeaseView;
  onDone: () => void;
}) {
  const t = rulesWords();
  const now = useNow();
  const [picked, setPicked] = createSignal<string | undefined>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const until = () => picked() ?? dayOf(now(), props.site.zone);
  const end = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await endLease(props.space, props.resource.id, props.lease.id, until(), newIntent());
      toast({ text: t.ended(day(until())) });
      props.onDone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <fieldset
      class="mt-2 flex flex-col gap-3 border-l-2 border-line-control pl-3"
      aria-label={t.endTitle(props.resource.code, props.lease.companyName ?? "")}
    >
      <p class="text-xs text-fg-2">{t.endSay}</p>
      <DateField label={t.endDay} bind={bound(until, setPicked)} />
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p class="flex gap-2">
        <Button kind="danger-outline" busy={busy()} onClick={() => void end()}>
          {t.endTitle(props.resource.code, props.lease.companyName ?? "")}
        </Button>
        <Button onClick={() => props.onDone()}>{t.keepLease}</Button>
      </p>
    </fieldset>
  );
}
