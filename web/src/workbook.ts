import { mergedCell } from "@yihao/kernel/sheet";
import { unzipSync } from "fflate";
import writeWorkbook from "write-excel-file/universal";
import { type Cell, csvTextOf } from "./csv.ts";
import { rowsOfFile } from "./sheet-rows.ts";
import { WorkbookError } from "./workbook-error.ts";

/** A workbook is a ZIP archive: so many files and so many bytes at most once unpacked, so that a small file cannot fill the memory. */
const filesMost = 500;
const bytesMost = 40_000_000;

/** Looks at an archive's list without unpacking anything. */
function weigh(bytes: Uint8Array): void {
  let [files, size] = [0, 0];
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        files += 1;
        size += originalSize;
        return false;
      },
    });
  } catch (error) {
    throw new WorkbookError("workbook.broken", error);
  }
  if (files > filesMost || size > bytesMost) throw new WorkbookError("workbook.large");
}

/**
 * The first sheet of an Excel workbook (.xlsx) that is not hidden as CSV text: days as 2026-11-23, formulas as what they last gave, empty rows left out. Throws WorkbookError when it is no
 * workbook, has nothing in it, or is larger than 40 MB unpacked.
 */
export async function csvOfWorkbook(file: ArrayBuffer): Promise<string> {
  weigh(new Uint8Array(file));
  const texts: string[][] = [];
  for await (const { cells } of rowsOfFile(new Blob([file]), ".xlsx")) {
    const shown = cells.map((cell) => (cell === mergedCell ? "" : cell));
    if (shown.some((cell) => cell !== "")) texts.push(shown);
  }
  if (texts.length === 0) throw new WorkbookError("workbook.empty");
  return csvTextOf(texts);
}

/** Rows as an Excel workbook, the first one its head. Text is written as text, so nothing of it is ever run as a formula; what is empty is no cell. */
export async function workbookOf(rows: readonly (readonly Cell[])[]): Promise<Blob> {
  const cells = rows.map((row, index) =>
    row.map((value) =>
      value === ""
        ? null
        : {
            value,
            type: typeof value === "number" ? Number : String,
            ...(index === 0 ? { fontWeight: "bold" as const } : {}),
          },
    ),
  );
  return await writeWorkbook(cells as never, { stickyRowsCount: 1 }).toBlob();
}
