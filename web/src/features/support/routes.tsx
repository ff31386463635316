import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/settings/support", needs: ["owner"], component: lazy(() => import("./support-page.tsx")) },
];
