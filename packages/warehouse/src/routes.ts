import { router } from "@yihao/http/room";
import { analysisRoutes } from "./analysis-routes.ts";
import { countRoutes } from "./count-routes.ts";
import { asnRoutes, orderRoutes } from "./document-routes.ts";
import { faceRoutes } from "./face-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { kitRoutes } from "./kit-routes.ts";
import { labelWorkRoutes } from "./label-work-routes.ts";
import { ownerRoutes } from "./owner-routes.ts";
import { packRoutes } from "./pack-routes.ts";
import { palletRoutes } from "./pallet-routes.ts";
import { productRoutes } from "./product-routes.ts";
import { returnRoutes } from "./return-routes.ts";
import { scanExceptionRoutes } from "./scan-exception-routes.ts";
import { transferRoutes } from "./transfer-routes.ts";
import { placeRoutes } from "./warehouse-routes.ts";
import { waveRoutes } from "./wave-routes.ts";
import { zoneMoveRoutes } from "./zone-move-routes.ts";

/** Every route of the warehouse. */
export const warehouseRoutes = router()
  .route("/", placeRoutes)
  .route("/", productRoutes)
  .route("/", ownerRoutes)
  .route("/", asnRoutes)
  .route("/", orderRoutes)
  .route("/", packRoutes)
  .route("/", palletRoutes)
  .route("/", returnRoutes)
  .route("/", waveRoutes)
  .route("/", transferRoutes)
  .route("/", zoneMoveRoutes)
  .route("/", kitRoutes)
  .route("/", faceRoutes)
  .route("/", labelWorkRoutes)
  .route("/", countRoutes)
  .route("/", analysisRoutes)
  .route("/", importRoutes)
  .route("/", scanExceptionRoutes);
