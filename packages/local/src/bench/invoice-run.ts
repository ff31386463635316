import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Charge } from "@yihao/billing/model";
import { postCharge } from "@yihao/billing/store";
import { type CompanyId, newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Scope } from "@yihao/kernel/scope";
import { addCompany } from "@yihao/members/company-actions";
import { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { dynamoConfig } from "../dynamo.ts";
import { startProduct } from "../product.ts";
import { verifyItems } from "../verify.ts";
import { Client } from "./client.ts";
import { place } from "./fixtures.ts";
import { ms, spreadOver, timed } from "./measure.ts";
import { foundSpace, signIn } from "./world.ts";

const perCommit = 50;
const width = 8;
type Run = { state: "running" | "done"; total: number; done: number; drawn: number };

/** The product's process and those it started, the database aside, each with the most memory that it had, in megabytes. Nothing where the system does not say. */
function processesOf(pid: number): Map<number, number> {
  const all = new Map<number, { parent: number; name: string; peakMb: number }>();
  if (!existsSync("/proc/self/status")) return new Map();
  for (const one of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const text = statusOf(one);
    const of = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(text)?.[1] ?? "";
    all.set(Number(one), {
      parent: Number(of("PPid")),
      name: of("Name"),
      peakMb: Math.round(Number(of("VmHWM")) / 1024),
    });
  }
  const ours = (id: number): boolean => id === pid || (id > 1 && ours(all.get(id)?.parent ?? 0));
  const found = [...all].filter(([id, { name }]) => name !== "java" && ours(id));
  return new Map(found.map(([id, { peakMb }]) => [id, peakMb]));
}

/** Forgets what processes had at most until now: starting and filling are not what is measured. */
function forgetPeaks(pid: number): void {
  for (const id of processesOf(pid).keys())
    try {
      writeFileSync(`/proc/${id}/clear_refs`, "5");
    } catch {
      // It has just ended, or the system does not let us: then the peak is that of its whole life.
    }
}

/** A process's status; nothing of one that has just ended. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/** A scope of a space's owner for laying down what a bench begins with. */
export function scopeIn(table: Table, space: string): Scope {
  return {
    space: space as SpaceId,
    actor: { kind: "person", person: "per_bench" as PersonId },
    now: new Date().toISOString(),
    command: { id: `auto:${crypto.randomUUID()}`, print: "" },
    meter: { read: 0, write: 0 },
    table,
  };
}

const services = [
  { service: "pick", stream: "handling", per: "unit", unitMinor: 150 },
  { service: "storage", stream: "storage", per: "bin-day", unitMinor: 240 },
  { service: "room", stream: "room", per: "hour", unitMinor: 6000 },
] as const;

/** A charge of some service, by its place. */
export function chargeOf(company: CompanyId, day: string, index: number): Charge {
  const of = services[index % services.length] ?? services[0];
  const quantity = 60;
  const amountMinor = of.per === "hour" ? of.unitMinor : of.unitMinor * quantity;
  return {
    ...{
      id: newId("chg").slice(0, 20) as Charge["id"],
      company,
      day,
      month: day.slice(0, 7),
      ...of,
      quantity,
      amountMinor,
    },
    ...{ taxBasis: 600, taxMinor: taxWithin(amountMinor, 600), at: new Date().toISOString() },
    source: { kind: "handling", document: `ord_${index}` },
  };
}

/**
 * A month's run over so many companies with so many charges: the charges are laid down many to a commit and heard by all reactions first, then the run is asked for over HTTP and watched until it is done.
 * Units are all that the product's functions wrote for it; memory is the most that one of its processes had meanwhile.
 */
export async function invoiceRun(companies = 1000, charges = 20_000) {
  const home = await mkdtemp(join(tmpdir(), "yihao-invoices-"));
  const product = await startProduct({ home, lambda: true, env: { YIHAO_LOG: "all", YIHAO_RATE_PER_MINUTE: "off" } });
  const table = new Table({ name: "yihao", config: dynamoConfig(product.dynamo.endpoint, product.dynamo.accessKeyId) });
  try {
    const operator = await signIn(new Client(product.url), table, "bench@yihao.example", "Bench");
    const space = await foundSpace(operator);
    const base = `/api/v1/spaces/${space}`;
    const { company: first } = await place({ operator, base }, 1);
    const ids: CompanyId[] = [first as CompanyId];
    await spreadOver(companies - 1, width, async (index) => {
      const made = await addCompany(scopeIn(table, space), { name: `测量企业 ${index}`, kind: "company" });
      if (!made.ok) throw new Error(made.refusal.code);
      ids.push(made.value.id as CompanyId);
    });
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await spreadOver(Math.ceil(charges / perCommit), width, async (at) => {
      const many = Math.min(perCommit, charges - at * perCommit);
      const scope = scopeIn(table, space);
      const writes = Array.from({ length: many }, (_, index) => {
        const place = at * perCommit + index;
        return postCharge(scope, chargeOf(ids[place % ids.length] as CompanyId, day, place));
      });
      await commit(scope, writes, { answer: null });
    });
    await product.drained();
    const month = day.slice(0, 7);
    const from = product.errors().length;
    forgetPeaks(product.pid);
    const progress = new Set<number>();
    const run = await timed(async () => {
      await operator.command<Run>(`${base}/invoices/run`, { month });
      for (;;) {
        const seen = await operator.json<Run>("GET", `${base}/invoices/run/${month}`);
        progress.add(seen.done);
        if (seen.state === "done") return seen;
        await new Promise((done) => setTimeout(done, 250));
      }
    });
    await product.drained();
    const written = product
      .errors()
      .slice(from)
      .split("\n")
      .reduce((sum, line) => sum + Number(/"WriteUnits":([\d.]+)/.exec(line)?.[1] ?? 0), 0);
    const peaks = [...processesOf(product.pid).values()];
    const peakMb = peaks.length > 0 ? Math.max(...peaks) : null;
    operator.close();
    const items = await allItems(table);
    const left = items.filter((item) => item.k === "chg" && String(item.pk).endsWith("#opn")).length;
    return {
      companies,
      charges,
      seconds: ms(run.ms / 1000),
      writeUnitsPerInvoice: Math.round((written / Math.max(1, run.value.drawn)) * 10) / 10,
      peakMb,
      drawn: run.value.drawn,
      notBilled: left,
      progressSeen: progress.size,
      violations: verifyItems(items).violations.length,
    };
  } finally {
    table.close();
    await product.stop();
    await rm(home, { recursive: true, force: true });
  }
}
