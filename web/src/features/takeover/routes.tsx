import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  // One address with and without its last part: a file's report opens in the place of the form.
  {
    path: "/s/:space/members/takeover/:takeover?",
    needs: ["manager", "finance"],
    component: lazy(() => import("./takeover-page.tsx")),
  },
];
