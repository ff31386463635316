import { actingCompany } from "../../api.ts";

/** For whom is asked: the company that a person acts for, or staff. Part of every key, so that one side never shows what the other read. */
export const side = (): string => actingCompany() ?? "staff";
