// What must be there before anything of this product can run. Plain JavaScript without imports from npm: it runs on
// Node 20 in a fresh clone.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const modules = join(root, "node_modules");
const windows = process.platform === "win32";

/** Ends with a message for the person at the keyboard. */
export function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function run(command, args, options = {}) {
  const outcome = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  return outcome.error === undefined && outcome.status === 0;
}

/**
 * Installs the npm packages of package-lock.json when they are absent or of another lock file. Not by `npm ci`, which
 * refuses a lock file written where the registry does not offer the binaries of every platform.
 */
export function installPackages() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const marker = join(modules, ".yihao-installed");
  const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  if (read(marker) === wanted) return;
  const stamp = join(modules, ".package-lock.json");
  const newer = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
  if (existsSync(marker) || !newer) {
    console.log("Installing npm packages / 正在安装依赖 …");
    if (!run("npm", ["install"], { shell: windows }))
      fail("npm could not install the packages; its messages are above. Fix what they name and run this again.");
  }
  writeFileSync(
    marker,
    createHash("sha256")
      .update(readFileSync(join(root, "package-lock.json")))
      .digest("hex"),
  );
}

/** Path of Node 24: the one npm installed, or this one if it is new enough. */
export function node24() {
  const own = join(modules, "node", "bin", windows ? "node.exe" : "node");
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  fail(
    "Node 24 is missing: the npm package `node` could not run its install script. Run `npm rebuild node`, or install Node 24.",
  );
}

/** The environment in which `node` and every tool of node_modules is found first. */
export function toolEnvironment() {
  const node = dirname(node24());
  return { ...process.env, PATH: [node, join(modules, ".bin"), process.env.PATH ?? ""].join(delimiter) };
}

/** Runs the given script with Node 24 and ends as it ends; dies with it and it with this process. */
export function continueWith(script, args) {
  const child = spawn(node24(), [script, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // Ctrl-C reaches the child by itself; this process waits for it.
  process.on("SIGINT", () => {});
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** The parent of a process where the system tells (Linux); 0 elsewhere and when the process is gone. */
function parentOf(pid) {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) \S /s, "")
        .split(" ")[0],
    );
  } catch {
    return 0;
  }
}

/** Calls back when the npm that runs this script is gone, killed with -9 say. Between the two there may be a shell. */
export function whenNpmEnds(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

function has(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function javaMajor() {
  const { stderr, stdout, error } = spawnSync("java", ["-version"], { encoding: "utf8" });
  if (error) return 0;
  return Number(/version "(?:1\.)?(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
}

/** The Chromium that tests drive: Debian's one without a window when it is there, since it spares a third of the work. */
export function chromiumPath() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
  return known.find((path) => path && existsSync(path));
}

const needs = {
  java: {
    there: () => javaMajor() >= 17,
    debian: "openjdk-17-jre-headless",
    words: "a Java runtime, version 17 or newer",
  },
  chromium: {
    there: () => chromiumPath() !== undefined,
    debian: "chromium-headless-shell",
    words: "Chromium at /usr/bin/chromium-headless-shell or /usr/bin/chromium",
  },
  fonts: {
    there: () => {
      const { stdout } = spawnSync("fc-list", [":lang=zh-cn", "family"], { encoding: "utf8" });
      return (stdout ?? "").trim() !== "";
    },
    debian: "fonts-noto-cjk",
    words: "a font with Chinese characters",
  },
};

/** Makes sure the named programs are there: as root on Debian it installs them, otherwise it says what to install and ends. */
export function needPrograms(...names) {
  const missing = () => names.map((name) => needs[name]).filter((need) => !need.there());
  const first = missing();
  if (first.length === 0) return;
  const packages = first.map((need) => need.debian);
  if (process.getuid?.() === 0 && has("apt-get", ["--version"])) {
    console.log(`Installing ${packages.join(", ")} / 正在安装系统软件 …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    // fc-list comes with fontconfig, without which the fonts cannot be looked for.
    const more = names.includes("fonts") ? ["fontconfig"] : [];
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages, ...more], { env });
  }
  const still = missing();
  if (still.length === 0) return;
  const list = still.map((need) => `  - ${need.words}`).join("\n");
  const debian = still.map((need) => need.debian).join(" ");
  fail(
    `Yihao needs / 还需要安装:\n${list}\n\nDebian, Ubuntu:  sudo apt-get install ${debian}\nmacOS (Java):    brew install openjdk@17`,
  );
}

function newest(path, skip) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return skip.test(path) ? 0 : stat.mtimeMs;
  let latest = 0;
  for (const name of readdirSync(path)) {
    if (name === "node_modules" || name === "dist") continue;
    latest = Math.max(latest, newest(join(path, name), skip));
  }
  return latest;
}

/** Builds web/dist when a source of it is newer. The rooms' pure files are sources too. Gives whether the build is good. */
export function buildWeb() {
  const built = join(root, "web/dist/index.html");
  const stamp = existsSync(built) ? statSync(built).mtimeMs : 0;
  const skip = /\.test\.tsx?$/;
  const sources = [
    "web/index.html",
    "web/door.html",
    "web/vite.config.ts",
    "web/src",
    "web/public",
    "packages",
    "package-lock.json",
  ];
  if (stamp > Math.max(...sources.map((path) => newest(join(root, path), skip)))) return true;
  console.log("Building web / 正在构建页面 …");
  // Whoever asks, a test runner say: what is built is what is shipped.
  const env = { ...process.env, NODE_ENV: "production" };
  return run(node24(), [join(modules, "vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: join(root, "web"),
    env,
  });
}

/** The version control's short name of this tree, for the first line of a test run; empty outside a clone. */
export function revision() {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}
