import { useParams } from "@solidjs/router";
import type { CompanyView } from "@yihao/members/model";
import { createSignal, Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { useMe } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { createTheirs, TheirsNote } from "../../ui/theirs.tsx";
import { toast } from "../../ui/toast.tsx";
import { AgreementsPanel } from "./agreements-panel.tsx";
import { CompanyStatus, companyFacts } from "./company-detail.tsx";
import { type CompanyValues, ContactFields, contactsFault, emailFault, valuesOf } from "./company-fields.tsx";
import { Differences } from "./company-form.tsx";
import { CompanyPeople, CompanyTimeline, Section } from "./company-parts.tsx";
import { changeContact, readCompany, useCompany } from "./data.ts";
import { DocumentsPanel } from "./documents-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { memberWords } from "./words.ts";

/** The portal's page of one's own company (我的企业): how to reach it, its plan, its people, what happened. */
export default function MyCompanyPage() {
  const t = memberWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const places = () => me.data?.spaces.find((one) => one.space === params.space)?.companies ?? [];
  const place = () => places().find((one) => one.company === actingCompany()) ?? places()[0];
  const company = useCompany(
    () => params.space,
    () => place()?.company,
  );
  const [editing, setEditing] = createSignal(false);
  const admin = () => place()?.role === "admin";
  return (
    <>
      <PageHead title={t.myTitle} say={company.data?.name ?? t.mySay} />
      <Show
        when={company.data}
        fallback={
          <Show when={company.isError} fallback={<Loading rows={8} />}>
            <ErrorState title={t.detailNotRead} problem={company.error} onRetry={() => void company.refetch()} />
          </Show>
        }
      >
        {(one) => (
          <Panes
            detailWidth={480}
            work={
              <Pane
                title={t.facts}
                note={t.mySay}
                label={t.facts}
                actions={
                  <Show when={admin() && !editing()}>
                    <Button icon="edit" onClick={() => setEditing(true)}>
                      {t.edit}
                    </Button>
                  </Show>
                }
              >
                <Show when={one().suspended}>
                  {(suspended) => <Note tone="warn">{t.suspendedNote(suspended().reason)}</Note>}
                </Show>
                <Show
                  when={!editing()}
                  fallback={<ContactForm space={params.space} company={one()} onDone={() => setEditing(false)} />}
                >
                  <Section title={one().name} action={<CompanyStatus company={one()} />}>
                    <Facts items={companyFacts(one())} />
                    <p class="mt-3 text-xs text-fg-2">{admin() ? t.setBySpace : t.onlyAdmin}</p>
                  </Section>
                </Show>
                <PlanPanel space={params.space} company={one()} right={admin() ? "notice" : "look"} maySpend={false} />
                <AgreementsPanel
                  space={params.space}
                  company={one().id}
                  active={false}
                  staff={false}
                  mayManage={false}
                  mayFile={admin()}
                />
                <DocumentsPanel space={params.space} company={one().id} staff={false} mayAdd={admin()} />
                <Show when={admin()}>
                  <CompanyPeople space={params.space} company={one()} mayInvite />
                </Show>
                <CompanyTimeline space={params.space} company={one().id} />
              </Pane>
            }
          />
        )}
      </Show>
    </>
  );
}

/** Changes how the space reaches the company; a change by someone else meanwhile is shown beside one's own. */
function ContactForm(props: { space: string; company: CompanyView; onDone: () => void }) {
  const t = memberWords();
  const form = createForm<CompanyValues>({
    name: "contact",
    initial: valuesOf(props.company),
    check: (values) => ({
      contactEmail: emailFault(values.contactEmail),
      contacts: contactsFault(values.contacts),
    }),
    submit: async ({ contactName, contactPhone, contactEmail, address, contacts }) => {
      const contact = { contactName, contactPhone, contactEmail, address, contacts };
      const saved = await theirs.save(
        (rev) => changeContact(props.space, props.company.id, contact, rev),
        () => readCompany(props.space, props.company.id),
      );
      if (!saved) return;
      toast({ text: t.saved(props.company.name) });
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
        <ContactFields form={form} />
        <div class="flex gap-2">
          <Button kind="primary" type="submit" busy={form.busy()} disabled={theirs.theirs() !== undefined}>
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
