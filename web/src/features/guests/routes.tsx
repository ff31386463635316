import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/book/:space", component: lazy(() => import("./public-page.tsx")) },
  { path: "/guest/:token", component: lazy(() => import("./guest-page.tsx")) },
  { path: "/guest-wait/:token", component: lazy(() => import("./wait-page.tsx")) },
];
