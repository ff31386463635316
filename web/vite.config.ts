import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

const api = process.env.YIHAO_API;
const target = api && /^\d+$/.test(api) ? `http://127.0.0.1:${api}` : (api ?? "http://127.0.0.1:3000");

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // Chunks are asked for by the route that needs them; a preload helper in the entry would only add weight.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
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
