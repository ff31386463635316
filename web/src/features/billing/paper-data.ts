import type { InvoiceId } from "@yihao/billing/model";
import { papers } from "../../client.ts";
import { lang } from "../../i18n.ts";
import { saveBlob } from "../../save.ts";

const bill$ = papers.spaces[":space"].invoices[":invoice"];
/** The language that papers are printed in: the screen's. */
export const paperLanguage = () => (lang() === "en" ? ("en" as const) : ("zh" as const));

/** Hands out a bill as a PDF, in the language of the screen. */
export async function savePaper(space: string, { id, number = "" }: { id: InvoiceId; number?: string | undefined }) {
  const answer = await bill$.$get({ param: { space, invoice: id }, query: { language: paperLanguage() } });
  saveBlob(`${number}.pdf`, await answer.blob());
}

/** Hands out a credit note as a PDF. */
export async function saveCreditPaper(space: string, invoice: InvoiceId, credit: string) {
  const answer = await bill$.credits[":credit"].$get({
    param: { space, invoice, credit },
    query: { language: paperLanguage() },
  });
  saveBlob(`${credit}.pdf`, await answer.blob());
}
