import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

export const routes: FeatureRoutes = [
  { path: "/s/:space/bookings", component: lazy(() => import("./bookings-page.tsx")) },
  { path: "/s/:space/settings/places", needs: "booking.sites", component: lazy(() => import("./places-page.tsx")) },
  { path: "/s/:space/settings/rates", needs: "pricing.manage", component: lazy(() => import("./rates-page.tsx")) },
  { path: "/s/:space/training", needs: "booking.desk", component: lazy(() => import("./training-page.tsx")) },
  { path: "/s/:space/my/bookings", component: lazy(() => import("./my-booking-page.tsx")) },
  { path: "/s/:space/my/bookings/list", component: lazy(() => import("./my-list-page.tsx")) },
];
