import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { check } from "@yihao/table/write";
import { companyForChange } from "./company-actions.ts";
import type { MembersRefusal } from "./model.ts";
import { companyKey } from "./store.ts";

/**
 * Has what is known of the people of a company that left erased before its time, as they ask for it (个人信息保护法 第四十七条). The timer that would have done
 * it in time does it now.
 */
export async function eraseEarly(scope: Scope, id: CompanyId): Promise<Outcome<null, "missing" | MembersRefusal>> {
  const company = await companyForChange(scope, id);
  if (!company) return refuse("missing");
  if (company.state !== "left" || !company.exit) return refuse("company.not-left");
  if (company.erasedAt) return refuse("company.erased");
  const { on } = company.exit;
  const outcome = await commit(
    scope,
    [
      check(companyKey(scope, id), [["state", "=", "left"]], "company"),
      dueAt(scope, scope.now, "members.erase", id, { on, asked: true }),
      happened(scope, "company.erase-asked", id, { company: id }),
    ],
    { answer: null },
  );
  return outcome.done ? accept(null) : refuse("company.not-left");
}
