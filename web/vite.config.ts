import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { offlineShell } from "./offline-shell.ts";

const api = process.env.YIHAO_API;
const target = api && /^\d+$/.test(api) ? `http://127.0.0.1:${api}` : (api ?? "http://127.0.0.1:3000");

/** While developing, `/door/…` is the page of displays, as the product serves it. */
const doorPage: Plugin = {
  name: "door-page",
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (request.url?.startsWith("/door/")) request.url = "/door.html";
      next();
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // A fixed style would go into the HTML of its template, where the content security policy forbids it; set from scripts it is allowed.
  plugins: [solid({ solid: { inlineStyles: false } as object }), tailwindcss(), doorPage, offlineShell()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // Chunks are asked for by the route that needs them; a preload helper in the entry would only add weight.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The display at a door is a page of its own: it carries nothing of the app.
      input: {
        index: join(import.meta.dirname, "index.html"),
        door: join(import.meta.dirname, "door.html"),
        // What works without a network: its name never changes, since browsers ask for it by name.
        sw: join(import.meta.dirname, "src/offline/service-worker.ts"),
      },
      output: {
        // The entry names every chunk, so that names are paid for before the first page: a hash tells one from another.
        chunkFileNames: "assets/[hash:8].js",
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "solid", test: /node_modules[\\/](solid-js|@solidjs|@tanstack[\\/](solid-query|query-core))[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target, changeOrigin: false },
      "/sandbox": { target, changeOrigin: false },
      "/outbox": { target, changeOrigin: false },
    },
  },
});
