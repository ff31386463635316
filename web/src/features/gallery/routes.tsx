import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/gallery", component: lazy(() => import("./gallery-page.tsx")) },
  { path: "/gallery/operator", component: lazy(() => import("./operator-page.tsx")) },
  { path: "/gallery/portal", component: lazy(() => import("./portal-page.tsx")) },
  { path: "/gallery/hand", component: lazy(() => import("./hand-page.tsx")) },
  { path: "/gallery/sign-in", component: lazy(() => import("./sign-in-page.tsx")) },
  { path: "/gallery/set-up", component: lazy(() => import("./set-up-page.tsx")) },
];
