// What the checks of the cloud need and everyday work does not: AWS's runtime client, and SST's components as the CLI unpacks them. Both come from the npm registry, once a
// machine; later runs and fresh clones take them from the cache.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const config = (providers) =>
  `export default { app() { return ${JSON.stringify({ name: "yihao", home: "aws", providers })}; }, async run() {} };\n`;

function run(command, args, options) {
  execFileSync(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** The `sst` binary of this machine, which npm installed beside the package. */
function sstBinary() {
  const found = readdirSync(join(root, "node_modules")).find((name) => /^sst-(linux|darwin|win32)-/.test(name));
  if (!found) throw new Error("sst is not installed: run npm install");
  return join(root, "node_modules", found, "bin", process.platform === "win32" ? "sst.exe" : "sst");
}

/** Makes everything ready and tells where it lies: `tools` has node_modules of its own, `platform` are SST's components, also linked to `.sst/platform`. */
export function prepareCloud() {
  const sst = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.sst;
  const lock = readFileSync(join(here, "package-lock.json"));
  const name = createHash("sha256").update(lock).update(sst).update(process.platform).digest("hex").slice(0, 16);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "yihao", `cloud-${name}`);
  if (!existsSync(cache)) {
    console.error("Fetching what the checks of the cloud need, once a machine (a minute) …");
    const fresh = `${cache}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(here, file), join(fresh, file));
    run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: fresh });
    const oven = join(fresh, "node_modules/@oven");
    const bun = join(oven, readdirSync(oven)[0], "bin", process.platform === "win32" ? "bun.exe" : "bun");
    const app = join(fresh, "app");
    mkdirSync(app);
    writeFileSync(join(app, "sst.config.ts"), config({ aws: { version: "7.20.0" } }));
    const env = {
      ...process.env,
      SST_STAGE: "check",
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_TELEMETRY_DISABLED: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      SST_BUN_PATH: bun,
    };
    run(sstBinary(), ["install"], { cwd: app, env });
    renameSync(fresh, cache);
  }
  const platform = join(root, ".sst/platform");
  const version = join(platform, "version");
  if (!existsSync(version) || readFileSync(version, "utf8").trim() !== sst) {
    rmSync(platform, { recursive: true, force: true });
    mkdirSync(dirname(platform), { recursive: true });
    const kept = join(cache, "app/.sst/platform");
    try {
      run("cp", ["-al", kept, platform]);
    } catch {
      rmSync(platform, { recursive: true, force: true });
      run("cp", ["-a", kept, platform]);
    }
  }
  return { tools: cache, platform };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(prepareCloud()));
