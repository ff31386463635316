import type { ExitLine, ExitView } from "@yihao/members/exit-model";
import type { CompanyView } from "@yihao/members/model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { instantCell, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, TextButton, TextLink } from "../../ui/button.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { Section } from "./company-parts.tsx";
import { askExit, awaits, markExit } from "./exit-data.ts";
import { WaiveDrawer } from "./exit-forms.tsx";
import { exitWords } from "./exit-words.ts";

const looks: Record<ExitLine["state"], StatusName> = {
  clear: "checkedIn",
  done: "done",
  waived: "off",
  open: "noShow",
  waiting: "inProgress",
};

const isOpen = ({ state }: ExitLine) => state === "open" || state === "waiting";

/** Finishing or giving up: what still keeps the company here is named beside the button. */
export function ExitFinish(props: { exit: ExitView; today: string; onOpen: (open: "finish" | "stop") => void }) {
  const t = exitWords();
  const open = () => props.exit.lines.filter(isOpen).map(({ item }) => t.items[item]);
  const early = () => props.exit.on > props.today;
  return (
    <div class="flex flex-col gap-2 px-4 py-3">
      <div class="flex flex-wrap gap-2">
        <Button kind="primary" disabled={early() || open().length > 0} onClick={() => props.onOpen("finish")}>
          {t.finish}
        </Button>
        <Button kind="text" onClick={() => props.onOpen("stop")}>
          {t.stop}
        </Button>
      </div>
      <Show when={open().length > 0} fallback={<Show when={early()}>{<Said text={t.early(props.exit.on)} />}</Show>}>
        <Said text={t.openItems(open().join(t.separator))} />
      </Show>
    </div>
  );
}
const Said = (props: { text: string }) => <p class="text-xs text-pretty text-fg-2">{props.text}</p>;

/** The check-list: each item as it stands; what reads itself says its figure, the others are ticked. */
export function ExitCheckList(props: {
  space: string;
  company: CompanyView;
  mayManage: boolean;
  mayTick: boolean;
  exit: ExitView;
  today: string;
  zone: string;
  done?: boolean;
}) {
  const t = exitWords();
  const [waiving, setWaiving] = createSignal<ExitLine["item"]>();
  const [busy, setBusy] = createSignal(false);
  const settled = () => props.exit.lines.filter((line) => !isOpen(line)).length;
  const act = async (work: () => Promise<unknown>, said?: string) => {
    if (busy()) return;
    setBusy(true);
    try {
      await work();
      if (said) toast({ text: said, tone: "info" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const mark = (line: ExitLine, how: "done" | "open") =>
    act(() => markExit(props.space, props.company.id, line.item, { how }, props.exit.rev));
  const figure = (line: ExitLine): string => {
    const { item, count = 0, minor = 0, state } = line;
    if (state === "clear" || state === "waiting") return "";
    if (item === "goods") return t.goodsLeft(count);
    if (item === "debts") return t.owes(money(minor));
    if (item === "deposit") return t.holds(money(minor));
    if (item === "agreements") return t.running(count);
    return item === "plan" ? t.planRuns : "";
  };
  const note = (line: ExitLine) =>
    [
      figure(line),
      line.mark && line.state !== "clear" ? line.mark.byName : "",
      line.mark && line.state !== "clear" ? line.mark.note : "",
    ]
      .filter(Boolean)
      .join(" · ");
  /** Where an open item is settled. */
  const placeOf = ({ item, state }: ExitLine): string | undefined => {
    const base = `/s/${props.space}`;
    if (state !== "open" || props.done) return undefined;
    if (item === "plan" || item === "agreements") return `${base}/members/${props.company.id}?tab=${item}`;
    if (item === "goods") return `${base}/warehouse`;
    return item === "debts" || item === "deposit" ? `${base}/billing` : undefined;
  };
  const checked = () => [props.exit.goods?.at, props.exit.debts?.at].filter((at) => at !== undefined).sort()[0];
  return (
    <Section
      title={t.list}
      action={
        <Show when={!props.done && props.mayTick}>
          <Button
            size="sm"
            icon="refresh"
            busy={busy() || awaits(props.exit)}
            onClick={() => void act(() => askExit(props.space, props.company.id, newIntent()), t.asked)}
          >
            {t.ask}
          </Button>
        </Show>
      }
    >
      <p class="mb-1 text-xs text-fg-2">
        {t.settled(settled(), props.exit.lines.length)}
        <Show when={checked()}>{(at) => <> · {t.checked(instantCell(at(), props.zone))}</>}</Show>
      </p>
      <ul>
        <For each={props.exit.lines}>
          {(line) => (
            <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 first:border-0">
              <span class="min-w-0 flex-1">
                <Show when={placeOf(line)} fallback={<span class="block">{t.items[line.item]}</span>}>
                  {(href) => <TextLink href={href()}>{t.items[line.item]}</TextLink>}
                </Show>
                <Show when={note(line)}>{(text) => <span class="block text-xs text-fg-2">{text()}</span>}</Show>
              </span>
              <Status is={looks[line.state]} text={t.states[line.state]} />
              <Show when={!props.done}>
                <span class="flex gap-2 empty:hidden">
                  <Show when={props.mayTick && !line.self && line.state === "open"}>
                    <Button
                      size="sm"
                      icon="check"
                      aria-label={t.tick(t.items[line.item])}
                      onClick={() => void mark(line, "done")}
                    >
                      {t.tickShort}
                    </Button>
                  </Show>
                  <Show when={props.mayTick && line.state === "done"}>
                    <TextButton onClick={() => void mark(line, "open")}>{t.untick}</TextButton>
                  </Show>
                  <Show when={props.mayManage && line.state === "waived"}>
                    <TextButton onClick={() => void mark(line, "open")}>{t.unwaive}</TextButton>
                  </Show>
                  <Show when={props.mayManage && line.state === "open"}>
                    <TextButton aria-label={t.waiveOf(t.items[line.item])} onClick={() => setWaiving(line.item)}>
                      {t.waive}
                    </TextButton>
                  </Show>
                </span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={waiving()}>
        {(item) => <WaiveDrawer {...props} item={item()} onClose={() => setWaiving(undefined)} />}
      </Show>
    </Section>
  );
}
