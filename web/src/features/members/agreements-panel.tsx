import type { AgreementView } from "@yihao/members/agreement-model";
import { rentPhases } from "@yihao/members/rent";
import { createSignal, For, Show } from "solid-js";
import { dayOf, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Facts } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { AmendDrawer } from "./agreement-amend.tsx";
import { useAgreements, useLetPlaces } from "./agreement-data.ts";
import { AgreementDrawer } from "./agreement-form.tsx";
import { type AgreementStep, AgreementStepDrawer } from "./agreement-steps.tsx";
import { agreementStatus, lastDayOf, monthsOf } from "./agreement-view.ts";
import { agreementWords } from "./agreement-words.ts";
import { Section } from "./company-parts.tsx";
import { DocumentUpload } from "./document-upload.tsx";
import { DocumentList } from "./documents-panel.tsx";
import { useZone } from "./lead-data.ts";

type Of = { space: string; company: string; staff: boolean; mayManage: boolean; mayFile: boolean };

/** The agreements of a company: what each says, its steps, its files. The company's own people see those that were signed. */
export function AgreementsPanel(props: Of & { active: boolean }) {
  const t = agreementWords();
  const zone = useZone(() => props.space);
  const today = () => dayOf(new Date().toISOString(), zone());
  const [drafting, setDrafting] = createSignal(false);
  const asked = useAgreements(
    () => props.space,
    () => props.company,
  );
  return (
    <>
      <Section
        title={props.staff ? t.title : t.lead}
        action={
          <Show when={props.mayManage && props.active}>
            <Button size="sm" icon="plus" onClick={() => setDrafting(true)}>
              {t.draft}
            </Button>
          </Show>
        }
      >
        <Show
          when={asked.data}
          fallback={
            <Show when={asked.isError} fallback={<Loading rows={3} />}>
              <ErrorState title={t.notRead} problem={asked.error} onRetry={() => asked.refetch()} />
            </Show>
          }
        >
          {(all) => (
            <Show when={all().length > 0} fallback={<EmptyState art={false} title={t.none} />}>
              <ul class="flex flex-col">
                <For each={all()}>{(one) => <Agreement {...props} agreement={one} today={today()} />}</For>
              </ul>
            </Show>
          )}
        </Show>
      </Section>
      <Show when={drafting()}>
        <AgreementDrawer {...props} today={today()} open onClose={() => setDrafting(false)} />
      </Show>
    </>
  );
}

function stepsOf({ state, until }: AgreementView): AgreementStep[] {
  if (state === "draft") return ["sign", "drop"];
  return state === "running" ? [...(until ? (["renew"] as const) : []), "end"] : [];
}

function Agreement(props: Of & { agreement: AgreementView; today: string }) {
  const t = agreementWords();
  const [editing, setEditing] = createSignal(false);
  const [amending, setAmending] = createSignal(false);
  const [step, setStep] = createSignal<AgreementStep>();
  const places = useLetPlaces(
    () => props.space,
    () => props.agreement.resources.length > 0,
  );
  const status = () => agreementStatus(props.agreement, props.today);
  const codes = () => props.agreement.resources.map((id) => places.data?.find((one) => one.id === id)?.code ?? "…");
  const term = () => {
    const { from, until } = props.agreement;
    const months = monthsOf(from, until);
    return [t.term(from, until ? lastDayOf(until) : t.endless), months ? t.months(months) : ""]
      .filter(Boolean)
      .join(" · ");
  };
  const facts = () => {
    const { rentMinor, depositMinor, rentFree = [], signedOn, remindDays, note, end, until, state } = props.agreement;
    const rents = rentPhases(props.agreement);
    return [
      { label: t.kind, value: t.kinds[props.agreement.kind] },
      { label: t.period, value: term() },
      ...(rentMinor === undefined
        ? []
        : [
            {
              label: t.rent,
              value:
                rents.length > 1
                  ? rents.map((one) => t.rentOf(one.from, money(one.rentMinor))).join(t.separator)
                  : money(rents[0]?.rentMinor ?? rentMinor),
            },
          ]),
      ...(rentFree.length > 0
        ? [
            {
              label: t.rentFree,
              value: rentFree.map((one) => t.term(one.from, lastDayOf(one.until))).join(t.separator),
            },
          ]
        : []),
      ...(depositMinor === undefined ? [] : [{ label: t.deposit, value: money(depositMinor) }]),
      ...(codes().length > 0 ? [{ label: t.resources, value: codes().map((code) => <Plate>{code}</Plate>) }] : []),
      ...(signedOn ? [{ label: t.signedOn, value: signedOn }] : []),
      ...(props.staff && state !== "ended" && until && remindDays.length > 0
        ? [{ label: t.remind, value: remindDays.join(t.separator) }]
        : []),
      ...(end && until
        ? [
            {
              label: t.end,
              value: [t.endedOn(lastDayOf(until)), t.ends[end.reason], end.note].filter(Boolean).join(" · "),
            },
          ]
        : []),
      ...(props.staff && note ? [{ label: t.note, value: note }] : []),
    ];
  };
  const names = () => ({ sign: t.sign, renew: t.renew, end: t.end, drop: t.drop });
  return (
    <li class="border-t border-line py-3 first:border-0 first:pt-0">
      <p class="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <b class="min-w-0 flex-1">
          {props.agreement.title}
          <Show when={props.agreement.number}>
            {(number) => <span class="ml-2 font-mono text-xs text-fg-3">{number()}</span>}
          </Show>
        </b>
        <Status is={status().is} text={status().text} {...(status().tone ? { tone: status().tone } : {})} />
      </p>
      <Show when={[props.agreement, places.data]} keyed>
        <Facts items={facts()} />
      </Show>
      <Show when={props.mayManage && props.agreement.state !== "ended"}>
        <div class="mt-2 flex flex-wrap gap-2">
          <Button size="sm" icon="edit" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
          <Show when={props.agreement.state === "running"}>
            <Button size="sm" onClick={() => setAmending(true)}>
              {t.amend}
            </Button>
          </Show>
          <For each={stepsOf(props.agreement)}>
            {(one) => (
              <Button
                size="sm"
                kind={one === "end" || one === "drop" ? "danger-outline" : "outline"}
                onClick={() => setStep(one)}
              >
                {names()[one]}
              </Button>
            )}
          </For>
        </div>
      </Show>
      <h4 class="mt-3 mb-1 text-xs text-fg-3">{t.files}</h4>
      <DocumentList
        space={props.space}
        company={props.company}
        staff={props.staff}
        mayChange={props.mayFile}
        agreement={props.agreement.id}
        none={t.filesNone}
      />
      <Show when={props.mayFile}>
        <details class="mt-1">
          <summary class="y-link cursor-pointer text-xs">＋ {t.files}</summary>
          <div class="mt-2">
            <DocumentUpload
              space={props.space}
              company={props.company}
              topic="agreement"
              visible
              agreement={props.agreement.id}
            />
          </div>
        </details>
      </Show>
      <Show when={editing()}>
        <AgreementDrawer {...props} open onClose={() => setEditing(false)} />
      </Show>
      <Show when={amending()}>
        <AmendDrawer {...props} open onClose={() => setAmending(false)} />
      </Show>
      <Show when={step()}>
        {(which) => <AgreementStepDrawer {...props} step={which()} open onClose={() => setStep(undefined)} />}
      </Show>
    </li>
  );
}
