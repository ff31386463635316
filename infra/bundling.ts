import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { BuildOptions, Plugin } from "esbuild";

/** A plugin that puts other contents where a library keeps what a function of ours does not need. */
function instead(name: string, filter: RegExp, contents: string | ((path: string) => string)): Plugin {
  const made = (path: string) => (typeof contents === "string" ? contents : contents(path));
  return { name, setup: (build) => build.onLoad({ filter }, ({ path }) => ({ contents: made(path), loader: "js" })) };
}

/** zod carries its messages in 50 languages, which nobody reads: problems tell codes, and web has the sentences. English stays for logs. */
const oneLanguage = instead(
  "zod-one-language",
  /zod[\\/]v4[\\/]locales[\\/]index\.(js|mjs)$/,
  `export { default as en } from "./en.js";`,
);

/** zod can also make schemas of JSON Schema and compile them to source text, neither of which is called here; both come whole with its namespace. */
const noReaderOfJsonSchema = instead(
  "zod-without-from-json-schema",
  /zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/,
  `export const fromJSONSchema = undefined;`,
);
const noCompiler = instead(
  "zod-without-compiler",
  /zod[\\/]v4[\\/]core[\\/]compile\.js$/,
  `export const INVALID = Symbol.for("zod.compile.invalid");
  export class ZodCompileAsyncError extends Error {}
  export class ZodCompileUnsupportedError extends Error {}
  export const compile = undefined, withParser = undefined, compileFn = undefined;`,
);

/**
 * Lambda puts a function's credentials into its environment. The SDK would carry clients of SSO, STS and sign-in besides, which
 * find them on people's machines.
 */
const credentialsOfEnvironment = instead(
  "credentials-of-environment",
  /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
  `export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";`,
);

/** No call of ours answers with a stream of events; the SDK's reader of them comes only behind a dynamic import that is never reached. */
const noEventStreams = instead(
  "sdk-without-event-streams",
  /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/,
  `export const EventStreamSerde = undefined, eventStreamSerdeProvider = undefined;
  export const resolveEventStreamSerdeConfig = (config) => config;`,
);

/** Routes are described by a function of their own; to all others a route is what it checks and does. */
const noDocuments = instead(
  "without-openapi-documents",
  /@asteasolutions[\\/]zod-to-openapi[\\/]dist[\\/]index\.(mjs|cjs)$/,
  `export class OpenAPIRegistry {
    definitions = [];
    registerPath() {}
  }
  export const OpenApiGeneratorV3 = undefined, OpenApiGeneratorV31 = undefined, getOpenApiMetadata = undefined;
  export function extendZodWithOpenApi(zod) {
    zod.ZodType.prototype.openapi = function () { return this; };
  }`,
);
/** So is what writes a schema as JSON Schema, which every kind of schema carries with it. */
const noWriterOfJsonSchema = instead(
  "zod-without-to-json-schema",
  /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema|json-schema-generator)\.js$/,
  (path) => {
    const named = readFileSync(path, "utf8").matchAll(
      /^export (?:const|function|class) (\w+)|^export \{ \w+ as (\w+)/gm,
    );
    const names = [...named].map(([, own, renamed]) => own ?? renamed);
    const made = names.map((name) =>
      name?.startsWith("create") ? `export const ${name} = () => undefined;` : `export { none as ${name} };`,
    );
    return `const none = undefined;${made.join("")}`;
  },
);

/**
 * The table of pinyin by the number of each character's reading instead of by readings: half as large when packed. It is made a table of readings again
 * when a function is loaded, in a few milliseconds.
 */
const packedPinyin = instead("packed-pinyin", /kernel[\\/]src[\\/]pinyin-table\.ts$/, (path) => {
  const table = readFileSync(path, "utf8");
  const textOf = (name: string) => new RegExp(`^export const ${name} = \`\n([^\`]*)\n\`;$`, "m").exec(table)?.[1] ?? "";
  const lines = textOf("usual").split("\n");
  const numbers = new Uint16Array(0x10000);
  for (const [number, line] of lines.entries())
    for (const character of line.split(" ")[1] ?? "") numbers[character.charCodeAt(0)] = number + 1;
  const bytes = Buffer.concat([
    Buffer.from(numbers.map((one) => one >> 8)),
    Buffer.from(numbers.map((one) => one & 255)),
  ]);
  const packed = (data: Buffer | string) => JSON.stringify(deflateRawSync(data, { level: 9 }).toString("base64"));
  return `import { inflateRawSync } from "node:zlib";
  const unpacked = (text) => inflateRawSync(Buffer.from(text, "base64"));
  const bytes = unpacked(${packed(bytes)});
  const lines = ${JSON.stringify(lines.map((line) => line.split(" ")[0]).join(" "))}.split(" ").map((reading) => reading + " ");
  for (let code = 0; code < 65536; code += 1) {
    const number = bytes[code] * 256 + bytes[code + 65536];
    if (number > 0) lines[number - 1] += String.fromCharCode(code);
  }
  export const usual = lines.join("\\n");
  export const words = unpacked(${packed(textOf("words"))}).toString();`;
});

/** Fonts of printed papers are read from their package's files; in a bundle they lie inside it. */
const fontsInside = instead("fonts-inside", /billing[\\/]src[\\/]paper-fonts\.ts$/, () => {
  const fonts = join(dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc/package.json")), "files");
  const read = (weight: number) =>
    readFileSync(join(fonts, `noto-sans-sc-chinese-simplified-${weight}-normal.woff`)).toString("base64");
  return `const read = (text) => Buffer.from(text, "base64");
  export const paperFonts = { regular: read("${read(400)}"), strong: read("${read(600)}") };`;
});

/**
 * The SDK of X-Ray, on which the tracer stands, can also take samples, patch modules and ask what machine it is on. On Lambda none of that is reached: AWS takes the samples, and we
 * draw what is asked of DynamoDB ourselves.
 */
const tracesOfLambda = instead(
  "traces-of-lambda-alone",
  /aws-xray-sdk-core[\\/]dist[\\/]lib[\\/](patchers|database|middleware[\\/]sampling|middleware[\\/]incoming_request_data|segments[\\/]plugins|segments[\\/]attributes[\\/]aws)([\\/]\w+)?\.js$/,
  "module.exports = {};",
);
/** It keeps the part it is at by following every promise of the process. A copy of a function has one call at a time, so that one place is enough. */
const oneCallAtATime = instead(
  "traces-of-one-call",
  /cls-hooked[\\/]context\.js$/,
  `const kept = {};
  const one = { get: (name) => kept[name], set: (name, value) => (kept[name] = value), createContext: () => kept, enter() {}, exit() {} };
  module.exports = { getNamespace: () => one, createNamespace: () => one, destroyNamespace() {} };`,
);

const bundling: BuildOptions = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // Han characters as themselves: escaped they are twice as long.
  charset: "utf8",
  mainFields: ["module", "main"],
  banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
};

const always = [
  noEventStreams,
  oneLanguage,
  noReaderOfJsonSchema,
  noCompiler,
  credentialsOfEnvironment,
  packedPinyin,
  fontsInside,
  tracesOfLambda,
  oneCallAtATime,
];

/** How a function is bundled for Lambda: one ES module for Node 24 with everything inside. */
export function bundlingOf(name: string): BuildOptions {
  const plugins = name === "docs" ? always : [...always, noDocuments, noWriterOfJsonSchema];
  return { ...bundling, plugins };
}
