import { useParams } from "@solidjs/router";
import type { ShownVisitor, VisitorView } from "@yihao/booking/visitor-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, dayOf } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, NoMatch } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { DateField, SearchBox } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { usePlaces } from "./data.ts";
import { DayPassDrawer } from "./day-pass-drawer.tsx";
import { VisitorDrawer } from "./visitor-form.tsx";
import { matches, statusOf } from "./visitor-view.ts";
import { act, findByPass, useVisitors } from "./visitors-data.ts";
import { visitorsWords } from "./visitors-words.ts";

const filters = ["all", "expected", "here", "left"] as const;
type Filter = (typeof filters)[number];

/** Reception's day (前台): who is expected, here and gone; let in by scanning a pass, by its code or by hand, and whoever walks in. */
export default function ReceptionPage() {
  const t = visitorsWords();
  const params = useParams<{ space: string }>();
  const places = usePlaces(() => params.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const today = () => dayOf(new Date().toISOString(), zone());
  const [picked, setPicked] = createSignal<string | undefined>();
  const day = () => picked() ?? today();
  const visitors = useVisitors(() => params.space, day);
  const [filter, setFilter] = createSignal<Filter>("all");
  const [text, setText] = createSignal("");
  const [code, setCode] = createSignal("");
  const [mode, setMode] = createSignal<"invite" | "walk-in" | undefined>();
  const [selling, setSelling] = createSignal(false);
  const [shown, setShown] = createSignal<ShownVisitor | undefined>();
  let search: HTMLInputElement | undefined;
  useKeys([
    { keys: "v", label: t.walkIn, run: () => setMode("walk-in") },
    { keys: "/", label: t.search, run: () => search?.focus() },
  ]);
  const all = () => visitors.data ?? [];
  const rows = () =>
    all().filter((one) => (filter() === "all" || one.state === filter()) && (text() === "" || matches(one, text())));
  const fail = (error: unknown) => toast({ text: explain(error), tone: "bad" });
  const move = (one: VisitorView, what: "arrive" | "leave") =>
    void act(params.space, one.id, what, newIntent())
      .then((now) => toast({ text: (what === "arrive" ? t.arrived : t.left)(now.guest?.name ?? "") }))
      .catch(fail);
  const scan = async () => {
    const given = code().trim();
    if (given === "") return;
    setCode("");
    await findByPass(params.space, given, newIntent())
      .then((one) => move(one, "arrive"))
      .catch(fail);
  };
  const actWord = ({ state }: VisitorView) => (state === "here" ? t.leave : state === "left" ? t.back : t.arrive);
  const count = (state: Filter) => all().filter((one) => state === "all" || one.state === state).length;
  return (
    <>
      <PageHead
        title={t.title}
        tabs={
          <Segmented
            bare
            label={t.state}
            options={filters.map((value) => ({
              value,
              label: `${value === "all" ? t.all : t.states[value]} ${count(value)}`,
            }))}
            bind={bound<Filter>(filter, setFilter)}
          />
        }
        actions={
          <>
            <Button icon="tag" onClick={() => setSelling(true)}>
              {t.dayPass}
            </Button>
            <Button icon="plus" onClick={() => setMode("invite")}>
              {t.invite}
            </Button>
            <Button icon="person" keys={["V"]} onClick={() => setMode("walk-in")}>
              {t.walkIn}
            </Button>
          </>
        }
      />
      <form
        class="flex flex-wrap items-end gap-3 border-b border-line bg-surface px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          void scan();
        }}
      >
        <label class="y-field min-w-60 flex-1">
          <span class="y-label">{t.scan}</span>
          <span class="y-input y-input-lg">
            <input
              class="font-mono"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              value={code()}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          </span>
        </label>
        <Button kind="primary" size="lg" type="submit" icon="check">
          {t.arrive}
        </Button>
        <span class="w-44">
          <DateField label={t.day} today={today()} bind={bound(day, setPicked)} size="lg" />
        </span>
      </form>
      <div class="min-h-0 flex-1">
        <Pane
          title={t.title}
          actions={
            <SearchBox
              value={text()}
              onInput={setText}
              label={t.search}
              clear={t.clear}
              ref={(element) => {
                search = element;
              }}
            />
          }
        >
          <DataTable
            label={t.title}
            rows={rows()}
            rowKey={({ id }) => id}
            rowHeight={44}
            state={visitors.isError ? "error" : visitors.isPending ? "loading" : "ready"}
            problem={visitors.error}
            errorTitle={t.notRead}
            onRetry={() => void visitors.refetch()}
            columns={[
              { key: "when", head: t.when, width: "72px", cell: (one) => clock(one.at, one.zone) },
              {
                key: "who",
                head: t.who,
                cell: (one) => (
                  <span>
                    {one.guest?.name ?? <span class="text-fg-3">{t.erased}</span>}{" "}
                    <span class="text-fg-2">{one.guest?.from}</span>
                  </span>
                ),
              },
              {
                key: "host",
                head: t.host,
                from: "tablet",
                cell: (one) =>
                  one.ofGuest ? t.ofGuest : [one.companyName, one.hostName].filter(Boolean).join(" · ") || "—",
              },
              {
                key: "place",
                head: t.place,
                width: "110px",
                from: "tablet",
                cell: (one) => <Plate han>{one.place}</Plate>,
              },
              { key: "code", head: t.code, width: "110px", from: "desk", cell: (one) => <code>{one.code}</code> },
              {
                key: "act",
                head: t.act,
                width: "96px",
                cell: (one) => (
                  <Show when={one.day === today() && one.state !== "cancelled"}>
                    <Button
                      size="sm"
                      onClick={() => move(one, one.state === "here" ? "leave" : "arrive")}
                      aria-label={`${actWord(one)} ${one.guest?.name ?? ""}`}
                    >
                      {actWord(one)}
                    </Button>
                  </Show>
                ),
              },
              {
                key: "state",
                head: t.state,
                width: "96px",
                cell: (one) => <Status is={statusOf(one)} text={t.states[one.state]} />,
              },
            ]}
            empty={
              <Show
                when={text() !== "" || filter() !== "all"}
                fallback={<EmptyState title={t.emptyDay}>{t.emptyDaySay}</EmptyState>}
              >
                <NoMatch
                  text={t.noMatch(text() || t.states[filter() === "all" ? "expected" : (filter() as "here")])}
                  clear={t.clear}
                  onClear={() => {
                    setText("");
                    setFilter("all");
                  }}
                />
              </Show>
            }
          />
        </Pane>
      </div>
      <DayPassDrawer space={params.space} open={selling()} onClose={() => setSelling(false)} />
      <VisitorDrawer
        space={params.space}
        places={places.data}
        mode={mode()}
        staff
        shown={shown()}
        onShown={setShown}
        onClose={() => setMode(undefined)}
      />
    </>
  );
}
