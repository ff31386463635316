import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const rooms = [
  "kernel",
  "table",
  "ledger",
  "http",
  "identity",
  "usage",
  "pricing",
  "members",
  "community",
  "booking",
  "warehouse",
  "rfid",
  "devices",
  "pledge",
  "incubation",
  "policy",
  "billing",
  "takeover",
  "merge",
  "insight",
  "hooks",
];

function sources(folder: string): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder)) {
    if (name === "node_modules" || name === "dist") continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found.push(...sources(path));
    else if (/\.(ts|tsx|mjs)$/.test(name)) found.push(path);
  }
  return found;
}

type Import = { readonly file: string; readonly to: string; readonly typeOnly: boolean };
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || file.startsWith("packages/testing/") || file.startsWith("web/test/");

function importsOf(path: string): Import[] {
  const file = relative(root, path);
  const text = readFileSync(path, "utf8");
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^"';]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s+["']([^"']+)["']/g;
  for (const match of text.matchAll(pattern)) {
    const to = match[2] ?? match[3] ?? match[4] ?? "";
    found.push({
      file,
      typeOnly: match[1] !== undefined,
      to: to.startsWith(".") ? relative(root, resolve(dirname(path), to)) : to,
    });
  }
  return found;
}

const folders = ["packages", "functions", "web/src", "infra"].map((folder) => join(root, folder));
const all = folders.flatMap((folder) => sources(folder)).flatMap(importsOf);
const product = all.filter(({ file }) => !isTest(file));
const fileOf = (to: string) => {
  const room = /^@yihao\/([a-z]+)\/(.+)$/.exec(to);
  return room ? `packages/${room[1]}/src/${room[2]}.ts` : to;
};
const roomOf = (path: string) => /^(?:packages\/|@yihao\/)([a-z-]+)\//.exec(path)?.[1];
const told = (imports: Import[]) => imports.map(({ file, to }) => `${file} → ${to}`);

