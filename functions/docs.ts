import { dayPassRoutes, guestPayRoutes } from "@yihao/billing/guest-pay-routes";
import { paperRoutes } from "@yihao/billing/paper-routes";
import { payRoutes } from "@yihao/billing/pay-routes";
import { noProvider } from "@yihao/billing/provider";
import { receiptRoutes } from "@yihao/billing/receipt-routes";
import { guestRoutes } from "@yihao/booking/guest-routes";
import { createApp, open } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { hashOfStyle } from "@yihao/http/inline-style";
import { openApiDocument, openApiPage, openApiStyle } from "@yihao/http/openapi";
import { takeoverRoutes } from "@yihao/takeover/routes";
import { labelRoutes } from "@yihao/warehouse/label-routes";
import { handle } from "hono/aws-lambda";
import { accountRoutes } from "./bills.ts";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { doorRoutes } from "./doors.ts";
import { traced } from "./tracing.ts";
import { createApi } from "./whole-api.ts";

/** The page of the API's documents: its own styles and nothing else. */
const docsPolicy = `default-src 'none'; style-src ${hashOfStyle(openApiStyle)}; base-uri 'none'; frame-ancestors 'none'`;

/** Papers are described here and printed elsewhere. */
const prints = () => Promise.reject(new Error("the docs function prints nothing"));

/** Payments are described here and asked for elsewhere. */
const pays = { home: "", provider: noProvider };

/** The docs function: `/api/v1/openapi.json` and `/api/v1/docs`, apart from the API because what describes schemas is a tenth of its bundle. */
export function createDocs(doors: Doors) {
  const described = createApi(doors);
  described.route("/api/v1", doorRoutes);
  described.route("/api/v1", takeoverRoutes);
  described.route("/api/v1", accountRoutes);
  described.route("/api/v1", paperRoutes(prints)).route("/api/v1", receiptRoutes(prints));
  described.route("/api/v1", labelRoutes(prints));
  described.route("/api/v1", payRoutes(pays));
  described.route("/api/v1", dayPassRoutes);
  described.route("/api/v1", guestRoutes);
  described.route("/api/v1", guestPayRoutes(pays));
  const app = createApp(doors);
  for (const path of ["/api/v1/openapi.json", "/api/v1/docs"]) app.use(path, open(doors));
  let document: ReturnType<typeof openApiDocument> | undefined;
  const written = () => {
    document ??= openApiDocument(described, "Yihao 壹号");
    return document;
  };
  app.get("/api/v1/openapi.json", (c) => c.json(written()));
  app.get("/api/v1/docs", (c) => c.html(openApiPage(written()), 200, { "content-security-policy": docsPolicy }));
  return app;
}

export const handler = traced(handle(createDocs(doorsFromEnvironment())));
