import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const billing = lazy(() => import("./billing-page.tsx"));
const bills = lazy(() => import("./my-bills-page.tsx"));

export const routes: FeatureRoutes = [
  { path: "/s/:space/billing", needs: "billing.read", component: billing },
  { path: "/s/:space/billing/payments", needs: "billing.read", component: lazy(() => import("./payments-page.tsx")) },
  { path: "/s/:space/billing/bank", needs: "billing.read", component: lazy(() => import("./bank-page.tsx")) },
  { path: "/s/:space/billing/accounts", needs: "billing.read", component: lazy(() => import("./accounts-page.tsx")) },
  {
    path: "/s/:space/billing/statements",
    needs: "billing.read",
    component: lazy(() => import("./statements-page.tsx")),
  },
  { path: "/s/:space/billing/streams", needs: "insight.figures", component: lazy(() => import("./streams-page.tsx")) },
  { path: "/s/:space/billing/unbilled", needs: "billing.read", component: lazy(() => import("./charges-page.tsx")) },
  { path: "/s/:space/billing/fapiao", needs: "billing.read", component: lazy(() => import("./fapiao-page.tsx")) },
  { path: "/s/:space/billing/dunning", needs: "billing.read", component: lazy(() => import("./dunning-page.tsx")) },
  { path: "/s/:space/billing/disputes", needs: "billing.read", component: lazy(() => import("./disputes-page.tsx")) },
  {
    path: "/s/:space/billing/collections",
    needs: "billing.read",
    component: lazy(() => import("./collections-page.tsx")),
  },
  { path: "/s/:space/billing/tariffs", needs: "billing.read", component: lazy(() => import("./tariffs-page.tsx")) },
  {
    path: "/s/:space/billing/simulation",
    needs: "billing.read",
    component: lazy(() => import("./simulation-page.tsx")),
  },
  { path: "/s/:space/billing/tax", needs: "billing.read", component: lazy(() => import("./tax-page.tsx")) },
  { path: "/s/:space/billing/:invoice", needs: "billing.read", component: billing },
  { path: "/s/:space/settings/billing", needs: "billing.read", component: lazy(() => import("./settings-page.tsx")) },
  { path: "/s/:space/settings/platform", needs: ["owner"], component: lazy(() => import("./platform-page.tsx")) },
  { path: "/s/:space/my/statement", component: lazy(() => import("./my-statement-page.tsx")) },
  { path: "/s/:space/my/pay-methods", component: lazy(() => import("./my-methods-page.tsx")) },
  { path: "/s/:space/my/bills", component: bills },
  { path: "/s/:space/my/bills/:invoice", component: bills },
];