describe("which way things point", () => {
  it("reads the tree: there are imports to check in every room", () => {
    expect(product.length).toBeGreaterThan(300);
  });

  it("a room imports only rooms before it; a later room's model only for its event shapes, in reactions", () => {
    const stray = product.filter(({ file, to }) => {
      const from = roomOf(file);
      const target = roomOf(to);
      if (!from || !target || from === target) return false;
      const [at, on] = [rooms.indexOf(from), rooms.indexOf(target)];
      if (at < 0) return false;
      if (on < 0) return true;
      const reacting = file.endsWith("/reactions.ts") && /\/model(\.ts)?$/.test(to);
      return on > at && !reacting;
    });
    expect(told(stray)).toEqual([]);
  });

  it("what the browser loads of the rooms is pure all the way down: no table, no http, no node", () => {
    const bad: string[] = [];
    const seen = new Set<string>();
    const walk = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { to, typeOnly } of product.filter((one) => one.file === file)) {
        if (typeOnly) continue;
        const target = fileOf(to);
        if (
          /\/(store|actions|routes|reactions)(-[a-z]+)?\.ts$|^packages\/(table|http|local|testing)\/|^@aws-sdk|^node:|^hono/.test(
            target,
          )
        )
          bad.push(`${file} → ${to}`);
        else walk(target);
      }
    };
    for (const { file, to, typeOnly } of product)
      if (file.startsWith("web/") && to.startsWith("@yihao/") && !typeOnly) walk(fileOf(to));
    expect(bad).toEqual([]);
  });

  it("nothing imports web, and only local, testing and tests import functions", () => {
    const stray = product.filter(({ file, to }) => {
      const web = /^(web\/|@yihao\/web)/.test(to) && !file.startsWith("web/");
      const functions = /^(functions\/|@yihao\/functions)/.test(to) && !/^(functions|packages\/local)\//.test(file);
      return (
        web ||
        (functions &&
          !(file === "web/src/client.ts" || (file.startsWith("web/src/features/") && file.endsWith("/data.ts"))))
      );
    });
    expect(told(stray)).toEqual([]);
    const valued = product.filter(
      ({ file, to, typeOnly }) => file.startsWith("web/") && /functions\/|@yihao\/functions/.test(to) && !typeOnly,
    );
    expect(told(valued)).toEqual([]);
  });

  it("no two kinds of items have one name, and no two rooms one partition: a list of one would read the other's", () => {
    const kinds = new Map<string, string[]>();
    const partitions = new Map<string, Set<string>>();
    for (const path of sources(join(root, "packages"))) {
      const file = relative(root, path);
      // Accounts and sessions lie in a table of their own.
      if (isTest(file) || file === "packages/identity/src/rows.ts" || roomOf(file) === "local") continue;
      const text = readFileSync(path, "utf8");
      for (const [, kind = ""] of text.matchAll(/kindOf<.*?>\(\s*"([\w-]+)"/gs))
        kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
      // What is one list for a space, and what is one for each of something in it, are different partitions.
      for (const [, name = "", more = ""] of text.matchAll(/partition\(\s*\w+(?:\(\))?,\s*"([\w-]+)"(,)?/g))
        partitions.set(name + more, (partitions.get(name + more) ?? new Set()).add(roomOf(file) ?? ""));
    }
    expect([kinds.size > 50, partitions.size > 50]).toEqual([true, true]);
    expect([...kinds].filter(([, files]) => files.length > 1)).toEqual([]);
    expect([...partitions].filter(([, of]) => of.size > 1).map(([name, of]) => [name, [...of]])).toEqual([]);
  });

  it("only table speaks to DynamoDB", () => {
    const stray = product.filter(
      ({ file, to }) => /^@aws-sdk\/(client-dynamodb|lib-dynamodb|util-dynamodb)/.test(to) && roomOf(file) !== "table",
    );
    expect(told(stray)).toEqual([]);
  });

  it("only billing speaks to Stripe, and the sandbox that stands in for it", () => {
    const stray = product.filter(
      ({ file, to }) =>
        /^stripe(\/|$)/.test(to) && roomOf(file) !== "billing" && !file.startsWith("packages/local/src/sandbox/"),
    );
    expect(told(stray)).toEqual([]);
  });

  it("web imports no store, action or route of a room, and no table", () => {
    const stray = product.filter(
      ({ file, to }) =>
        file.startsWith("web/") &&
        /@yihao\/[a-z]+\/(store|actions|routes|reactions)|@yihao\/(table|http|local)\//.test(to),
    );
    expect(told(stray)).toEqual([]);
  });

  it("features of web do not import each other, but for set-up, which walks through their forms; ui knows no feature and no room", () => {
    const feature = (path: string) => /^web\/src\/features\/([^/]+)\//.exec(path)?.[1];
    const stray = product.filter(({ file, to }) => {
      const from = feature(file);
      const target = feature(to);
      if (from && target && from !== target && from !== "setup") return true;
      return (
        file.startsWith("web/src/ui/") &&
        (target !== undefined || (to.startsWith("@yihao/") && !to.startsWith("@yihao/kernel/")))
      );
    });
    expect(told(stray)).toEqual([]);
  });

  it("pages ask through web's own query, which never takes a page off the screen while it waits", () => {
    const allowed = /^web\/src\/(query|query\.test|app)\.tsx?$/;
    expect(told(all.filter(({ file, to }) => to === "@tanstack/solid-query" && !allowed.test(file)))).toEqual([]);
  });

  it("what the functions of the API load holds neither better-auth, nor stripe, nor the storage's SDK", () => {
    const bySource = new Map<string, Import[]>();
    for (const one of product) bySource.set(one.file, [...(bySource.get(one.file) ?? []), one]);
    const seen = new Set<string>();
    const bad: string[] = [];
    const walk = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { to, typeOnly } of bySource.get(file) ?? []) {
        if (typeOnly) continue;
        if (/^(better-auth|@better-auth|stripe|@aws-sdk\/client-s3|@aws-sdk\/s3-request-presigner)(\/|$)/.test(to))
          bad.push(`${file} → ${to}`);
        walk(fileOf(to));
      }
    };
    for (const name of ["api", "community", "goods", "bills", "insight", "stuck"]) walk(`functions/${name}.ts`);
    expect(seen.size).toBeGreaterThan(30);
    expect(bad).toEqual([]);
  });
});
