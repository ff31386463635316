import type { ImportKind } from "./import-model.ts";
import { packCells } from "./import-packs.ts";
import { type ColumnName, columnsOf, headingOf } from "./import-rows.ts";
import type { BinView, ZoneKind } from "./model.ts";
import type { ProductView } from "./product-model.ts";

type Cells = Partial<Record<ColumnName, string | number | undefined>>;

/** A table with the headings of a template and a row each. */
function tableOf(kind: ImportKind, language: "zh" | "en", rows: readonly Cells[]): (string | number)[][] {
  const names = columnsOf(kind);
  return [
    names.map((name) => headingOf(kind, name, language)),
    ...rows.map((cells) => names.map((name) => cells[name] ?? "")),
  ];
}

const uses: Readonly<Record<ZoneKind, readonly [string, string]>> = {
  pick: ["拣货", "pick"],
  reserve: ["存储", "reserve"],
  quarantine: ["待处理", "quarantine"],
};

/** Bins as a table that can be imported again (库位资料), in the order in which they are walked. */
export function binTable(
  bins: readonly Pick<BinView, "code" | "zone" | "kind" | "sequence" | "size" | "capacity" | "loadGrams" | "lock">[],
  language: "zh" | "en",
): (string | number)[][] {
  const at = language === "zh" ? 0 : 1;
  const row = ({ code, zone, kind, size, capacity, loadGrams, lock }: (typeof bins)[number]): Cells => ({
    ...{ bin: code, zone, zoneKind: uses[kind][at], ...size, capacity, lock },
    loadGrams: loadGrams === undefined ? undefined : loadGrams / 1000,
  });
  return tableOf("bins", language, bins.toSorted((a, b) => a.sequence - b.sequence).map(row));
}

/** What of a product stands in an import's row. */
export type ImportedProduct = Pick<ProductView, "name" | "code" | "unit"> & Partial<ProductView>;

/**
 * Products as a table that can be imported again (商品资料): the headings of the template and a row each, with all its packs.
 */
export function productTable(products: readonly ImportedProduct[], language: "zh" | "en"): (string | number)[][] {
  const at = language === "zh" ? 0 : 1;
  const trackNames = { lot: ["批次", "lot"], serial: ["序列号", "serial"] } as const;
  const row = (one: ImportedProduct): Cells => {
    return {
      ...{ name: one.name, code: one.code, gtin: one.gtin, unit: one.unit, reorderPoint: one.reorderPoint },
      ...{ costMinor: one.costMinor === undefined ? undefined : (one.costMinor / 100).toFixed(2) },
      ...{ ...one.size, weightGrams: one.weightGrams, dated: one.dated ? ["是", "yes"][at] : undefined },
      ...{ track: one.track && trackNames[one.track][at], shelfDays: one.dated ? one.shelfDays : undefined },
      ...packCells(one.packs),
    };
  };
  return tableOf("products", language, products.map(row));
}
