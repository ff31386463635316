import { router } from "@yihao/http/room";
import { countRoutes } from "./count-routes.ts";
import { asnRoutes, orderRoutes } from "./document-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { scanExceptionRoutes } from "./scan-exception-routes.ts";
import { placeRoutes } from "./warehouse-routes.ts";

/** Every route of the warehouse. */
export const warehouseRoutes = router()
  .route("/", placeRoutes)
  .route("/", productRoutes)
  .route("/", asnRoutes)
  .route("/", orderRoutes)
  .route("/", countRoutes)
  .route("/", scanExceptionRoutes);
