import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/today", component: lazy(() => import("./today-page.tsx")) },
  { path: "/s/:space/today/use", component: lazy(() => import("./use-page.tsx")) },
  { path: "/s/:space/settings/stuck", needs: ["manager"], component: lazy(() => import("./stuck-page.tsx")) },
];
