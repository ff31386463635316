import { listMail, type Mail } from "@yihao/identity/mail";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { type TestCaller, testApi } from "./api.ts";
import { placePerson } from "./booking-world.ts";
import { freshTable, platformOf, scopeOf, testNow } from "./table.ts";

export type CommunityWorld = {
  readonly table: Table;
  readonly space: SpaceId;
  readonly company: CompanyId;
  readonly other: CompanyId;
  /** The owner, the front desk, an admin and a member of the first company, an admin of the other. */
  readonly owner: TestCaller;
  readonly desk: TestCaller;
  readonly admin: TestCaller;
  readonly member: TestCaller;
  readonly neighbour: TestCaller;
  /** The clock of the API: it never gives the same instant twice. */
  readonly now: () => string;
  readonly pass: (ms: number) => void;
  readonly letters: (person: string) => Promise<Mail[]>;
};

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };

/** A space with a front desk and two companies, on a table of its own. */
export async function communityWorld(): Promise<CommunityWorld> {
  const table = await freshTable();
  let ticks = Date.parse(testNow);
  const now = () => new Date(ticks++).toISOString();
  const { as } = testApi(table, { now, log: (entry) => entry.error && console.error(entry.error) });
  const person = (name: string) => as(`per_${name}` as PersonId);
  const owner = person("owner");
  const space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const add = async (name: string) =>
    (await owner.command<{ id: CompanyId }>(`/spaces/${space}/companies`, { name, kind: "team" })).id;
  const [company, other] = [await add("晚汀香氛"), await add("邻座科技")];
  const place = (name: string, of: CompanyId, called: string, role: "admin" | "member") =>
    placePerson(scopeOf(table, { space }), `per_${name}` as PersonId, {
      companies: [{ company: of, name: called, role }],
    });
  await placePerson(scopeOf(table, { space }), "per_desk" as PersonId, { roles: ["frontdesk"] });
  await place("admin", company, "晚汀香氛", "admin");
  await place("member", company, "晚汀香氛", "member");
  await place("neighbour", other, "邻座科技", "admin");
  return {
    ...{ table, space, company, other, owner, now },
    ...{ desk: person("desk"), admin: person("admin"), member: person("member"), neighbour: person("neighbour") },
    pass: (ms) => {
      ticks += ms;
    },
    letters: async (name) => {
      const found: Mail[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listMail(platformOf(table), cursor);
        found.push(...page.items.filter(({ to }) => to === `per_${name}@test.example`));
        if (!page.next) return found;
        cursor = page.next;
      }
    },
  };
}
