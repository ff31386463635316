import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [{ path: "/platform/usage", component: lazy(() => import("./usage-page.tsx")) }];
