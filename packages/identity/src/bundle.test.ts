import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const rooms = resolve(import.meta.dirname, "../..");

function sourceOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith(".")) return join(dirname(from), specifier);
  const [, room, file] = /^@yihao\/([a-z]+)\/(.+)$/.exec(specifier) ?? [];
  return room ? join(rooms, room, "src", `${file}.ts`) : undefined;
}

/** Everything a file imports, itself and through our own files. */
function imports(file: string, seen = new Set<string>(), outside = new Set<string>()): Set<string> {
  if (seen.has(file)) return outside;
  seen.add(file);
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const source = sourceOf(specifier, file);
    if (source) imports(source, seen, outside);
    else outside.add(specifier);
  }
  return outside;
}

const here = (file: string) => join(import.meta.dirname, file);

test.each(["routes.ts", "key-actions.ts", "me-routes.ts", "session.ts", "reactions.ts", "store.ts", "mail.ts"])(
  "the API, which imports %s, has nothing of better-auth in its bundle",
  (file) => {
    const outside = [...imports(here(file))];
    expect(outside.filter((one) => one.startsWith("better-auth") || one.startsWith("@better-auth"))).toEqual([]);
  },
);

test("the walk does find better-auth where it is", () => {
  expect([...imports(here("auth.ts"))]).toContain("better-auth");
});

test.each(["model.ts", "password.ts", "rights.ts", "lockout.ts", "invitation.ts", "recovery.ts", "api-key.ts"])(
  "the browser may import %s: no table, no server",
  (file) => {
    const outside = [...imports(here(file))];
    expect(outside.filter((one) => one !== "zod" && one !== "temporal-polyfill")).toEqual([]);
  },
);
