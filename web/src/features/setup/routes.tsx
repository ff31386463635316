import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const page = lazy(() => import("./setup-page.tsx"));

export const routes: FeatureRoutes = [
  { path: "/setup", component: page },
  { path: "/setup/:space", component: page },
  { path: "/setup/:space/:step", component: page },
];
