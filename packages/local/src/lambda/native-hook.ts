import { registerHooks } from "node:module";

// `--import` of a function's process: the compiled part of AWS's runtime client is found in `native-client.ts`.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "./rapid-client.node"
      ? { url: new URL("native-client.ts", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
