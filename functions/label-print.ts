import { paperFonts } from "@yihao/billing/paper-fonts";
import { unpackWoff } from "@yihao/billing/woff";
import { labelPdf } from "@yihao/warehouse/label-pdf";
import type { PrintLabels } from "@yihao/warehouse/label-routes";

/** The fonts as they are read; unpacked once in the life of a function. */
let fonts: Parameters<typeof labelPdf>[1] | undefined;

/** Draws labels in the fonts of the papers. */
export const printLabels: PrintLabels = (labels, at) => {
  fonts ??= { regular: unpackWoff(paperFonts.regular), strong: unpackWoff(paperFonts.strong) };
  return labelPdf(labels, fonts, at);
};
