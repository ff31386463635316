import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/", component: lazy(() => import("./enter-page.tsx")) },
  { path: "/sign-in", component: lazy(() => import("./sign-in-page.tsx")) },
  { path: "/sign-up", component: lazy(() => import("./sign-up-page.tsx")) },
  { path: "/forgot", component: lazy(() => import("./forgot-page.tsx")) },
  { path: "/account", component: lazy(() => import("./account-page.tsx")) },
  { path: "/join/:token", component: lazy(() => import("./join-page.tsx")) },
  { path: "/s/:space/my/people", component: lazy(() => import("./company-people-page.tsx")) },
  { path: "/s/:space/my/keys", component: lazy(() => import("./company-keys-page.tsx")) },
  { path: "/s/:space/settings/keys", needs: ["owner"], component: lazy(() => import("./keys-page.tsx")) },
  { path: "/s/:space/people/audit", needs: "space.audit", component: lazy(() => import("./audit-page.tsx")) },
  { path: "/s/:space/people/roles", needs: "people.read", component: lazy(() => import("./roles-page.tsx")) },
  { path: "/s/:space/people", needs: "people.read", component: lazy(() => import("./people-page.tsx")) },
];
