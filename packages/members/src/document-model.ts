import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { AgreementIdSchema } from "./model.ts";

export const DocumentIdSchema = z.templateLiteral(["doc_", z.string()]).refine((text) => isId("doc", text));
export type DocumentId = z.infer<typeof DocumentIdSchema>;
/** What a document is about: a business licence (营业执照), an identity paper, an agreement, a business plan, a picture, other. */
export const documentTopics = ["license", "identity", "agreement", "plan", "picture", "other"] as const;
const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((name) => [...name].every((char) => char >= " " && !'/\\:*?"<>|'.includes(char)));

/** A document of a company (文件). It is `waiting` until its bytes have come and are what was said; `visible` ones its own people see. */
export const DocumentSchema = z.object({
  id: DocumentIdSchema,
  company: CompanyIdSchema,
  /** The company below which its bytes lie, when that is one that was merged into this. */
  home: CompanyIdSchema.optional(),
  name: NameSchema,
  type: z.string(),
  bytes: z.int(),
  topic: z.enum(documentTopics),
  agreement: AgreementIdSchema.optional(),
  visible: z.boolean(),
  /** The company itself put it there. */
  own: z.boolean(),
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  state: z.enum(["waiting", "ready"]),
});
export type Document = z.infer<typeof DocumentSchema>;
export const DocumentViewSchema = DocumentSchema.extend({ rev: z.int() });
export type DocumentView = z.infer<typeof DocumentViewSchema>;

/** A file that somebody wants to put: its name, type and size are checked before a link is given, and again when its bytes have come. */
export const NewDocumentSchema = z.strictObject({
  name: NameSchema,
  type: z.string().max(120),
  bytes: z.int().min(0).max(1_000_000_000),
  topic: z.enum(documentTopics),
  agreement: AgreementIdSchema.optional(),
  visible: z.boolean().default(false),
});
export type NewDocument = z.infer<typeof NewDocumentSchema>;
export const DocumentChangeSchema = z.strictObject({
  name: NameSchema,
  topic: z.enum(documentTopics),
  visible: z.boolean(),
});
export type DocumentChange = z.infer<typeof DocumentChangeSchema>;
/** Where to put the bytes: a link that works for minutes, and the headers to send. */
export const UploadSchema = z.object({
  document: DocumentViewSchema,
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});

/** How many documents a company may have. */
export const documentsMost = 300;
/** A file whose bytes did not come for this long is forgotten. */
export const waitMinutes = 60;

/** `document.added`, `document.changed`, `document.removed`: on the company's timeline. */
export const DocumentToldSchema = z.object({
  company: CompanyIdSchema,
  document: DocumentIdSchema,
  name: z.string(),
  topic: z.enum(documentTopics),
  /** Whether the company's own people see it. */
  visible: z.boolean(),
  before: z.record(z.string(), z.string()).optional(),
  after: z.record(z.string(), z.string()).optional(),
});
export type DocumentTold = z.infer<typeof DocumentToldSchema>;
