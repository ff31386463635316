import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "s/spc_1",
  "/s/../..//evil.example",
  "",
  ["/s/spc_1"],
  undefined,
])("a way back that leads elsewhere is not followed: %j", (path) => {
  expect(safePath(path)).toBeUndefined();
});

test.each(["/s/spc_1/today", "/s/spc_1/people?tab=a#b", "/account", "/join/0123"])(
  "a way back in the app is: %s",
  (path) => {
    expect(safePath(path)).toBe(path);
  },
);
