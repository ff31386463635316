import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/*
 * Noto Sans SC under the SIL Open Font License 1.1, the cut of simplified Chinese with Latin in it: 8,248 glyphs, 1.6 MB a weight. A bundle carries both inside itself
 * (see infra/bundling.ts); a PDF carries only the glyphs that it uses.
 */
const require = createRequire(import.meta.url);
const read = (weight: 400 | 600): Uint8Array =>
  readFileSync(require.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`));

export const paperFonts = { regular: read(400), strong: read(600) };
