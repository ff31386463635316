import { evidenceFileRoutes } from "@yihao/billing/evidence-file-routes";
import { billingRefusals } from "@yihao/billing/model";
import { platformFapiaoFileRoutes } from "@yihao/billing/platform-fapiao-routes";
import { pictureRoutes, publicPictureRoutes } from "@yihao/booking/picture-routes";
import { planFileRoutes } from "@yihao/booking/plan-file-routes";
import { planRefusals } from "@yihao/booking/plan-model";
import { createApp, inside, open, signedIn } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import type { Files } from "@yihao/http/files";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { outside } from "@yihao/identity/me-routes";
import { fileRoutes } from "@yihao/members/file-routes";
import { membersRefusals } from "@yihao/members/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { ownersFromEnvironment } from "./environment.ts";
import { filesFromEnvironment } from "./files-environment.ts";
import { traced } from "./tracing.ts";

export type FilesEnv = { readonly doors: Doors; readonly files: Files };

/** The files function: `/api/v1/files/*`, apart from the API because it carries the storage's SDK. */
export function createFiles({ doors, files }: FilesEnv) {
  registerRefusals(membersRefusals);
  registerRefusals(planRefusals);
  registerRefusals(billingRefusals);
  const app = createApp(doors);
  app.use("/api/v1/files/spaces/:space/*", inside(doors));
  app.use("/api/v1/files/platform/*", signedIn(doors));
  app.use("/api/v1/files/guests/*", open(doors));
  app.use("/api/v1/files/guests/*", outside(doors));
  app.route("/api/v1", routesOf(files));
  return app;
}

const routesOf = (files: Files) =>
  router()
    .route("/", fileRoutes(files))
    .route("/", evidenceFileRoutes(files))
    .route("/", platformFapiaoFileRoutes(files, ownersFromEnvironment))
    .route("/", planFileRoutes(files))
    .route("/", pictureRoutes(files))
    .route("/", publicPictureRoutes(files));

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type FilesApi = ReturnType<typeof routesOf>;

export const handler = traced(handle(createFiles({ doors: doorsFromEnvironment(), files: filesFromEnvironment() })));
