/** Whether a product is to be ordered again (低库存): free to be promised is at or below its reorder point. */
export function isLow(free: number, reorderPoint: number | undefined): boolean {
  return reorderPoint !== undefined && free <= reorderPoint;
}

/** What crossing the reorder point means for a product that was, or was not, told to be low before. */
export function crossing(toldLow: boolean, low: boolean): "fell" | "rose" | "still" {
  return toldLow === low ? "still" : low ? "fell" : "rose";
}
