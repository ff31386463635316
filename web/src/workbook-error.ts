export type WorkbookFault = "workbook.large" | "workbook.broken" | "workbook.empty";

/** Why a workbook was not read. */
export class WorkbookError extends Error {
  readonly fault: WorkbookFault;

  constructor(fault: WorkbookFault, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}
