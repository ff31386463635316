// `npm start` and `npm run dev`: brings a fresh clone to where Node 24 can take over, then starts the product.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildWeb, continueWith, fail, installPackages, needPrograms, root, whenNpmEnds } from "./prepare.mjs";

const args = process.argv.slice(2);
installPackages();
if (Number(process.versions.node.split(".")[0]) < 24) {
  whenNpmEnds(() => process.exit(1));
  continueWith(join(root, "packages/local/bin/start.mjs"), args);
} else {
  needPrograms("java");
  const dev = args.includes("--dev");
  if (!dev && !buildWeb()) fail("The web pages could not be built; vite's messages are above.");
  const file = dev ? "packages/local/src/dev.ts" : "packages/local/src/main.ts";
  const { main } = await import(pathToFileURL(join(root, file)).href);
  whenNpmEnds(() => process.kill(process.pid, "SIGTERM"));
  await main(args.filter((arg) => arg !== "--dev"));
}
