import { useNavigate, useParams } from "@solidjs/router";
import type { TakeoverKind } from "@yihao/takeover/model";
import { createSignal, For, Show } from "solid-js";
import { dayCell } from "../../format.ts";
import { LinkButton, TextLink } from "../../ui/button.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { stillWorks, useTakeovers } from "./data.ts";
import { TakeoverForm } from "./takeover-form.tsx";
import { ReportPane } from "./takeover-report.tsx";
import { kindOrder, takeoverWords } from "./words.ts";

/** Going live (上线接管): what a running space has in its old books, taken over file by file, each with a report that adds up. */
export default function TakeoverPage() {
  const t = takeoverWords();
  const params = useParams<{ space: string; takeover?: string }>();
  const navigate = useNavigate();
  const [kind, setKind] = createSignal<TakeoverKind>("leases");
  const files = useTakeovers(() => params.space);
  const base = () => `/s/${params.space}/members/takeover`;
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <LinkButton href={`/s/${params.space}/members`} icon="left">
            {t.back}
          </LinkButton>
        }
      />
      <Panes
        front="work"
        work={
          <Show
            when={params.takeover}
            keyed
            fallback={
              <Pane label={t.title}>
                <div class="flex flex-wrap items-center border-b border-line px-4 py-2">
                  <Tabs
                    label={t.title}
                    items={kindOrder.map((key) => ({ key, label: t.kinds[key] }))}
                    value={kind()}
                    onChange={setKind}
                  />
                </div>
                <Show when={kind()} keyed>
                  {(one) => (
                    <TakeoverForm space={params.space} kind={one} onAsked={(id) => navigate(`${base()}/${id}`)} />
                  )}
                </Show>
                <section class="max-w-240 border-t border-line p-4" aria-label={t.history}>
                  <h2 class="mb-2 text-md font-strong">{t.history}</h2>
                  <Reading asked={files} failed={t.historyNotRead} rows={2}>
                    {(all) => (
                      <Show when={all().length > 0} fallback={<p class="text-fg-2">{t.historyNone}</p>}>
                        <ul>
                          <For each={all()}>
                            {(one) => (
                              <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 first:border-0">
                                <TextLink href={`${base()}/${one.id}`}>
                                  {t.kinds[one.kind]} · {one.file || t.pasted}
                                </TextLink>
                                <span class="text-xs text-fg-2">{dayCell(one.at.slice(0, 10))}</span>
                                <span class="ml-auto">
                                  <Show
                                    when={!stillWorks(one)}
                                    fallback={
                                      <Status is="inProgress" text={t.working(one.taken + one.refused, one.rows)} />
                                    }
                                  >
                                    <Status
                                      is={one.refused === 0 ? "enough" : "mismatch"}
                                      text={
                                        one.refused === 0
                                          ? t.allTaken(one.taken)
                                          : t.someRefused(one.taken, one.refused)
                                      }
                                    />
                                  </Show>
                                </span>
                              </li>
                            )}
                          </For>
                        </ul>
                      </Show>
                    )}
                  </Reading>
                </section>
              </Pane>
            }
          >
            {(takeover) => <ReportPane space={params.space} takeover={takeover} back={base()} />}
          </Show>
        }
      />
    </>
  );
}
