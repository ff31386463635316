// `node infra/bundle.ts`: bundles every function into `.sst/bundles/<name>/index.mjs`, from where the app takes them.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { bundlingOf } from "./bundling.ts";
import { type FunctionName, functionNames } from "./functions.ts";

const root = resolve(import.meta.dirname, "..");
/** Where the app takes the bundles from. */
export const bundlesFolder = join(root, ".sst/bundles");

/** Bundles every function of the table, each into a folder of its own: what they share is read once. */
export async function bundleAll(folder = bundlesFolder): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const together = (names: readonly FunctionName[]) =>
    build({
      ...bundlingOf(names[0] ?? ""),
      entryPoints: names.map((name) => ({ in: join(root, "functions", `${name}.ts`), out: `${name}/index` })),
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      logLevel: "error",
    });
  await together(functionNames.filter((name) => name !== "docs"));
  await together(["docs"]);
  for (const name of functionNames) writeFileSync(join(folder, name, "package.json"), `{ "type": "module" }\n`);
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.test\.ts$/.test(path) ? 0 : stat.mtimeMs;
  const inner = readdirSync(path).filter((name) => name !== "node_modules" && name !== "dist");
  return Math.max(0, ...inner.map((name) => newest(join(path, name))));
}

/** The folder of the bundles, made again when a source of theirs is newer. */
export async function freshBundles(): Promise<string> {
  const stamp = join(bundlesFolder, ".made");
  const sources = ["functions", "packages", "infra/bundling.ts", "infra/functions.ts", "package-lock.json"];
  const changed = Math.max(...sources.map((path) => newest(join(root, path))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > changed) return bundlesFolder;
  mkdirSync(bundlesFolder, { recursive: true });
  await bundleAll();
  writeFileSync(stamp, "");
  return bundlesFolder;
}

if (import.meta.main) await bundleAll();
