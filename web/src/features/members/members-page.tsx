import { useNavigate, useParams } from "@solidjs/router";
import type { CompanyEntry } from "@yihao/members/model";
import { createEffect, createMemo, createSignal, onCleanup, Show } from "solid-js";
import { dayCell } from "../../format.ts";
import { useHas, useMay } from "../../session.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading, NoMatch } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { CompanyDetail, CompanyStatus } from "./company-detail.tsx";
import { AddDrawer } from "./company-form.tsx";
import { useCompanies, useCompany } from "./data.ts";
import { MemberTabs } from "./member-tabs.tsx";
import { memberWords } from "./words.ts";

type Filter = "all" | "active" | "suspended" | "left";
const passes: Record<Filter, (company: CompanyEntry) => boolean> = {
  all: () => true,
  active: ({ state, suspended }) => state === "active" && !suspended,
  suspended: ({ state, suspended }) => state === "active" && suspended,
  left: ({ state }) => state === "left",
};

/** Companies (成员): the list with search and filters, one company beside it, adding and importing. */
export default function MembersPage() {
  const t = memberWords();
  const params = useParams<{ space: string; company?: string }>();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal("");
  const [asked, setAsked] = createSignal("");
  const [filter, setFilter] = createSignal<Filter>("all");
  const [adding, setAdding] = createSignal(false);
  let box: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer);
    timer = setTimeout(() => setAsked(text.trim()), text === "" ? 0 : 150);
  };
  const companies = useCompanies(() => params.space, asked);
  const company = useCompany(
    () => params.space,
    () => params.company,
  );
  const may = useMay(() => params.space);
  const has = useHas(() => params.space);
  const rows = createMemo(() => (companies.data ?? []).filter(passes[filter()]));
  const number = (which: Filter) => companies.data?.filter(passes[which]).length ?? 0;
  const open = (id: string | undefined) =>
    navigate(id ? `/s/${params.space}/members/${id}` : `/s/${params.space}/members`, { scroll: false });
  // An old number answers with the company that it turned out to be.
  createEffect(() => {
    const merged = company.data?.merged;
    if (merged && company.data?.id === params.company) open(merged.into);
  });
  const step = (by: number) => {
    const at = rows().findIndex(({ id }) => id === params.company);
    const next = rows()[at + by];
    if (next) open(next.id);
  };
  useKeys([
    { keys: "n", label: t.add, run: () => may("members.companies") && setAdding(true) },
    { keys: "/", label: t.search, run: () => box?.focus() },
    { keys: "[", label: t.previous, run: () => step(-1) },
    { keys: "]", label: t.next, run: () => step(1) },
  ]);
  const columns = (): Column<CompanyEntry>[] => [
    { key: "name", head: t.shortName, cell: (one) => <b>{one.name}</b> },
    {
      key: "code",
      head: t.code,
      width: "184px",
      from: "desk",
      cell: (one) => <span class="font-mono text-xs">{one.code ?? "—"}</span>,
    },
    { key: "industry", head: t.industry, width: "120px", from: "tablet", cell: (one) => one.industry ?? "—" },
    { key: "plan", head: t.plan, width: "112px", from: "tablet", cell: (one) => one.plan ?? "—" },
    {
      key: "since",
      head: t.since,
      width: "96px",
      align: "end",
      from: "tablet",
      cell: (one) => dayCell(one.since, new Date().getFullYear()),
    },
    { key: "state", head: t.state, width: "88px", cell: (one) => <CompanyStatus company={one} /> },
  ];
  const tabs = () =>
    (["all", "active", "suspended", "left"] as const).map((key) => ({ key, label: t[key], count: number(key) }));
  const clear = () => {
    type("");
    setFilter("all");
  };

  return (
    <>
      <PageHead
        title={t.title}
        tabs={<MemberTabs space={params.space} />}
        say={companies.data && asked() === "" ? t.say(number("all"), number("active")) : undefined}
        actions={
          <Show when={may("members.companies")}>
            <Show when={has("manager")}>
              <LinkButton href={`/s/${params.space}/members/takeover`}>{t.takeover}</LinkButton>
            </Show>
            <LinkButton href={`/s/${params.space}/members/import`} icon="upload">
              {t.import}
            </LinkButton>
            <Button kind="primary" icon="plus" keys={["N"]} onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          </Show>
        }
      />
      <Panes
        detailOpen={params.company !== undefined}
        detailTitle={company.data?.name ?? t.company}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.companies}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
                <div class="w-full tablet:w-72">
                  <SearchBox
                    value={typed()}
                    onInput={type}
                    label={t.search}
                    clear={t.clear}
                    ref={(element) => {
                      box = element;
                    }}
                  />
                </div>
                <Tabs label={t.state} items={tabs()} value={filter()} onChange={setFilter} />
              </div>
              <div class="flex min-h-0 flex-1 flex-col">
                <DataTable
                  label={t.companies}
                  rows={rows()}
                  columns={columns()}
                  rowKey={(one) => one.id}
                  current={params.company}
                  onOpen={(one) => open(one.id)}
                  state={companies.isPending ? "loading" : companies.isError ? "error" : "ready"}
                  problem={companies.error}
                  errorTitle={t.notRead}
                  onRetry={() => void companies.refetch()}
                  empty={
                    <Show
                      when={asked() !== "" || filter() !== "all"}
                      fallback={
                        <EmptyState
                          title={t.none}
                          actions={
                            <Show when={may("members.companies")}>
                              <Button icon="plus" onClick={() => setAdding(true)}>
                                {t.add}
                              </Button>
                            </Show>
                          }
                        />
                      }
                    >
                      <NoMatch
                        text={asked() === "" ? t.noFilter(t[filter()]) : t.noMatch(asked())}
                        clear={t.clear}
                        onClear={clear}
                      />
                    </Show>
                  }
                />
              </div>
            </div>
          </Pane>
        }
        detail={
          <Show
            when={company.data}
            fallback={
              <Show
                when={company.isError}
                fallback={
                  <Show when={params.company} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
                    <Loading rows={6} />
                  </Show>
                }
              >
                <ErrorState title={t.detailNotRead} problem={company.error} onRetry={() => void company.refetch()} />
              </Show>
            }
          >
            {(one) => <CompanyDetail space={params.space} company={one()} mayEdit={may("members.companies")} />}
          </Show>
        }
      />
      <AddDrawer
        space={params.space}
        open={adding()}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          open(id);
        }}
      />
    </>
  );
}
