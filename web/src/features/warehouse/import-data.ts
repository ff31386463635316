import type { BatchAnswer } from "@yihao/warehouse/import-model";
import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { queryClient } from "../../query.ts";
import type { Send } from "./import-run.ts";

const imports = api.spaces[":space"].stock.imports;

/** Sends one batch of an import; its key makes it one command however often it is sent. */
export const sendBatch =
  (space: string): Send =>
  (job, batch, key): Promise<BatchAnswer> => {
    const common = {
      ...(job.company === undefined ? {} : { company: job.company }),
      ...(job.mode === "try" ? { dry: true } : {}),
    };
    const at = { ...common, warehouse: job.warehouse ?? "" };
    const once = job.mode === "try" ? {} : { headers: { "Idempotency-Key": key } };
    const param = { space };
    const rows = [...batch.items] as never[];
    switch (job.kind) {
      case "bins": {
        const dry = job.mode === "try" ? { dry: true } : {};
        return ok(imports.bins.$post({ param, json: { ...dry, warehouse: job.warehouse ?? "", rows } }, once));
      }
      case "products":
        return ok(imports.products.$post({ param, json: { ...common, rows } }, once));
      case "openings":
        return ok(imports.openings.$post({ param, json: { ...at, rows } }, once));
      case "asns":
        return ok(imports.asns.$post({ param, json: { ...at, documents: rows } }, once));
      default:
        return ok(imports.orders.$post({ param, json: { ...common, documents: rows } }, once));
    }
  };

/** What an import changed is read again. */
export const renewGoods = (space: string) => queryClient.invalidateQueries({ queryKey: ["wh", space] });
