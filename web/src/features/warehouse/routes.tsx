import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

const warehouse = lazy(() => import("./warehouse-page.tsx"));
const stock = lazy(() => import("./my-stock-page.tsx"));
const orders = lazy(() => import("./my-orders-page.tsx"));

export const routes: FeatureRoutes = [
  { path: "/s/:space/warehouse", component: warehouse },
  { path: "/s/:space/warehouse/:tab", component: warehouse },
  { path: "/s/:space/warehouse/:tab/:item", component: warehouse },
  { path: "/s/:space/my/stock", component: stock },
  { path: "/s/:space/my/stock/:product", component: stock },
  { path: "/s/:space/my/inbound/new", component: lazy(() => import("./my-asn-page.tsx")) },
  { path: "/s/:space/my/orders", component: orders },
  { path: "/s/:space/my/orders/new", component: lazy(() => import("./my-order-page.tsx")) },
  { path: "/s/:space/my/orders/:order", component: orders },
  { path: "/s/:space/wh", component: lazy(() => import("./hand-home.tsx")) },
  { path: "/s/:space/wh/receive/:asn", component: lazy(() => import("./hand-receive.tsx")) },
  { path: "/s/:space/wh/putaway", component: lazy(() => import("./hand-putaway.tsx")) },
  { path: "/s/:space/wh/count/:count", component: lazy(() => import("./hand-count.tsx")) },
  { path: "/s/:space/wh/pick/:order", component: lazy(() => import("./hand-pick.tsx")) },
  { path: "/s/:space/wh/queue", component: lazy(() => import("./hand-queue.tsx")) },
  { path: "/s/:space/wh/lookup", component: lazy(() => import("./hand-lookup.tsx")) },
  { path: "/s/:space/wh/move", component: lazy(() => import("./hand-move.tsx")) },
  { path: "/wh", component: lazy(() => import("./hand-start.tsx")) },
];
