import { plusDays } from "@yihao/kernel/days";
import type { CompanyView } from "@yihao/members/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { dayOf } from "../../format.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { Section } from "./company-parts.tsx";
import { completeExit, stopExit, useExit, useExitSettings } from "./exit-data.ts";
import { ActDialog, EraseDialog, PlanExitDrawer, ReturnDrawer } from "./exit-forms.tsx";
import { ExitCheckList, ExitFinish } from "./exit-list.tsx";
import { ExitSettingsDrawer } from "./exit-settings.tsx";
import { exitWords } from "./exit-words.ts";
import { useZone } from "./lead-data.ts";

type Open = "plan" | "finish" | "stop" | "again" | "erase" | "keep" | undefined;

/** A company's exit: its plan, the list of what must be settled with the answers that come by themselves, going, and what follows for one that left. */
export function ExitPanel(props: { space: string; company: CompanyView; mayManage: boolean; mayTick: boolean }) {
  const t = exitWords();
  const zone = useZone(() => props.space);
  const today = () => dayOf(new Date().toISOString(), zone());
  const [open, setOpen] = createSignal<Open>();
  const [erasing, setErasing] = createSignal(false);
  const asked = useExit(
    () => props.space,
    () => props.company.id,
    () => props.company.exit !== undefined,
  );
  const settings = useExitSettings(() => props.space);
  const exit = () => (props.company.exit ? asked.data : null);
  const left = () => props.company.state === "left";
  const why = () => (props.company.exit ? t.reasons[props.company.exit.reason] : "");
  const part = () => ({
    space: props.space,
    company: props.company,
    today: today(),
    onClose: () => setOpen(undefined),
  });
  const goods = () => exit()?.goods?.units ?? 0;
  const kept = () => plusDays(props.company.exit?.on ?? today(), settings.data?.retentionDays ?? 0);
  return (
    <>
      <Switch
        fallback={
          <Section title={t.title}>
            <EmptyState
              art={false}
              title={t.none}
              actions={
                <Show when={props.mayManage} fallback={<p class="text-xs text-fg-2">{t.onlyManager}</p>}>
                  <Button icon="exit" onClick={() => setOpen("plan")}>
                    {t.plan}
                  </Button>
                </Show>
              }
            >
              {t.noneSay}
            </EmptyState>
          </Section>
        }
      >
        <Match when={left()}>
          <Section title={t.title}>
            <Status is="closed" text={t.left(props.company.exit?.on ?? "", why())} />
            <Show when={exit()?.abandonOn}>
              {(day) => (
                <p class="mt-2 text-fg-2">{exit()?.abandonedAt ? t.abandoned(goods()) : t.abandon(goods(), day())}</p>
              )}
            </Show>
            <Show
              when={!props.company.erasedAt}
              fallback={<p class="mt-2 text-fg-2">{t.erased(dayOf(props.company.erasedAt ?? "", zone()))}</p>}
            >
              <Show when={settings.data}>
                <p class="mt-2 text-pretty text-fg-2">
                  {t.eraseOn(kept())} {t.eraseWhen}
                </p>
              </Show>
              <Show when={erasing()}>
                <p class="mt-2">
                  <Status is="inProgress" text={t.erasing} />
                </p>
              </Show>
              <Show when={props.mayManage}>
                <div class="mt-3 flex flex-wrap gap-2">
                  <Button icon="undo" onClick={() => setOpen("again")}>
                    {t.again}
                  </Button>
                  <Show when={!erasing()}>
                    <Button kind="danger-outline" onClick={() => setOpen("erase")}>
                      {t.erase}
                    </Button>
                  </Show>
                </div>
              </Show>
            </Show>
          </Section>
          <Show when={exit()}>
            {(list) => <ExitCheckList {...props} exit={list()} today={today()} zone={zone()} done />}
          </Show>
        </Match>
        <Match when={props.company.exit}>
          {(plan) => (
            <>
              <Section
                title={t.title}
                action={
                  <Show when={props.mayManage && exit()}>
                    <Button size="sm" icon="edit" onClick={() => setOpen("plan")}>
                      {t.change}
                    </Button>
                  </Show>
                }
              >
                <p class="flex flex-wrap items-center gap-3">
                  <Status is={plan().on <= today() ? "noShow" : "dueSoon"} text={t.leaves(plan().on, why())} />
                  <span class="text-fg-2">{plan().note}</span>
                </p>
              </Section>
              <Show
                when={exit()}
                fallback={
                  <Show when={asked.isError} fallback={<Loading rows={6} />}>
                    <ErrorState title={t.notRead} problem={asked.error} onRetry={() => asked.refetch()} />
                  </Show>
                }
              >
                {(list) => (
                  <>
                    <ExitCheckList {...props} exit={list()} today={today()} zone={zone()} />
                    <Show when={props.mayManage}>
                      <ExitFinish exit={list()} today={today()} onOpen={setOpen} />
                    </Show>
                  </>
                )}
              </Show>
            </>
          )}
        </Match>
      </Switch>
      <Show when={props.mayManage && settings.data}>
        <p class="px-4 py-3 text-xs">
          <TextButton onClick={() => setOpen("keep")}>{t.keep}</TextButton>
        </p>
      </Show>
      <Switch>
        <Match when={open() === "keep" && settings.data}>
          {(now) => <ExitSettingsDrawer space={props.space} settings={now()} onClose={() => setOpen(undefined)} />}
        </Match>
        <Match when={open() === "plan"}>
          <PlanExitDrawer {...part()} exit={exit()} />
        </Match>
        <Match when={open() === "again"}>
          <ReturnDrawer {...part()} />
        </Match>
        <Match when={open() === "erase"}>
          <EraseDialog
            space={props.space}
            company={props.company}
            onClose={() => setOpen(undefined)}
            onAsked={() => setErasing(true)}
          />
        </Match>
        <Match when={open() === "stop"}>
          <ActDialog
            title={t.stop}
            act={t.stop}
            back={t.back}
            run={async (intent) => {
              await stopExit(props.space, props.company.id, intent);
              toast({ text: t.stopped(props.company.name) });
            }}
            onClose={() => setOpen(undefined)}
          >
            <p class="text-pretty">{t.stopSay}</p>
          </ActDialog>
        </Match>
        <Match when={open() === "finish"}>
          <ActDialog
            title={t.finish}
            act={t.finish}
            back={t.back}
            danger
            run={async (intent) => {
              await completeExit(props.space, props.company.id, intent);
              toast({ text: t.finished(props.company.name) });
            }}
            onClose={() => setOpen(undefined)}
          >
            <p>{t.finishSay(props.company.name)}</p>
            <ul class="list-disc pl-5">
              <li>{t.effects.book}</li>
              <Show when={goods() > 0}>
                <li>{t.effects.goods(goods(), settings.data?.goodsDays ?? 90)}</li>
              </Show>
              <Show when={settings.data}>{(now) => <li>{t.effects.erase(now().retentionDays)}</li>}</Show>
            </ul>
          </ActDialog>
        </Match>
      </Switch>
    </>
  );
}
