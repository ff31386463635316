import { router } from "@yihao/http/room";
import { analysisRoutes } from "./analysis-routes.ts";
import { countRoutes } from "./count-routes.ts";
import { asnRoutes, orderRoutes } from "./document-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { placeRoutes } from "./warehouse-routes.ts";

/** Every route of the warehouse. */
export const warehouseRoutes = router()
  .route("/", placeRoutes)
  .route("/", productRoutes)
  .route("/", asnRoutes)
  .route("/", orderRoutes)
  .route("/", countRoutes)
  .route("/", analysisRoutes)
  .route("/", importRoutes);
