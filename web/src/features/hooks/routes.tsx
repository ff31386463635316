import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/settings/hooks", needs: ["owner"], component: lazy(() => import("./hooks-page.tsx")) },
];
