import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/settings/doors", needs: "booking.sites", component: lazy(() => import("./displays-page.tsx")) },
  { path: "/s/:space/settings/doors/codes", needs: "booking.sites", component: lazy(() => import("./codes-page.tsx")) },
  { path: "/s/:space/my/door/:resource", component: lazy(() => import("./door-page.tsx")) },
  { path: "/s/:space/visitors", needs: "booking.visitors", component: lazy(() => import("./reception-page.tsx")) },
  { path: "/s/:space/my/visitors", component: lazy(() => import("./my-visitors-page.tsx")) },
  { path: "/s/:space/plan", component: lazy(() => import("./plan-page.tsx")) },
  { path: "/s/:space/my/plan", component: lazy(() => import("./my-plan-page.tsx")) },
  { path: "/pass/:token", component: lazy(() => import("./pass-page.tsx")) },
];
