/** Stands in a cell of a table that is merged into another (合并单元格): nobody knows whether what is written there is meant for it too. */
export const mergedCell = "\uFFFC";
