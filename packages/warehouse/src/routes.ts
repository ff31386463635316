import { router } from "@yihao/http/room";
import { countRoutes } from "./count-routes.ts";
import { asnRoutes, orderRoutes } from "./document-routes.ts";
import { packRoutes } from "./pack-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { placeRoutes } from "./warehouse-routes.ts";

/** Every route of the warehouse. */
export const warehouseRoutes = router()
  .route("/", placeRoutes)
  .route("/", productRoutes)
  .route("/", asnRoutes)
  .route("/", orderRoutes)
  .route("/", packRoutes)
  .route("/", countRoutes);
