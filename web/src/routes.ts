import type { Component } from "solid-js";
import type { Needs } from "./rights.ts";

/** One page of a feature: a path pattern of the router and a page that is loaded when it is first opened. */
export interface FeatureRoute {
  readonly path: string;
  /** `lazy(() => import("./some-page.tsx"))`; the page module has a default export. */
  readonly component: Component;
  /** Who of a space's staff the page is for; all of them without. The frame tells the others so, and no list leads them there. */
  readonly needs?: Needs;
  readonly children?: readonly FeatureRoute[];
}

/** What `features/<name>/routes.tsx` exports as `routes`. */
export type FeatureRoutes = readonly FeatureRoute[];

const found = import.meta.glob<{ routes: FeatureRoutes }>("./features/*/routes.tsx", { eager: true });

/** The pages of all features. A feature is added by adding its folder; there is no list to edit. */
export const routes: FeatureRoutes = Object.values(found).flatMap((feature) => feature.routes);

const needed = new Map(routes.map(({ path, needs }) => [path.replace(/\/:[^/]+\?$/, ""), needs]));

/** Who the page of an address like `/s/<space>/settings/keys` is for. */
export const needsOf = (href: string): Needs | undefined => needed.get(href.replace(/^\/s\/[^/]+/, "/s/:space"));
