import { useCurrentMatches, useLocation, useParams } from "@solidjs/router";
import { createEffect, createSignal, Match, on, onCleanup, type ParentProps, Show, Switch } from "solid-js";
import { setActingCompany } from "../api.ts";
import { dictionary } from "../i18n.ts";
import { account } from "../offline/account.ts";
import { installShell } from "../offline/install.ts";
import { openOutbox } from "../offline/outbox.ts";
import { keepReading } from "../offline/reading.ts";
import { Problem } from "../problem.ts";
import { queryClient } from "../query.ts";
import { type Needs, neededText } from "../rights.ts";
import { remember, useMe, useMeets } from "../session.ts";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/feedback.tsx";
import { PlainShell } from "../ui/shell-plain.tsx";

const words = dictionary({
  zh: {
    title: "手机作业",
    first: "第一次要有网络",
    firstSay: "在这台手机上登录并打开一次手机作业，以后没有网络也能做。",
    signIn: "先登录",
    signInSay: "登录后回到这里，没同步的会接着发出。",
    toSignIn: "去登录",
    notYours: "你的角色不做手机作业",
    needs: (needed: string) => `需要${needed}。请所有者在“人员”里改你的角色。`,
    toDesk: "去云仓",
  },
  en: {
    title: "Handheld",
    first: "The first time needs the network",
    firstSay: "Sign in on this phone and open this page once; from then on it works without.",
    signIn: "Sign in first",
    signInSay: "You come back here, and what is not synced yet is sent.",
    toSignIn: "Sign in",
    notYours: "Your role does not work on the phone",
    needs: (needed: string) => `It needs ${needed}. An owner can change your role under People.`,
    toDesk: "To the warehouse",
  },
});

/** How long after a step everything is read once more, in milliseconds. */
const followMs = 3_500;

/** What is kept of a space's warehouse, by the second part of a key: what tasks, look-up and moving need. */
const keptNames: readonly unknown[] = [
  ...["warehouses", "map", "putaways", "asns", "asn", "orders", "order", "picks", "counts", "count", "owners"],
  ...["catalogue", "waves", "wave", "returns", "return", "transfers", "pallets", "pallet"],
];

/** Stands around the warehouse phone's pages: whose work it is, what was read before, and the queue of what was done. It works without a network. */
export default function HandFrame(props: ParentProps) {
  const t = words();
  const params = useParams<{ space: string }>();
  const here = useLocation();
  const me = useMe();
  const [open, setOpen] = createSignal<string>();
  // The phone is for staff: nothing is asked in the name of a company.
  setActingCompany(undefined);
  installShell();
  createEffect(
    on([account, () => params.space], ([person, space]) => {
      setOpen(undefined);
      if (person === undefined) return;
      const ends: (() => void)[] = [];
      let left = false;
      let later: ReturnType<typeof setTimeout> | undefined;
      const begin = async () => {
        const holder = { person, space };
        const key = ["wh", space];
        for (const started of [
          await keepReading(holder, "wh", (name) => keptNames.includes(name)),
          await openOutbox(holder, {
            before: () => queryClient.cancelQueries({ queryKey: key }),
            after: () => {
              void queryClient.invalidateQueries({ queryKey: key });
              // What follows the stream tells of it a moment later.
              clearTimeout(later);
              later = setTimeout(() => void queryClient.invalidateQueries({ queryKey: key }), followMs);
            },
          }),
        ])
          ends.push(started);
        if (left) for (const end of ends) end();
        else setOpen(`${person} ${space}`);
      };
      void begin();
      onCleanup(() => {
        left = true;
        clearTimeout(later);
        for (const end of ends) end();
        // Nobody sees what another has read.
        if (account() !== person) queryClient.removeQueries({ queryKey: ["wh", space] });
      });
    }),
  );
  createEffect(() => {
    // The installed app begins here the next time, also without a network.
    const place = me.data?.spaces.find((one) => one.space === params.space);
    if (place) remember(place);
  });
  const ready = () => account() !== undefined && open() === `${account()} ${params.space}`;
  const meets = useMeets(() => params.space);
  const matches = useCurrentMatches();
  /** What the page needs and whoever is here has not; without a network it is not known, and the server says it of each step. */
  const wanting = () => {
    const needs = matches().at(-1)?.route.info?.needs as Needs | undefined;
    const here = me.data?.spaces.some(({ space }) => space === params.space) ?? false;
    return here && !meets(needs) ? needs : undefined;
  };
  const cutOff = () => me.error instanceof Problem && me.error.status === 0;
  return (
    <Show
      when={ready() && !wanting()}
      fallback={
        <PlainShell title={t.title}>
          <Switch fallback={<Loading rows={4} />}>
            <Match when={me.data === null}>
              <EmptyState
                title={t.signIn}
                actions={
                  <LinkButton
                    kind="primary"
                    size="xl"
                    href={`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`}
                  >
                    {t.toSignIn}
                  </LinkButton>
                }
              >
                {t.signInSay}
              </EmptyState>
            </Match>
            <Match when={wanting()}>
              {(needs) => (
                <EmptyState
                  title={t.notYours}
                  actions={
                    <LinkButton kind="primary" size="xl" href={`/s/${params.space}/warehouse`}>
                      {t.toDesk}
                    </LinkButton>
                  }
                >
                  {t.needs(neededText(needs()))}
                </EmptyState>
              )}
            </Match>
            <Match when={me.isError && account() === undefined && cutOff()}>
              <EmptyState title={t.first}>{t.firstSay}</EmptyState>
            </Match>
            <Match when={me.isError && account() === undefined}>
              <div class="p-4">
                <ErrorState title={t.title} problem={me.error} onRetry={() => void me.refetch()} />
              </div>
            </Match>
          </Switch>
        </PlainShell>
      }
    >
      {props.children}
    </Show>
  );
}
