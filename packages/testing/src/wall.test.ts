import { describe, expect, it } from "vitest";
import { wallStatements } from "../../../infra/tenant-wall.ts";
import { allowsCall } from "./wall.ts";

const wall = wallStatements("arn");
const read = (space: string | undefined, ...leadingKeys: string[]) =>
  allowsCall(wall, { action: "dynamodb:BatchGetItem", leadingKeys }, space);
const write = (space: string | undefined, ...leadingKeys: string[]) =>
  allowsCall(wall, { action: "dynamodb:PutItem", leadingKeys }, space);

describe("the wall between spaces in IAM", () => {
  it("opens the partitions of the session's space", () => {
    expect([read("spc_ab", "spc_ab#people"), write("spc_ab", "spc_ab#log#bok_1", "spc_ab#cmd#x")]).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    "spc_abc#people",
    "spc_a#people",
    "spc_AB#people",
    "spc_ab",
    "xspc_ab#people",
    "spc_a?#people",
    "spc_ab\u0000#people",
    "*",
  ])("shuts out a look-alike: %s", (key) => {
    expect([read("spc_ab", key), write("spc_ab", key)]).toEqual([false, false]);
  });

  it("shuts a batch or transaction out when one of its keys is another's", () => {
    expect([
      read("spc_ab", "spc_ab#people", "spc_abc#people"),
      write("spc_ab", "spc_ab#log#x", "spc_cd#log#x"),
    ]).toEqual([false, false]);
  });

  it("lets timers, letters and links be written with what they belong to, and nobody's letters, links or places be read", () => {
    expect(write("spc_ab", "spc_ab#log#x", "platform#due#2026-11-23T02#1", "platform#mail")).toBe(true);
    for (const key of [
      "platform#mail",
      "platform#link#x",
      "platform#me#per_a",
      "platform#due#2026-11-23T02#1",
      "platform#row#user",
    ])
      expect([key, read("spc_ab", key)]).toEqual([key, false]);
    for (const key of ["platform#out#per_a", "platform#swept", "platform#mailx", "platform#row#user"])
      expect([key, write("spc_ab", key)]).toEqual([key, false]);
  });

  it("lets a session without a tag, a scan, and any action it does not name nowhere", () => {
    expect([read(undefined, "spc_ab#people"), write(undefined, "#x"), read("spc_ab")]).toEqual([false, false, false]);
    for (const action of ["dynamodb:Scan", "dynamodb:DeleteTable", "dynamodb:PartiQLSelect"])
      expect(allowsCall(wall, { action, leadingKeys: ["spc_ab#x"] }, "spc_ab")).toBe(false);
  });
});
