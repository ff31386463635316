import { type RouteDefinition, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { ErrorBoundary, lazy, type ParentProps, Suspense } from "solid-js";
import { dictionary } from "./i18n.ts";
import { queryClient } from "./query.ts";
import { type FeatureRoute, routes } from "./routes.ts";

const words = dictionary({
  zh: { broken: "页面这一处出错，其他部分照常。", reload: "重新载入" },
  en: { broken: "This page failed; the rest still works.", reload: "Reload" },
});

function Frame(props: ParentProps) {
  const t = words();
  return (
    <ErrorBoundary
      fallback={(error: unknown) => (
        <main class="grid min-h-dvh place-content-center gap-3 p-6 text-center">
          <p role="alert">{t.broken}</p>
          <p class="text-xs text-fg-3">{error instanceof Error ? error.message : String(error)}</p>
          <button type="button" class="y-btn justify-self-center" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </main>
      )}
    >
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

const definition = (route: FeatureRoute): RouteDefinition => ({
  path: route.path,
  component: route.component,
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

/** Pages of a space stand in its frame by their address: the portal under `/my`, warehouse phones bare under `/wh`, all others in the operator's. */
const framed: RouteDefinition[] = [
  {
    path: portal,
    component: lazy(() => import("./frame/portal-frame.tsx")),
    children: routes.filter(under(portal)).map((route) => below(portal, route)),
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
  ...routes.filter((route) => !under(operator)(route) || under(hand)(route)).map(definition),
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
