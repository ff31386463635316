import { PersonIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { CompanyIdSchema } from "@yihao/members/model";
import { z } from "zod";

export const TicketIdSchema = z.templateLiteral(["tik_", z.string()]).refine((text) => isId("tik", text));
export type TicketId = z.infer<typeof TicketIdSchema>;
/** What help is asked for: a repair (报修), network (网络), cleaning (保洁), keys and doors (门禁), a bill (账单), anything else. */
export const ticketKinds = ["repair", "network", "cleaning", "access", "bill", "other"] as const;
export type TicketKind = (typeof ticketKinds)[number];
/** Where a ticket stands: not looked at, in work, waiting for the company or a supplier, solved and waiting to be contradicted, closed. */
export const ticketStates = ["open", "working", "waiting", "solved", "closed"] as const;
export type TicketState = (typeof ticketStates)[number];
/** States in which somebody still has something to do. */
export const activeStates = ["open", "working", "waiting"] as const satisfies readonly TicketState[];
export const ticketPriorities = ["urgent", "normal", "low"] as const;
export type TicketPriority = (typeof ticketPriorities)[number];
export type Side = "staff" | "company";

const text = (most: number) => z.string().trim().max(most);
const line = (most: number) => text(most).regex(/^[^\p{Cc}\u2028\u2029]*$/u);

/** What is asked and where it is: one item, below 4 kB. Opening, answering and solving are instants. */
export const TicketSchema = z.object({
  id: TicketIdSchema,
  company: CompanyIdSchema,
  /** What the company was called when it was opened. */
  companyName: z.string(),
  kind: z.enum(ticketKinds),
  title: z.string(),
  text: z.string(),
  place: z.string().optional(),
  priority: z.enum(ticketPriorities),
  state: z.enum(ticketStates),
  /** Since when it stands there. */
  since: z.string(),
  by: z.string(),
  byName: z.string(),
  /** Staff wrote it down for the company. */
  forCompany: z.boolean().optional(),
  at: z.string(),
  /** The local month of opening, in whose figures it counts. */
  month: z.string(),
  respondedAt: z.string().optional(),
  solvedAt: z.string().optional(),
  assignee: PersonIdSchema.optional(),
  assigneeName: z.string().optional(),
  replies: z.int(),
  lastReply: z.enum(["staff", "company"]).optional(),
});
export type Ticket = z.infer<typeof TicketSchema>;
/** A ticket as its reader may see it: a company learns nothing of who of the staff works on it. */
export const TicketViewSchema = TicketSchema.extend({ rev: z.int() });
export type TicketView = z.infer<typeof TicketViewSchema>;
/** A ticket as lists show it. */
export const TicketRowSchema = TicketSchema.omit({ text: true, by: true, forCompany: true, month: true });
export type TicketRow = z.infer<typeof TicketRowSchema>;

/** A ticket to open (报修 / 求助). Staff name the company they write it down for. */
export const NewTicketSchema = z.strictObject({
  company: CompanyIdSchema.optional(),
  kind: z.enum(ticketKinds),
  title: line(80).min(1),
  text: text(2000).default(""),
  place: line(60).optional(),
  priority: z.enum(ticketPriorities).default("normal"),
});
export type NewTicket = z.infer<typeof NewTicketSchema>;
/** What staff may put right: whose it is, how much it presses, what and where it is. */
export const TicketChangeSchema = z.strictObject({
  kind: z.enum(ticketKinds),
  title: line(80).min(1),
  place: line(60).optional(),
  priority: z.enum(ticketPriorities),
  assignee: PersonIdSchema.optional(),
});
export type TicketChange = z.infer<typeof TicketChangeSchema>;
export const TicketMoveSchema = z.strictObject({ state: z.enum(ticketStates) });
/** A reply to the other side; with `waiting` staff say that it is the company's turn. */
export const NewReplySchema = z.strictObject({ text: text(2000).min(1), waiting: z.boolean().optional() });
export type NewReply = z.infer<typeof NewReplySchema>;
export const NewNoteSchema = z.strictObject({ text: text(2000).min(1) });

/** A word on a ticket. To a company, staff are the space: neither who nor a name. */
export const EntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  from: z.enum(["staff", "company"]),
  by: z.string(),
  byName: z.string(),
  text: z.string(),
  /** Only staff read it (内部备注). */
  internal: z.boolean().optional(),
});
export type Entry = z.infer<typeof EntrySchema>;

/** How fast tickets of a month were answered and solved, counted in the month they were opened; sums of whole minutes. */
export const FiguresSchema = z.object({
  month: z.string(),
  opened: z.int(),
  responded: z.int(),
  responseMinutes: z.int(),
  solved: z.int(),
  solvingMinutes: z.int(),
});
export type Figures = z.infer<typeof FiguresSchema>;

/** For so many days a solved ticket may be contradicted before it closes by itself, and a company may take up a closed one again. */
export const contradictDays = 7;
export const reopenDays = 30;

/** `ticket.opened`, `ticket.changed`, `ticket.moved`, `ticket.replied`, on the ticket's timeline; a note tells that there was one, never its text. */
export const TicketToldSchema = z.object({ ticket: TicketIdSchema, company: CompanyIdSchema });
export type TicketTold = z.infer<typeof TicketToldSchema>;
