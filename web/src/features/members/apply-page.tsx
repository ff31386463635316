import { useParams } from "@solidjs/router";
import type { Application } from "@yihao/members/lead-model";
import { createEffect, createSignal, For, Match, Show, Switch } from "solid-js";
import { offlineSince } from "../../api.ts";
import { useDressed } from "../../brand.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, OfflineBar } from "../../ui/feedback.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { PublicHead } from "../../ui/public-head.tsx";
import { Main, SkipLink } from "../../ui/shell-parts.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { DateField, NumberField, TextArea, TextField } from "../../ui/text-field.tsx";
import { sendApplication, useApplyForm } from "./apply-data.ts";
import { applyWords } from "./apply-words.ts";

type Need = NonNullable<Application["needs"]>[number];
type Values = {
  kind: Application["kind"];
  name: string;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  industry: string;
  people: number | undefined;
  wantsFrom: string;
  needs: Need[];
  about: string;
  consent: boolean;
  website: string;
};
const blank: Values = {
  kind: "company",
  name: "",
  contactName: "",
  contactPhone: "",
  contactEmail: "",
  industry: "",
  people: undefined,
  wantsFrom: "",
  needs: [],
  about: "",
  consent: false,
  website: "",
};

/** The public application form of a space (入驻申请): under the space's own name, for whoever has its address. */
export default function ApplyPage() {
  const t = applyWords();
  const params = useParams<{ space: string }>();
  const form = useApplyForm(() => params.space);
  createEffect(() => {
    document.title = form.data ? t.to(form.data.space) : t.title;
  });
  const logo = useDressed(() => params.space);
  return (
    <div class="relative flex min-h-dvh flex-col overflow-x-clip bg-surface">
      <SkipLink />
      <PublicHead name={form.data?.space} logo={logo()} />
      <Main class="mx-auto w-full max-w-160 px-4 py-8">
        <OfflineBar since={offlineSince()} />
        <Switch
          fallback={
            <>
              <h1 class="text-xl">{t.loading}</h1>
              <Loading rows={6} />
            </>
          }
        >
          <Match when={form.error instanceof Problem && form.error.status < 500 && form.error.status > 0}>
            <h1 class="text-xl">{t.closed}</h1>
            <p class="mt-2 text-pretty text-fg-2">{t.closedSay}</p>
          </Match>
          <Match when={form.isError}>
            <h1 class="mb-4 text-xl">{t.title}</h1>
            <ErrorState title={t.notRead} problem={form.error} onRetry={() => form.refetch()} />
          </Match>
          <Match when={form.data}>
            {(shown) => <ApplyForm id={params.space} space={shown().space} intro={shown().intro} />}
          </Match>
        </Switch>
      </Main>
    </div>
  );
}

