import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [{ path: "/s/:space/my", component: lazy(() => import("./home-page.tsx")) }];
