import { Navigate, useParams } from "@solidjs/router";
import { lazy } from "solid-js";
import type { FeatureRoutes } from "../../routes.ts";

/** The first of the community pages. */
function ToTickets() {
  const params = useParams<{ space: string }>();
  return <Navigate href={`/s/${params.space}/community/tickets`} />;
}

// With what is open as an optional part a list keeps its tab, its page and its place while one is opened beside it.
export const routes: FeatureRoutes = [
  { path: "/s/:space/community", component: ToTickets },
  { path: "/s/:space/community/tickets/:ticket?", component: lazy(() => import("./tickets-page.tsx")) },
  { path: "/s/:space/community/parcels/:parcel?", component: lazy(() => import("./parcels-page.tsx")) },
  { path: "/s/:space/community/notices/:announcement?", component: lazy(() => import("./notices-page.tsx")) },
  { path: "/s/:space/community/directory", component: lazy(() => import("./directory-page.tsx")) },
  { path: "/s/:space/wh/parcels", needs: "community.parcels", component: lazy(() => import("./register-page.tsx")) },
  { path: "/s/:space/my/tickets/:ticket?", component: lazy(() => import("./my-tickets-page.tsx")) },
  { path: "/s/:space/my/parcels", component: lazy(() => import("./my-parcels-page.tsx")) },
  { path: "/s/:space/my/notices/:announcement?", component: lazy(() => import("./my-notices-page.tsx")) },
  { path: "/s/:space/my/directory", component: lazy(() => import("./my-directory-page.tsx")) },
];
