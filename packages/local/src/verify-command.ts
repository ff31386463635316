import { parseArgs } from "node:util";
import type { Violation } from "@yihao/ledger/check";
import { homeFolder } from "./home.ts";
import { type Verdict, verifyHome } from "./verify.ts";

const { values } = parseArgs({ options: { home: { type: "string" }, json: { type: "boolean", default: false } } });
const folder = homeFolder(values.home);
const tries = 5;

const line = ({ rule, where, expected, found }: Violation) =>
  `  ${rule}  ${where}\n    expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;

async function settled(): Promise<Verdict> {
  for (let attempt = 1; ; attempt += 1) {
    const verdict = await verifyHome(folder);
    // A running product hears what was just written within a moment; only what stays behind is a fault.
    if (!verdict.running || verdict.behind.length === 0 || attempt === tries) return verdict;
    await new Promise((done) => setTimeout(done, 2000));
  }
}

let verdict: Verdict;
try {
  verdict = await settled();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
const { items, kinds, violations, behind, running } = verdict;
const bad = violations.length + (running ? behind.length : 0);
if (values.json) console.log(JSON.stringify(verdict));
else {
  console.log(
    `${items} items in ${folder}: ${Object.entries(kinds)
      .sort()
      .map(([kind, count]) => `${kind} ${count}`)
      .join(", ")}`,
  );
  if (violations.length > 0)
    console.log(`${violations.length} violations / 不符:\n${violations.slice(0, 50).map(line).join("\n")}`);
  if (behind.length > 0)
    console.log(
      `${behind.length} copies behind what they are copied from${running ? "" : "; the next start hears what is missing"}:\n${behind.slice(0, 20).map(line).join("\n")}`,
    );
  if (bad === 0) console.log("All invariants hold / 全部相符。");
}
process.exit(bad === 0 ? 0 : 1);
