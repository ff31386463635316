import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/settings", component: lazy(() => import("./settings-page.tsx")) },
  { path: "/s/:space/settings/brand", needs: "space.settings", component: lazy(() => import("./brand-page.tsx")) },
  { path: "/s/:space/settings/mails", component: lazy(() => import("./mails-page.tsx")) },
];
