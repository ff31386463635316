import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { DaySchema, EntryChangeSchema, ExitSchema } from "./model.ts";

export const ExitIdSchema = z.templateLiteral(["ext_", z.string()]).refine((text) => isId("ext", text));
export type ExitId = z.infer<typeof ExitIdSchema>;
const text = (most: number) => z.string().trim().max(most);

/**
 * What must be settled before a company leaves (退驻清单). The first five read themselves: goods in store (库存), what it owes and what is not billed
 * yet (欠款), money of its that is held (押金与预收), agreements and plan that run on. The others are ticked by hand: keys, door cards, borrowed
 * equipment, and its registered address moved out (注册地址迁出).
 */
export const selfItems = ["goods", "debts", "deposit", "agreements", "plan"] as const;
export const handItems = ["keys", "access", "equipment", "address"] as const;
export const exitItems = [...selfItems, ...handItems] as const;
export const ExitItemSchema = z.enum(exitItems);
export type ExitItem = z.infer<typeof ExitItemSchema>;

/** Goods and money as the rooms that keep them told, and when. */
const GoodsSchema = z.object({ units: z.int(), products: z.int(), at: z.string() });
const DebtsSchema = z.object({
  owedMinor: z.int(),
  unbilledMinor: z.int(),
  creditMinor: z.int(),
  depositMinor: z.int(),
  at: z.string(),
});
/** An item that somebody ticked, or waived with a reason. */
export const MarkSchema = z.object({
  how: z.enum(["done", "waived"]),
  at: z.string(),
  by: z.string(),
  byName: z.string(),
  note: z.string().optional(),
});
export type Mark = z.infer<typeof MarkSchema>;

/** A company's exit list. One a company: the next exit takes its place. */
export const ExitListSchema = ExitSchema.extend({
  id: ExitIdSchema,
  company: CompanyIdSchema,
  state: z.enum(["open", "done", "stopped"]),
  at: z.string(),
  /** How often goods and debts were asked for. */
  ask: z.int(),
  goods: GoodsSchema.optional(),
  debts: DebtsSchema.optional(),
  /** Which question each was the answer to. */
  goodsAsk: z.int().optional(),
  debtsAsk: z.int().optional(),
  /** Absent until the first: the stream's stand-in tells a new item with an empty map in a form that cannot be read. */
  marks: z.partialRecord(ExitItemSchema, MarkSchema).optional(),
  /** The day from which goods that were left behind count as abandoned (弃货), and when they did. */
  abandonOn: DaySchema.optional(),
  abandonedAt: z.string().optional(),
}).strip();
export type ExitList = z.infer<typeof ExitListSchema>;

/** An item as it stands: `clear` by itself, `done` by hand, `waived` with a reason, `open`, or `waiting` for an answer. */
export const ExitLineSchema = z.object({
  item: ExitItemSchema,
  state: z.enum(["clear", "done", "waived", "open", "waiting"]),
  self: z.boolean(),
  count: z.int().optional(),
  minor: z.int().optional(),
  mark: MarkSchema.optional(),
});
export type ExitLine = z.infer<typeof ExitLineSchema>;
export const ExitViewSchema = ExitListSchema.extend({ rev: z.int(), lines: z.array(ExitLineSchema) });
export type ExitView = z.infer<typeof ExitViewSchema>;

export const ExitMarkSchema = z.strictObject({
  how: z.enum(["done", "waived", "open"]),
  note: text(200).optional(),
});
export type ExitMark = z.infer<typeof ExitMarkSchema>;

/** A company that is to leave, or whose goods count as abandoned, in the list of a space by day. */
export const ExitRowSchema = z.object({
  company: CompanyIdSchema,
  on: DaySchema,
  what: z.enum(["leaving", "goods"]),
  reason: z.string(),
});
export type ExitRow = z.infer<typeof ExitRowSchema>;

export { EntryChangeSchema as ReturnSchema };

/**
 * How long goods that were left behind wait for their owner (弃货期限), and how long what was said of people is kept after a company left (资料保留). Three
 * years is the limitation of claims (民法典 第一百八十八条); bills and the ledger stay as long as the law of accounts asks (会计档案管理办法 第十四条).
 */
export const ExitSettingsSchema = z.strictObject({
  goodsDays: z.int().min(30).max(1095),
  retentionDays: z.int().min(30).max(3650),
});
export type ExitSettings = z.infer<typeof ExitSettingsSchema>;
export const usualExitSettings: ExitSettings = { goodsDays: 90, retentionDays: 1095 };

/** Days before goods count as abandoned on which their owner is written to; besides the day it left. */
export const abandonReminders: readonly number[] = [30, 7];

/** `exit.asked`, on the list's own timeline: whoever keeps goods or money of the company answers with `exit.goods` and `exit.debts`. */
export const ExitAskedSchema = z.object({ company: CompanyIdSchema, exit: ExitIdSchema, ask: z.int() });
export type ExitAsked = z.infer<typeof ExitAskedSchema>;
/** `exit.goods`, answered by the warehouse. */
export const ExitGoodsSchema = ExitAskedSchema.extend({ units: z.int(), products: z.int() });
export type ExitGoods = z.infer<typeof ExitGoodsSchema>;
/** `exit.debts`, answered by billing: open bills, charges on no final bill, money paid ahead, deposit held. */
export const ExitDebtsSchema = ExitAskedSchema.extend({
  owedMinor: z.int(),
  unbilledMinor: z.int(),
  creditMinor: z.int(),
  depositMinor: z.int(),
});
export type ExitDebts = z.infer<typeof ExitDebtsSchema>;
/** `company.left`, on the company's timeline: its last day, why, and what was left behind or waived. */
export const CompanyLeftSchema = z.object({
  company: CompanyIdSchema,
  on: DaySchema,
  reason: z.string(),
  waived: z.array(ExitItemSchema),
  goods: z.int(),
});
/** `goods.abandoned`, on the company's timeline: its goods may be disposed of. */
export const GoodsAbandonedSchema = z.object({ company: CompanyIdSchema, exit: ExitIdSchema, units: z.int() });
/** `company.erased`, on the company's timeline: nothing of its people is known any more. */
export const CompanyErasedSchema = z.object({ company: CompanyIdSchema });
