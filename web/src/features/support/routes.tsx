import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/settings/support", component: lazy(() => import("./support-page.tsx")) },
];
