import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/members/import", needs: "members.companies", component: lazy(() => import("./import-page.tsx")) },
  { path: "/s/:space/settings/plans", component: lazy(() => import("./offers-page.tsx")) },
  { path: "/s/:space/members/leads/:lead?", component: lazy(() => import("./leads-page.tsx")) },
  { path: "/s/:space/members/agreements", component: lazy(() => import("./agreements-page.tsx")) },
  // One address with and without its last part: opening one thing leaves the list as it stands.
  { path: "/s/:space/members/:company?", component: lazy(() => import("./members-page.tsx")) },
  { path: "/s/:space/members/:company/history", component: lazy(() => import("./history-page.tsx")) },
  { path: "/s/:space/my/company", component: lazy(() => import("./my-company-page.tsx")) },
  { path: "/apply/:space", component: lazy(() => import("./apply-page.tsx")) },
];
