import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const warehouse = lazy(() => import("./warehouse-page.tsx"));
const stock = lazy(() => import("./my-stock-page.tsx"));
const returns = lazy(() => import("./my-returns-page.tsx"));
const imports = lazy(() => import("./import-page.tsx"));
const pallet = lazy(() => import("./hand-pallet.tsx"));
const orders = lazy(() => import("./my-orders-page.tsx"));

/** Work on a phone. */
const phone = [
  { path: "/s/:space/wh", component: lazy(() => import("./hand-home.tsx")) },
  { path: "/s/:space/wh/receive/:asn", component: lazy(() => import("./hand-receive.tsx")) },
  { path: "/s/:space/wh/putaway", component: lazy(() => import("./hand-putaway.tsx")) },
  { path: "/s/:space/wh/count/:count", component: lazy(() => import("./hand-count.tsx")) },
  { path: "/s/:space/wh/pick/:order", component: lazy(() => import("./hand-pick.tsx")) },
  { path: "/s/:space/wh/wave/:wave", component: lazy(() => import("./hand-wave.tsx")) },
  { path: "/s/:space/wh/replenish", component: lazy(() => import("./hand-replenish.tsx")) },
  { path: "/s/:space/wh/return/:return", component: lazy(() => import("./hand-return.tsx")) },
  { path: "/s/:space/wh/pack/:order", component: lazy(() => import("./hand-pack.tsx")) },
  { path: "/s/:space/wh/pallet", component: pallet },
  { path: "/s/:space/wh/pallet/:pallet", component: pallet },
  { path: "/s/:space/wh/send", component: lazy(() => import("./hand-send.tsx")) },
  { path: "/s/:space/wh/transfer/:transfer", component: lazy(() => import("./hand-transfer.tsx")) },
  { path: "/s/:space/wh/move", component: lazy(() => import("./hand-move.tsx")) },
];

export const routes: FeatureRoutes = [
  { path: "/s/:space/warehouse", component: warehouse },
  {
    path: "/s/:space/warehouse/settings",
    needs: "warehouse.manage",
    component: lazy(() => import("./goods-settings-page.tsx")),
  },
  { path: "/s/:space/warehouse/owners", component: lazy(() => import("./owners-page.tsx")) },
  { path: "/s/:space/warehouse/import", needs: "warehouse.work", component: imports },
  { path: "/s/:space/my/import", component: imports },
  { path: "/s/:space/warehouse/:tab", component: warehouse },
  { path: "/s/:space/warehouse/:tab/:item", component: warehouse },
  { path: "/s/:space/my/stock", component: stock },
  { path: "/s/:space/my/stock/:product", component: stock },
  // One address with and without its last part: a product opens beside its analysis.
  { path: "/s/:space/my/analysis/:product?", component: lazy(() => import("./my-analysis-page.tsx")) },
  { path: "/s/:space/my/inbound/new", component: lazy(() => import("./my-asn-page.tsx")) },
  { path: "/s/:space/my/orders", component: orders },
  { path: "/s/:space/my/orders/new", component: lazy(() => import("./my-order-page.tsx")) },
  { path: "/s/:space/my/orders/:order", component: orders },
  { path: "/s/:space/my/returns", component: returns },
  { path: "/s/:space/my/returns/:return", component: returns },
  ...phone.map((route) => ({ ...route, needs: "warehouse.work" as const })),
  // What waits to be sent is shown whoever may work meanwhile, and looking up is reading.
  { path: "/s/:space/wh/queue", component: lazy(() => import("./hand-queue.tsx")) },
  { path: "/s/:space/wh/lookup", component: lazy(() => import("./hand-lookup.tsx")) },
  { path: "/wh", component: lazy(() => import("./hand-start.tsx")) },
];