function ApplyForm(props: { id: string; space: string; intro: string }) {
  const t = applyWords();
  const [sent, setSent] = createSignal<{ reference: string; email: string }>();
  const form = createForm<Values>({
    name: "apply",
    initial: blank,
    draftKey: `apply.${props.id}`,
    check: (values) => ({
      name: values.name.trim() === "" ? t.needName : undefined,
      contactName: values.contactName.trim() === "" ? t.needContact : undefined,
      contactPhone: values.contactPhone.trim() + values.contactEmail.trim() === "" ? t.reach : undefined,
      contactEmail:
        values.contactEmail.trim() === "" || /^\S+@\S+\.\S+$/.test(values.contactEmail.trim()) ? undefined : t.badEmail,
      people: values.people !== undefined && (values.people < 1 || values.people > 9999) ? t.badPeople : undefined,
      consent: values.consent ? undefined : t.needConsent,
    }),
    submit: async ({ people, needs, consent: _, contactEmail, ...rest }, intent) => {
      const email = contactEmail.trim();
      const application = {
        ...rest,
        contactEmail: email,
        consent: true as const,
        ...(people === undefined ? {} : { people }),
        ...(needs.length > 0 ? { needs } : {}),
      };
      const { reference } = await sendApplication(props.id, application, intent);
      form.reset(blank);
      setSent({ reference, email });
      queueMicrotask(() => document.getElementById("apply-thanks")?.focus());
    },
  });
  const need = (one: Need) =>
    bound(
      () => form.values.needs.includes(one),
      (on) => form.set("needs", on ? [...form.values.needs, one] : form.values.needs.filter((other) => other !== one)),
      `apply-need-${one}`,
    );
  return (
    <Show
      when={sent()}
      fallback={
        <>
          <h1 class="text-xl">{t.to(props.space)}</h1>
          <Show when={props.intro}>
            <p class="mt-2 text-base text-pretty whitespace-pre-line text-fg-2">{props.intro}</p>
          </Show>
          <div class="mt-6">
            <FormFrame form={form} label={t.to(props.space)}>
              <Segmented
                label={t.who}
                size="lg"
                options={[
                  { value: "company" as const, label: t.company },
                  { value: "team" as const, label: t.team },
                ]}
                bind={form.field("kind")}
              />
              <TextField label={t.name} size="lg" required maxLength={60} bind={form.field("name")} />
              <TextField
                label={t.contact}
                size="lg"
                required
                maxLength={40}
                autocomplete="name"
                bind={form.field("contactName")}
              />
              <div class="y-pair">
                <TextField
                  label={t.phone}
                  size="lg"
                  type="tel"
                  inputMode="tel"
                  maxLength={30}
                  autocomplete="tel"
                  bind={form.field("contactPhone")}
                />
                <TextField
                  label={t.email}
                  size="lg"
                  type="email"
                  inputMode="email"
                  maxLength={120}
                  autocomplete="email"
                  bind={form.field("contactEmail")}
                />
              </div>
              <fieldset class="grid grid-cols-2 gap-x-4 tablet:grid-cols-3">
                <legend class="y-label mb-1">{t.needsOf}</legend>
                <For each={Object.keys(t.needs) as Need[]}>
                  {(one) => <Checkbox label={t.needs[one]} bind={need(one)} />}
                </For>
              </fieldset>
              <TextField label={t.industry} size="lg" maxLength={30} bind={form.field("industry")} />
              <div class="y-pair">
                <NumberField
                  label={t.people}
                  size="lg"
                  min={1}
                  max={9999}
                  unit={t.persons}
                  bind={form.field("people")}
                />
                <DateField label={t.wantsFrom} size="lg" bind={form.field("wantsFrom")} />
              </div>
              <TextArea label={t.about} rows={4} maxLength={1000} bind={form.field("about")} />
              <div class="y-hidden" aria-hidden="true">
                <label for="apply-website">{t.trap}</label>
                <input
                  id="apply-website"
                  tabindex="-1"
                  autocomplete="off"
                  value={form.values.website}
                  onInput={(event) => form.set("website", event.currentTarget.value)}
                />
              </div>
              <Checkbox label={t.consent(props.space)} bind={form.field("consent")} />
              <Button kind="primary" size="lg" type="submit" block busy={form.busy()}>
                {t.send}
              </Button>
              <DraftNote form={form} />
            </FormFrame>
          </div>
        </>
      }
    >
      {(done) => (
        <div lang={lang()}>
          <h1 class="flex items-center gap-3 text-xl" id="apply-thanks" tabindex="-1">
            <StatusMark shape="disc" tone="good" size={22} />
            {t.thanks}
          </h1>
          <p class="mt-3 text-base text-pretty">{t.thanksSay(props.space)}</p>
          <p class="mt-3">
            <b class="font-mono text-lg">{done().reference}</b>
          </p>
          <Show when={done().email}>{(email) => <p class="mt-2 break-all text-fg-2">{t.mailed(email())}</p>}</Show>
          <p class="mt-6">
            <Button size="lg" onClick={() => setSent(undefined)}>
              {t.again}
            </Button>
          </p>
        </div>
      )}
    </Show>
  );
}
