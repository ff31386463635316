// Runs a command of the product (bench, verify, backup …): node run.mjs SCRIPT.ts [arguments], from anywhere.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fail, installPackages, needPrograms, node24, root, toolEnvironment } from "./prepare.mjs";

const [script, ...args] = process.argv.slice(2);
if (!script) fail("node run.mjs SCRIPT.ts [arguments]");
installPackages();
needPrograms("java");
const { status } = spawnSync(node24(), [join(root, script), ...args], { stdio: "inherit", env: toolEnvironment() });
process.exit(status ?? 1);
