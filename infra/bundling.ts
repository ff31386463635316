import type { BuildOptions, Plugin } from "esbuild";

/** zod carries its messages in 50 languages, which nobody reads: problems tell codes, and web has the sentences. English stays for logs. */
const oneLanguage: Plugin = {
  name: "zod-one-language",
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.(js|mjs)$/ }, () => ({
      contents: `export { default as en } from "./en.js";`,
      loader: "js",
    }));
  },
};

/** How a function is bundled for Lambda: one ES module for Node 24 with everything inside. */
export const bundling: BuildOptions = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  format: "esm",
  mainFields: ["module", "main"],
  banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
  plugins: [oneLanguage],
};
