import { z } from "zod";

/** What waits at the front desk: tickets that nobody has answered, and how many parcels wait, of them for over three days. */
export const CommunityTodoSchema = z.object({
  tickets: z.array(
    z.object({ id: z.string(), title: z.string(), companyName: z.string(), urgent: z.boolean(), at: z.string() }),
  ),
  parcels: z.object({ waiting: z.int(), old: z.int() }),
});
export type CommunityTodo = z.infer<typeof CommunityTodoSchema>;
