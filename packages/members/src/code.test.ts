import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLetter, codeFault, plainCode } from "./code.ts";

const known = ["91350100M000100Y43", "914403001922038216", "91110000600037341L", "9144030071526726XG"];
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const seed = Number(process.env.SEED ?? 20261123);

describe("统一社会信用代码", () => {
  it("holds for codes of real companies", () => {
    for (const code of known) expect([code, codeFault(code)]).toEqual([code, undefined]);
  });

  it("is refused with any one letter wrong, at every position", () => {
    for (const code of known)
      for (let at = 0; at < 18; at += 1)
        for (const letter of alphabet) {
          if (letter === code[at]) continue;
          const wrong = code.slice(0, at) + letter + code.slice(at + 1);
          expect(codeFault(wrong), wrong).toBeDefined();
        }
  });

  it("is refused with a letter that GB 32100-2015 leaves out (I, O, S, V, Z), at every position", () => {
    for (const code of known)
      for (let at = 0; at < 18; at += 1)
        for (const letter of "IOSVZ")
          expect(codeFault(code.slice(0, at) + letter + code.slice(at + 1))).toMatchObject({
            rule: "letter",
            position: at + 1,
            found: letter,
          });
  });

  it("is refused with two neighbours swapped", () => {
    for (const code of known)
      for (let at = 0; at < 17; at += 1) {
        const wrong = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        if (wrong !== code) expect(codeFault(wrong), wrong).toBeDefined();
      }
  });

  it("says which position holds a letter that cannot be, and offers 0 for O and 1 for I when that puts it right", () => {
    expect(codeFault("9135O100M000100Y43")).toEqual({
      rule: "letter",
      position: 5,
      found: "O",
      fix: "91350100M000100Y43",
    });
    expect(codeFault("91350100M0001O0Y43")).toMatchObject({ position: 14, fix: "91350100M000100Y43" });
    expect(codeFault("9I440300715267O6XG")).toEqual({ rule: "letter", position: 2, found: "I" });
    expect(codeFault("9I4403001922038216")).toMatchObject({ position: 2, fix: "914403001922038216" });
    expect(codeFault("91350A00M000100Y43")).toEqual({ rule: "letter", position: 6, found: "A" });
  });

  it("says how long a code is that is too short, and where its check fails", () => {
    expect(codeFault("91350100M000100Y4")).toEqual({ rule: "length", length: 17 });
    expect(codeFault("91350100M000100Y44")).toEqual({ rule: "check", position: 18, found: "4" });
    expect(codeFault("91350100M000200Y43")).toEqual({ rule: "check", position: 17, found: "4" });
  });

  it("takes what people paste: full width, small letters, blanks", () => {
    expect(plainCode(" ９１350100 m000100-y43 ")).toBe("91350100M000100Y43");
  });

  it(`has exactly one check letter for any 17 (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 }).map((all) => all.join("")),
        (first) => {
          const fitting = [...alphabet].filter((letter) => checkLetter(first) === letter);
          expect(fitting).toHaveLength(1);
        },
      ),
      { seed },
    );
  });
});
