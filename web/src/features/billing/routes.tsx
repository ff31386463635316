import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const billing = lazy(() => import("./billing-page.tsx"));
const bills = lazy(() => import("./my-bills-page.tsx"));

export const routes: FeatureRoutes = [
  { path: "/s/:space/billing", component: billing },
  { path: "/s/:space/billing/payments", component: lazy(() => import("./payments-page.tsx")) },
  { path: "/s/:space/billing/bank", component: lazy(() => import("./bank-page.tsx")) },
  { path: "/s/:space/billing/accounts", component: lazy(() => import("./accounts-page.tsx")) },
  { path: "/s/:space/billing/statements", component: lazy(() => import("./statements-page.tsx")) },
  { path: "/s/:space/billing/streams", component: lazy(() => import("./streams-page.tsx")) },
  { path: "/s/:space/billing/unbilled", component: lazy(() => import("./charges-page.tsx")) },
  { path: "/s/:space/billing/fapiao", component: lazy(() => import("./fapiao-page.tsx")) },
  { path: "/s/:space/billing/dunning", component: lazy(() => import("./dunning-page.tsx")) },
  { path: "/s/:space/billing/disputes", component: lazy(() => import("./disputes-page.tsx")) },
  { path: "/s/:space/billing/collections", component: lazy(() => import("./collections-page.tsx")) },
  { path: "/s/:space/billing/tariffs", component: lazy(() => import("./tariffs-page.tsx")) },
  { path: "/s/:space/billing/tax", component: lazy(() => import("./tax-page.tsx")) },
  { path: "/s/:space/billing/:invoice", component: billing },
  { path: "/s/:space/settings/billing", component: lazy(() => import("./settings-page.tsx")) },
  { path: "/s/:space/settings/platform", component: lazy(() => import("./platform-page.tsx")) },
  { path: "/s/:space/my/statement", component: lazy(() => import("./my-statement-page.tsx")) },
  { path: "/s/:space/my/pay-methods", component: lazy(() => import("./my-methods-page.tsx")) },
  { path: "/s/:space/my/bills", component: bills },
  { path: "/s/:space/my/bills/:invoice", component: bills },
];
