import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { cleanGtin, gtinFault } from "./gtin.ts";
import type { Packaging } from "./packaging.ts";

/**
 * Packs in one cell of a table (其他包装): name, units and, where it bears one, GTIN, parted by colons; packs are parted by semicolons: `内盒:6;箱:12:16970001284567`. A semicolon within a name stands behind a
 * backslash.
 */
export const packsText = (packs: readonly Packaging[]): string =>
  packs
    .map(({ name, units, gtin }) =>
      [name.replaceAll(/[\\;；]/g, "\\$&"), units, ...(gtin === undefined ? [] : [gtin])].join(":"),
    )
    .join(";");

/** Packs as a cell tells them. Refused: `packs.unreadable`, or the fault of a GTIN. */
export function readPacks(text: string): Outcome<Packaging[]> {
  const packs: Packaging[] = [];
  for (const part of text.normalize("NFKC").match(/(?:\\.|[^\\;\n])+/g) ?? []) {
    if (part.trim() === "") continue;
    const [, written = "", units = "", code] =
      /^(.+?)\s*:\s*(\d{1,6})\s*(?::\s*([\d\s-]{8,20}))?$/.exec(part.trim()) ?? [];
    const name = written.replaceAll(/\\(.)/g, "$1").trim();
    if (name === "" || name.length > 12 || Number(units) < 2 || Number(units) > 100_000)
      return refuse("packs.unreadable", { part });
    const gtin = code === undefined ? undefined : cleanGtin(code);
    const fault = gtin === undefined ? undefined : gtinFault(gtin);
    if (fault) return refuse(fault, { part });
    packs.push({ name, units: Number(units), ...(gtin === undefined ? {} : { gtin }) });
  }
  return packs.length === 0 ? refuse("packs.unreadable", { part: text }) : accept(packs);
}

/** What a pallet's pack is called when a table brings it in. */
export const palletName = "托";

type Cells = {
  readonly caseName?: unknown;
  readonly caseUnits?: unknown;
  readonly caseGtin?: unknown;
  readonly palletUnits?: unknown;
  readonly packs?: unknown;
};

/** The packs of a row: a case by its name, else 箱, a pallet, and the others; undefined when it tells of none. */
export function packsOf({ caseName, caseUnits, caseGtin, palletUnits, packs: others }: Cells): Packaging[] | undefined {
  const more = others === undefined ? undefined : readPacks(String(others));
  const packs: Packaging[] = [];
  if (caseUnits !== undefined) {
    const gtin = caseGtin === undefined || caseGtin === "" ? {} : { gtin: String(caseGtin) };
    packs.push({ name: String(caseName ?? "箱"), units: Number(caseUnits), ...gtin });
  }
  if (palletUnits !== undefined) packs.push({ name: palletName, units: Number(palletUnits) });
  if (more?.ok) packs.push(...more.value);
  return packs.length === 0 ? undefined : packs;
}

/** Packs of a product as columns of a table: the smallest is the case and 托 without a GTIN the pallet; all others stand in one cell. */
export function packCells(packs: readonly Packaging[] = []) {
  const pallet = packs.find(({ name, gtin }) => name === palletName && gtin === undefined);
  const [box, ...others] = packs.filter((one) => one !== pallet).sort((a, b) => a.units - b.units);
  return {
    ...{ caseName: box?.name, caseUnits: box?.units, caseGtin: box?.gtin, palletUnits: pallet?.units },
    packs: others.length === 0 ? undefined : packsText(others),
  };
}
