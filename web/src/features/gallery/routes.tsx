import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [{ path: "/gallery", component: lazy(() => import("./gallery-page.tsx")) }];
