import { type RouteDefinition, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { ErrorBoundary, lazy, type ParentProps, Show, Suspense } from "solid-js";
import { dictionary } from "./i18n.ts";
import { queryClient } from "./query.ts";
import { type FeatureRoute, routes } from "./routes.ts";
import { leaving } from "./session.ts";

const SignOutDialog = lazy(() => import("./frame/sign-out-dialog.tsx"));

const words = dictionary({
  zh: {
    broken: "页面这一处出错，其他部分照常。",
    reload: "重新载入",
    offline: "这一页需要网络",
    offlineSay: "现在没有网络。仓库的手机作业不用网络也能做，做过的会在连上后同步。",
    older: "页面有了新版本",
    olderSay: "重新载入就是最新的。",
    hand: "去手机作业",
  },
  en: {
    broken: "This page failed; the rest still works.",
    reload: "Reload",
    offline: "This page needs the network",
    offlineSay: "There is none right now. Work on the warehouse phone goes on without it and is synced later.",
    older: "There is a newer version",
    olderSay: "Reload to get it.",
    hand: "To the warehouse phone",
  },
});

/** What browsers say when a page's own file is not to be had: there is no network, or a newer build has taken its place. */
const notLoaded = (error: unknown): boolean =>
  error instanceof TypeError &&
  /dynamically imported module|module script failed|Load failed|preload CSS/i.test(error.message);

function Frame(props: ParentProps) {
  const t = words();
  return (
    <ErrorBoundary
      fallback={(error: unknown) => (
        <main class="grid min-h-dvh place-content-center gap-3 p-6 text-center">
          <Show
            when={notLoaded(error)}
            fallback={
              <>
                <p role="alert">{t.broken}</p>
                <p class="text-xs text-fg-3">{error instanceof Error ? error.message : String(error)}</p>
              </>
            }
          >
            <h1 class="text-lg font-strong" role="alert">
              {navigator.onLine ? t.older : t.offline}
            </h1>
            <p class="max-w-90 text-fg-2">{navigator.onLine ? t.olderSay : t.offlineSay}</p>
            <Show when={!navigator.onLine}>
              {/* Not the router's: what failed stands until the page is loaded anew. */}
              <a class="y-btn y-btn-outline y-btn-xl justify-self-center" href="/wh" rel="external">
                {t.hand}
              </a>
            </Show>
          </Show>
          <button type="button" class="y-btn justify-self-center" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </main>
      )}
    >
      <Suspense>{props.children}</Suspense>
      <Show when={leaving() !== undefined}>
        <SignOutDialog />
      </Show>
    </ErrorBoundary>
  );
}

const definition = (route: FeatureRoute): RouteDefinition => ({
  path: route.path,
  component: route.component,
  ...(route.needs ? { info: { needs: route.needs } } : {}),
  ...(route.children ? { children: route.children.map(definition) } : {}),
});

const operator = "/s/:space";
const portal = "/s/:space/my";
const hand = "/s/:space/wh";

const under = (root: string) => (route: FeatureRoute) => route.path === root || route.path.startsWith(`${root}/`);
const below = (root: string, route: FeatureRoute): RouteDefinition => ({
  ...definition(route),
  path: route.path.slice(root.length) || "/",
});

/** Pages of a space stand in its frame by their address: the portal under `/my`, warehouse phones in the one that works without a network under `/wh`, all others in the operator's. */
const framed: RouteDefinition[] = [
  {
    path: portal,
    component: lazy(() => import("./frame/portal-frame.tsx")),
    children: routes.filter(under(portal)).map((route) => below(portal, route)),
  },
  {
    path: hand,
    component: lazy(() => import("./frame/hand-frame.tsx")),
    children: routes.filter(under(hand)).map((route) => below(hand, route)),
  },
  {
    path: operator,
    component: lazy(() => import("./frame/operator-frame.tsx")),
    children: [
      { path: "/", component: lazy(() => import("./frame/to-today.tsx")) },
      ...routes
        .filter((route) => under(operator)(route) && !under(portal)(route) && !under(hand)(route))
        .map((route) => below(operator, route)),
    ],
  },
  ...routes.filter((route) => !under(operator)(route)).map(definition),
];

const missing: RouteDefinition = { path: "*", component: lazy(() => import("./missing.tsx")) };

/** The whole app: one cache, one router, one page at a time. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Router root={Frame} preload>
        {[...framed, missing]}
      </Router>
    </QueryClientProvider>
  );
}
