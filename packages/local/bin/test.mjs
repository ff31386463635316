// `npm test`: everything this product is checked by. `--fast` leaves out the browser and whatever takes more than seconds; `--cloud` is what runs on AWS, as far as it can be
// tried without (`npm run test:cloud`). The last line is the total.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWeb, installPackages, needPrograms, node24, revision, root, toolEnvironment } from "./prepare.mjs";

const fast = process.argv.includes("--fast");
const cloud = process.argv.includes("--cloud");
const started = performance.now();
const reports = mkdtempSync(join(quickFolder(), "yihao-test-"));
const totals = { passed: 0, failed: 0 };

console.log(`Yihao ${revision()}: ${cloud ? "what runs on AWS" : fast ? "the quick round" : "all tests"}`);
installPackages();
needPrograms("java", ...(fast ? [] : ["chromium", "fonts"]));
const env = {
  ...toolEnvironment(),
  TMPDIR: reports,
  // A run of minutes does not earn back what Java's second compiler costs.
  JAVA_TOOL_OPTIONS: "-XX:TieredStopAtLevel=1",
  ...(fast || cloud ? {} : { YIHAO_TEST_BESIDE: "1" }),
  ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
};

/** Where the homes of tests lie: in memory when there is room for them, since what tests write need not outlive them and a disk's flush is most of a small write's time. */
function quickFolder() {
  try {
    const memory = "/dev/shm";
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < 4e9) return tmpdir();
    rmSync(mkdtempSync(join(memory, "yihao-try-")), { recursive: true });
    return memory;
  } catch {
    return tmpdir();
  }
}

const bin = (path) => join(root, "node_modules", path);

const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Runs a program with Node 24, or behind `before` when it is to see less of this machine. */
function execute(args, live, { before = [], more = {} } = {}) {
  const [command, ...rest] = [...before, node24(), ...args];
  return new Promise((done) => {
    const child = spawn(command, rest, { cwd: root, env: { ...env, ...more }, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    const take = (chunk) => (live ? process.stdout.write(chunk) : chunks.push(chunk));
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("close", (code) => done({ code: code ?? 1, text: Buffer.concat(chunks).toString() }));
  });
}

function heading(title) {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 70 - title.length))}`);
}

function conclude(title, good, from, text = "") {
  if (text.trim() !== "") console.log(text.trimEnd());
  console.log(`${good ? "ok" : "FAILED"}: ${title}, ${seconds(from)}`);
}

/** A step that is right or wrong as a whole; a wrong one counts as one failure. */
async function step(title, args) {
  const from = performance.now();
  const { code, text } = await execute(args, false);
  heading(title);
  conclude(title, code === 0, from, text);
  if (code !== 0) totals.failed += 1;
}

/** A vitest project: its tests are counted from its own report, and a file that could not even load counts as failed. */
async function project(name, live, ...more) {
  await vitest(
    `${name} tests`,
    live,
    [name, ...more].flatMap((one) => ["--project", one]),
  );
}

async function vitest(title, live, chosen, within) {
  const from = performance.now();
  const report = join(reports, `${title}.json`);
  if (live) heading(title);
  const { code, text } = await execute(
    [
      bin("vitest/vitest.mjs"),
      "run",
      ...chosen,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    live,
    within,
  );
  if (!live) heading(title);
  const result = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined;
  const broken = (result?.testResults ?? []).filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  let failed = (result?.numFailedTests ?? 0) + broken.length;
  if (code !== 0 && failed === 0) failed = 1;
  totals.passed += result?.numPassedTests ?? 0;
  totals.failed += failed;
  conclude(title, failed === 0, from, text);
}

/**
 * How to run something without any network but this machine's own loopback, and so without AWS, whatever it tries: in a network namespace of its own (Linux). Undefined where the
 * system does not permit one.
 */
function withoutNetwork() {
  const before = ["unshare", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"]), "--net"];
  const start = [...before, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  const [command, ...rest] = start;
  const { status } = spawnSync(command, [...rest, "true"], { stdio: "ignore" });
  return status === 0 ? { before: start, more: { YIHAO_TEST_OFFLINE: "1" } } : undefined;
}

async function cloudRound() {
  const { prepareCloud } = await import("../../../infra/tools/prepare.mjs");
  prepareCloud();
  const within = withoutNetwork();
  const title = within ? "cloud tests, without a network" : "cloud tests";
  if (!within)
    console.log(
      "This system gives no network namespace (unshare --net, ip): the tests of the cloud run WITH the network here, and that they need none is not shown.",
    );
  await Promise.all([
    step("types: the app on AWS", typecheck("infra/app/tsconfig.json")),
    step("types: foundation, and what checks both", typecheck("infra/tsconfig.json")),
    vitest(title, true, ["--project", "cloud"], within),
  ]);
  // The main journey of people through pages, with every function as Lambda runs it.
  const journey = ["--project", "browser", "web/test/journey.browser.test.ts"];
  await vitest("journey with functions under AWS's runtime client", true, journey, {
    more: { YIHAO_TEST_LAMBDA: "1" },
  });
}

// One checker each: more of them work out the same types again, on cores that the tests need.
const typecheck = (config) => [bin("typescript/bin/tsc"), "--noEmit", "--checkers", "1", "-p", config];
async function everydayRound() {
  let built = false;
  if (!fast) {
    const from = performance.now();
    heading("web build");
    built = buildWeb();
    conclude("web build", built, from);
    if (!built) totals.failed += 1;
  }
  const checks = [
    step("types: packages and functions", typecheck("tsconfig.json")),
    step("types: web", typecheck("web/tsconfig.json")),
    step("lint", [bin("@biomejs/biome/bin/biome"), "check", "."]),
  ];
  const rounds = fast
    ? [project("unit", false)]
    : // Pages mostly wait, for what they ask and for what is drawn: the other rounds work meanwhile.
      [project("unit", false, "slow").then(() => project("long", false)), built && project("browser", true)];
  await Promise.all([...checks, ...rounds]);
}

await (cloud ? cloudRound() : everydayRound());
rmSync(reports, { recursive: true, force: true });

console.log(`\n${seconds(started)} in all`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
