import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const members = lazy(() => import("./members-page.tsx"));

export const routes: FeatureRoutes = [
  { path: "/s/:space/members", component: members },
  { path: "/s/:space/members/import", component: lazy(() => import("./import-page.tsx")) },
  { path: "/s/:space/members/:company", component: members },
  { path: "/s/:space/my/company", component: lazy(() => import("./my-company-page.tsx")) },
];
