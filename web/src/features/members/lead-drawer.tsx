import type { LeadView } from "@yihao/members/lead-model";
import { createEffect, createMemo, createSignal, Match, on, onMount, type ParentProps, Show, Switch } from "solid-js";
import { instantCell, money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { Section } from "./company-parts.tsx";
import { LeadEdit, LoseForm, OfferForm, TourForm, WinForm } from "./lead-forms.tsx";
import { LeadFactList, LeadHistory, type LeadMode, StagePart } from "./lead-parts.tsx";
import { leadWords } from "./lead-words.ts";
import { memberWords } from "./words.ts";

/** One lead in its drawer: where it stands and its next step, who it is, visit, offer, notes, history. */
export function LeadDetail(props: {
  space: string;
  lead: LeadView;
  zone: string;
  mayChange: boolean;
  /** Asked for from the board, e.g. a visit to be set before the lead can move there. */
  wants?: LeadMode | undefined;
  onWon: (company: string) => void;
}) {
  const [mode, setMode] = createSignal<LeadMode>(props.wants ?? "view");
  const id = createMemo(() => props.lead.id);
  createEffect(on(id, () => setMode(props.wants ?? "view")));
  const part = () => ({ space: props.space, lead: props.lead, onDone: () => setMode("view") });
  return (
    <Switch fallback={<View {...props} onMode={setMode} />}>
      <Match when={mode() === "edit"}>
        <Padded>
          <LeadEdit {...part()} />
        </Padded>
      </Match>
      <Match when={mode() === "tour"}>
        <Padded>
          <TourForm {...part()} zone={props.zone} />
        </Padded>
      </Match>
      <Match when={mode() === "offer"}>
        <Padded>
          <OfferForm {...part()} />
        </Padded>
      </Match>
      <Match when={mode() === "lose"}>
        <Padded>
          <LoseForm {...part()} />
        </Padded>
      </Match>
      <Match when={mode() === "win"}>
        <Padded>
          <WinForm {...part()} zone={props.zone} onWon={props.onWon} />
        </Padded>
      </Match>
    </Switch>
  );
}

/** Holds a form in the drawer; the focus goes to its first field, since the button that opened it is gone. */
function Padded(props: ParentProps) {
  let box: HTMLDivElement | undefined;
  onMount(() =>
    requestAnimationFrame(() => box?.querySelector<HTMLElement>("input:not([type=date]), select, textarea")?.focus()),
  );
  return (
    <div
      class="p-4"
      ref={(element) => {
        box = element;
      }}
    >
      {props.children}
    </div>
  );
}

function View(props: {
  space: string;
  lead: LeadView;
  zone: string;
  mayChange: boolean;
  onMode: (mode: LeadMode) => void;
}) {
  const t = leadWords();
  const may = () => props.mayChange && props.lead.stage !== "won" && !props.lead.erasedAt;
  return (
    <>
      <StagePart {...props} may={may()} />
      <Section
        title={memberWords().facts}
        action={
          <Show when={may()}>
            <Button size="sm" icon="edit" onClick={() => props.onMode("edit")}>
              {t.edit}
            </Button>
          </Show>
        }
      >
        <LeadFactList lead={props.lead} zone={props.zone} />
        <Show when={props.lead.erasedAt}>
          <p class="mt-2 text-xs text-fg-2">{t.erased}</p>
        </Show>
      </Section>
      <Section
        title={t.tour}
        action={
          <Show when={may()}>
            <Button size="sm" icon="calendar" onClick={() => props.onMode("tour")}>
              {props.lead.tour ? t.changeTour : t.setTour}
            </Button>
          </Show>
        }
      >
        <Show when={props.lead.tour} fallback={<p class="text-fg-2">{t.noTour}</p>}>
          {(tour) => (
            <>
              <p>
                <b>{instantCell(tour().at, props.zone)}</b>
                <span class="ml-3 text-fg-2">
                  {[`${tour().minutes} ${t.minutes}`, tour().guideName, tour().note].filter(Boolean).join(" · ")}
                </span>
              </p>
              <Show when={props.lead.stage === "tour" && tour().at < new Date().toISOString()}>
                <p class="mt-1 flex items-center gap-2 text-xs text-warn-fg">
                  <StatusMark shape="triangle" tone="warn" />
                  {t.tourOver}
                </p>
              </Show>
            </>
          )}
        </Show>
      </Section>
      <Section
        title={t.offer}
        action={
          <Show when={may()}>
            <Button size="sm" icon="tag" onClick={() => props.onMode("offer")}>
              {props.lead.offer ? t.changeOffer : t.setOffer}
            </Button>
          </Show>
        }
      >
        <Show when={props.lead.offer} fallback={<p class="text-fg-2">{t.noOffer}</p>}>
          {(offer) => (
            <>
              <Show when={offer().monthlyMinor !== undefined}>
                <p>
                  <b>{money(offer().monthlyMinor ?? 0)}</b>
                  <span class="ml-2 text-xs text-fg-2">
                    {t.monthly}
                    <Show when={offer().until}>{(until) => <> · {`${t.until} ${until()}`}</>}</Show>
                  </span>
                </p>
              </Show>
              <p class="text-pretty whitespace-pre-line">{offer().text}</p>
            </>
          )}
        </Show>
      </Section>
      <LeadHistory {...props} />
    </>
  );
}
