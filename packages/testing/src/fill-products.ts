import { type CompanyId, newId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import type { ProductId } from "@yihao/warehouse/model";
import { productWrites } from "@yihao/warehouse/product-actions";

const mostWrites = 90;

/**
 * So many products of a company, written as adding them writes them but many to a commit: for showing what does not depend on how many there
 * are. `found: "by code"` spares the words of their names, which are most of what is written. Their codes are `P-000000` and on from `first`.
 */
export async function fillProducts(
  scope: Scope,
  wish: {
    readonly company: CompanyId;
    readonly count: number;
    readonly first?: number;
    readonly found?: "by code" | "by any word";
  },
): Promise<ProductId[]> {
  const { company, count, first = 0, found = "by any word" } = wish;
  const products = Array.from({ length: count }, (_, index) => {
    const id = newId("prd").slice(0, 18) as ProductId;
    return {
      id,
      company,
      name: `货品 ${first + index}`,
      code: `P-${String(first + index).padStart(6, "0")}`,
      unit: "件",
    };
  });
  const laid = products.map((product) =>
    productWrites(scope, product, found === "by code" ? [product.code] : undefined),
  );
  const perCommit = Math.max(1, Math.floor(mostWrites / (laid[0]?.length ?? 1)));
  for (let at = 0; at < laid.length; at += perCommit) {
    const quiet = { ...scope, command: { id: "auto:fill", print: "" } };
    await commit(quiet, laid.slice(at, at + perCommit).flat(), { answer: null });
  }
  return products.map(({ id }) => id);
}
