import type { Api } from "@yihao/functions/api";
import { hc } from "hono/client";
import { apiBase, apiFetch } from "./api.ts";

/** The typed client of the API, the one way in which features ask it. */
export const api = hc<Api>(apiBase, { fetch: apiFetch });
