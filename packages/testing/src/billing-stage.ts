import { TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { approvalRoutes } from "@yihao/billing/approval-routes";
import { bankRoutes } from "@yihao/billing/bank-routes";
import { billWayRoutes } from "@yihao/billing/bill-way-routes";
import { checkBilling } from "@yihao/billing/check";
import { checkPay, mayOweMoney } from "@yihao/billing/check-pay";
import { collectRoutes } from "@yihao/billing/collect-routes";
import { creditRoutes } from "@yihao/billing/credit-routes";
import { disputeRoutes } from "@yihao/billing/dispute-routes";
import { dunningRoutes } from "@yihao/billing/dunning-routes";
import { fapiaoRoutes } from "@yihao/billing/fapiao-routes";
import { billingRefusals } from "@yihao/billing/model";
import { pdfOf } from "@yihao/billing/paper-pdf";
import { paperRoutes } from "@yihao/billing/paper-routes";
import { payRoutes } from "@yihao/billing/pay-routes";
import { platformFapiaoRoutes } from "@yihao/billing/platform-fapiao-routes";
import { noProvider, type PaymentProvider } from "@yihao/billing/provider";
import { billingReactions } from "@yihao/billing/reactions";
import { reductionRoutes } from "@yihao/billing/reduction-routes";
import { billingRoutes } from "@yihao/billing/routes";
import { simulationRoutes } from "@yihao/billing/simulation-routes";
import { statementRoutes } from "@yihao/billing/statement-routes";
import { tariffRoutes } from "@yihao/billing/tariff-routes";
import { taxRoutes } from "@yihao/billing/tax-routes";
import { createApp, inside } from "@yihao/http/app";
import type { Doors, Membership } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { type CompanyId, newId, type PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { checkLedger } from "@yihao/ledger/check";
import { addCompany } from "@yihao/members/company-actions";
import { rateCardKey, rateCardKind } from "@yihao/pricing/store";
import type { Table, Through } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { happened } from "@yihao/table/event";
import { hearBatch, type Reaction, type StreamRecord } from "@yihao/table/stream";
import { overwrite } from "@yihao/table/write";
import { freshTable, scopeOf, testNow } from "./table.ts";
import { behindWall } from "./wall.ts";

/** A space with its prices and companies, the billing routes in this process, and the stream carried by hand: `settle` lets everything be heard. */
export class BillingStage {
  readonly table: Table;
  readonly people = new Map<string, Membership>();
  readonly #records: StreamRecord[];
  readonly #reactions: readonly Reaction[];
  readonly #app: ReturnType<typeof createApp>;
  now = testNow;

  private constructor(
    table: Table,
    records: StreamRecord[],
    provider: PaymentProvider,
    reactions: readonly Reaction[],
  ) {
    this.table = table;
    this.#records = records;
    this.#reactions = reactions;
    registerRefusals(billingRefusals);
    const doors = doorsOf(this, table);
    const app = createApp(doors);
    app.use("/api/v1/spaces/:space/*", inside(doors));
    app.use("/api/v1/pay/spaces/:space/*", inside(doors));
    app.use("/api/v1/accounts/spaces/:space/*", inside(doors));
    app.route("/api/v1", billingRoutes);
    app.use("/api/v1/papers/spaces/:space/*", inside(doors));
    for (const routes of [
      creditRoutes,
      approvalRoutes,
      bankRoutes,
      dunningRoutes,
      reductionRoutes,
      fapiaoRoutes,
      statementRoutes,
      tariffRoutes,
      simulationRoutes,
      platformFapiaoRoutes,
      billWayRoutes,
      taxRoutes,
      collectRoutes,
      disputeRoutes,
      paperRoutes(pdfOf),
    ])
      app.route("/api/v1", routes);
    app.route("/api/v1", payRoutes({ provider, home: "http://127.0.0.1:3000" }));
    this.#app = app;
    this.people.set("per_owner", { roles: ["owner"], companies: [] });
    this.people.set("per_finance", { roles: ["finance"], companies: [] });
    this.people.set("per_finance2", { roles: ["finance"], companies: [] });
  }

  static async open(
    options: { provider?: PaymentProvider; reactions?: readonly Reaction[]; through?: Through } = {},
  ): Promise<BillingStage> {
    const records: StreamRecord[] = [];
    const watch: Through = async (call, send) => {
      const answer = await (options.through ? options.through(call, send) : send(call));
      if (call instanceof TransactWriteItemsCommand)
        for (const { Put } of call.input.TransactItems ?? [])
          if (Put?.Item) records.push({ eventName: "INSERT", dynamodb: { NewImage: Put.Item } });
      return answer;
    };
    const table = await freshTable({ through: watch });
    const stage = new BillingStage(
      table,
      records,
      options.provider ?? noProvider,
      options.reactions ?? billingReactions,
    );
    const card = {
      currency: "CNY",
      taxIncluded: true as const,
      taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 },
      roomHourMinor: 6000,
      deskDayMinor: 4000,
      binDayMinor: 240,
      pickUnitMinor: 150,
    };
    const scope = stage.scope();
    await commit(scope, [overwrite(rateCardKey(scope), rateCardKind, card)], { answer: null });
    return stage;
  }

  /** A scope of the owner with a fresh command. */
  scope(command?: string): Scope {
    return scopeOf(this.table, { now: this.now, ...(command ? { command } : {}) });
  }

  /** Adds a company and its admin, whose person id is the company's with `per_`. */
  async company(name: string): Promise<CompanyId> {
    const added = await addCompany(this.scope(), { name, kind: "team" });
    if (!added.ok) throw new Error(added.refusal.code);
    const company = added.value.id as CompanyId;
    this.people.set(company.replace("cmp_", "per_"), { roles: [], companies: [{ company, role: "admin" }] });
    return company;
  }

  /** Writes an event as its room would. */
  async happen(type: string, subject: string, data: unknown): Promise<void> {
    const scope = this.scope();
    await commit(scope, [happened(scope, type, subject, data)], { answer: null });
  }

  /** Lets every fact be heard, `times` over, until nothing new is written. Gives how many were heard. */
  async settle(times = 1): Promise<number> {
    let heard = 0;
    const hearing = { table: this.table, reactions: this.#reactions, now: () => this.now };
    for (let part = this.#records.splice(0); part.length > 0; part = this.#records.splice(0)) {
      for (let time = 0; time < times; time += 1)
        for (const record of part) {
          const answer = await hearBatch(hearing, { Records: [record] }, (error) => {
            throw error;
          });
          if (answer.batchItemFailures.length > 0) throw new Error("a record failed");
          heard += 1;
        }
    }
    return heard;
  }

  /** Every identity of bills, payments and books that does not hold: a test ends with none. */
  async faults(): Promise<unknown[]> {
    const items = await allItems(this.table);
    return [...checkBilling(items), ...checkPay(items), ...checkLedger(items, mayOweMoney)];
  }

  /** One request of a person below `/api/v1/spaces/spc_test`; writes get a fresh Idempotency-Key. */
  async ask<T>(
    person: string,
    method: string,
    path: string,
    body?: unknown,
    key = newId("key"),
  ): Promise<{ status: number; body: T }> {
    const answer = await this.raw(person, path, { method, body, key });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  /** The same with the answer as it is. */
  async raw(
    person: string,
    path: string,
    {
      method = "GET",
      body,
      key = newId("key"),
      match,
    }: { method?: string; body?: unknown; key?: string; match?: number } = {},
  ): Promise<Response> {
    const base = /^\/(pay|accounts|papers)\//.test(path) ? "/api/v1" : "/api/v1/spaces/spc_test";
    return this.#app.request(`${base}${path}`, {
      method,
      headers: {
        host: "localhost",
        "x-test-person": person,
        ...(match === undefined ? {} : { "if-match": `"${match}"` }),
        ...(method === "GET" ? {} : { "idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

function doorsOf(stage: BillingStage, table: Table): Doors {
  return {
    table,
    inSpace: (space) => behindWall(table, space),
    now: () => stage.now,
    caller: async (request) => {
      const person = request.headers.get("x-test-person");
      return person ? { person: person as PersonId, email: "a@test.example", name: person } : undefined;
    },
    membership: async (_scope, person) => stage.people.get(person),
  };
}
