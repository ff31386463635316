import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin, Rolldown } from "vite";

/** Pages that open without a network, by their module: all others say that they need it. */
const opens = /\/src\/(features\/warehouse\/hand-[\w-]+|frame\/(hand-frame|sign-out-dialog)|needs-network)\.tsx$/;
/** What reads barcodes is a megabyte: it is kept by phones that have no reader of their own, see `warm` of the service worker. */
const heavy = /\/src\/ui\/barcode-reader\.ts$|zxing|barcode-detector/;

type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } };

/** Writes into the service worker which files make the shell, and a version that changes with any of them. */
export function offlineShell(): Plugin {
  const statics = join(import.meta.dirname, "public");
  return {
    name: "offline-shell",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = new Map(
          Object.values(bundle).flatMap((one) => (one.type === "chunk" ? [[one.fileName, one as Chunk]] : [])),
        );
        const worker = chunks.get("sw.js");
        const index = Object.values(bundle).find((one) => one.fileName === "index.html");
        if (!worker || index?.type !== "asset") this.error("the service worker or the page is not in the bundle");
        const files = new Set<string>();
        const take = (name: string) => {
          const chunk = chunks.get(name);
          if (!chunk || files.has(name)) return;
          files.add(name);
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
          for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset);
          for (const other of chunk.imports) take(other);
        };
        for (const [name, chunk] of chunks) {
          const from = chunk.facadeModuleId ?? "";
          if (from.endsWith("/index.html") || opens.test(from)) take(name);
        }
        const reader = [...chunks.values()].filter(({ facadeModuleId }) => heavy.test(facadeModuleId ?? ""));
        const extra = new Set<string>();
        for (const chunk of reader) {
          if (!files.has(chunk.fileName)) extra.add(chunk.fileName);
          for (const other of chunk.imports) if (!files.has(other)) extra.add(other);
        }
        for (const one of Object.values(bundle)) if (one.fileName.endsWith(".wasm")) extra.add(one.fileName);
        const hash = createHash("sha256").update(String(index.source)).update(worker.code);
        for (const name of [...files].sort()) hash.update(name);
        const fixed = readdirSync(statics).filter((name) => name !== "sw.js");
        for (const name of fixed) hash.update(readFileSync(join(statics, name)));
        const shell = {
          version: hash.digest("hex").slice(0, 12),
          files: ["/index.html", ...fixed.map((name) => `/${name}`), ...[...files].sort().map((name) => `/${name}`)],
          reader: [...extra].sort().map((name) => `/${name}`),
        };
        worker.code = worker.code.replace("__SHELL__", () => JSON.stringify(shell));
      },
    },
  };
}
