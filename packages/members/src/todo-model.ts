import { z } from "zod";

/** What waits to be done for members: applications to answer, visits of the day and those nobody followed up, agreements that end, companies that leave. */
export const MembersTodoSchema = z.object({
  leads: z.array(z.object({ id: z.string(), name: z.string(), at: z.string() })),
  tours: z.array(z.object({ id: z.string(), name: z.string(), at: z.string(), guideName: z.string().optional() })),
  agreements: z.array(z.object({ id: z.string(), company: z.string(), title: z.string(), until: z.string() })),
  exits: z.array(z.object({ company: z.string(), on: z.string(), what: z.enum(["leaving", "goods"]) })),
});
export type MembersTodo = z.infer<typeof MembersTodoSchema>;
