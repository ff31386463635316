import type { VisitorView } from "@yihao/booking/visitor-model";
import type { StatusName } from "../../ui/status.tsx";

/** The status of the vocabulary for a visit. */
export const statusOf = ({ state }: Pick<VisitorView, "state">): StatusName =>
  (({ expected: "due", here: "in", left: "done", cancelled: "closed" }) as const)[state];

/** Whether a visit is found by what was typed: its guest, where they come from, their phone, whom they visit, its code. */
export function matches(visitor: VisitorView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const { guest, companyName, hostName, code } = visitor;
  return [guest?.name, guest?.from, guest?.phone, companyName, hostName, code, code.replace("-", "")].some((one) =>
    one?.toLowerCase().includes(wanted),
  );
}
