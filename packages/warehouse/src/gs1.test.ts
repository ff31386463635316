import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupSeparator, gs1Day, parseGs1 } from "./gs1.ts";
import { type Format, gs1Formats } from "./gs1-table.ts";
import { checkDigit } from "./gtin.ts";
import { codeMatches, readScan } from "./scan.ts";

const gs = groupSeparator;
const said = (code: string, year = 2026) => {
  const read = parseGs1(code, year);
  if (!read.ok) return read.refusal.params;
  const { elements: _elements, ...rest } = read.value;
  return rest;
};

describe("GS1 codes", () => {
  it("are read as printed and as transmitted, with or without a symbology identifier", () => {
    // The example of the General Specifications: GTIN, expiry, lot and serial.
    const goods = { gtin: "09506000134352", expiry: "2014-12-25", lot: "AB-12", serial: "99x" };
    const printed = "(01)09506000134352(17)141225(10)AB-12(21)99x";
    const sent = `010950600013435217141225${"10AB-12"}${gs}2199x`;
    for (const code of [printed, sent, `]C1${sent}`, `]d2${gs}${sent}`, `]Q3${sent}`, `]C1${printed}`])
      expect(said(code)).toEqual(goods);
    expect(said("(00)106141411234567897")).toEqual({ sscc: "106141411234567897" });
    expect(said(`]C10200614141123452${"3724"}${gs}10L(1)`)).toEqual({
      content: "00614141123452",
      count: 24,
      lot: "L(1)",
    });
    expect(said("(3103)001750(01)09506000134352")).toEqual({ gtin: "09506000134352" });
  });

  it("are refused with what is wrong and where", () => {
    const wrong: [string, object][] = [
      ["", { fault: "empty", at: 0 }],
      ["(01)09506000134353", { fault: "check-digit", at: 17, identifier: "01" }],
      ["0109506000134353", { fault: "check-digit", at: 15, identifier: "01" }],
      ["(00)106141411234567890", { fault: "check-digit", identifier: "00" }],
      ["(17)261399", { fault: "date", at: 4, identifier: "17" }],
      ["(17)260230", { fault: "date", identifier: "17" }],
      ["(7003)2602001200", { fault: "date", identifier: "7003" }],
      ["(01)0950600013435", { fault: "length", identifier: "01" }],
      ["(10)123456789012345678901", { fault: "length", at: 24, identifier: "10" }],
      ["(10)", { fault: "length", at: 4, identifier: "10" }],
      ["(10)批号", { fault: "characters", at: 4, identifier: "10" }],
      ["(37)1A", { fault: "characters", at: 5, identifier: "37" }],
      ["(05)123", { fault: "identifier", at: 1, identifier: "05" }],
      ["(10)A(10)B", { fault: "repeated", at: 9, identifier: "10" }],
      ["(01)09506000134352(37)2", { fault: "pair", identifier: "37" }],
      ["(01)09506000134352(02)09506000134352", { fault: "pair", identifier: "02" }],
      // Its separator lost, a lot swallows what follows and is then too long.
      ["010950600013435210ABCDEFGHIJKLMN1726123121", { fault: "length", at: 38, identifier: "10" }],
    ];
    for (const [code, fault] of wrong) expect([code, said(code)]).toMatchObject([code, fault]);
  });

  it("have days: 00 is the month's last, and the century is the nearest one", () => {
    for (const [digits, year, day] of [
      ["260200", 2026, "2026-02-28"],
      ["280200", 2026, "2028-02-29"],
      ["761231", 2026, "2076-12-31"],
      ["771231", 2026, "1977-12-31"],
      ["000101", 2049, "2000-01-01"],
      ["000101", 2050, "2100-01-01"],
      ["990101", 2026, "1999-01-01"],
      ["010101", 1999, "2001-01-01"],
    ] as const)
      expect([digits, year, gs1Day(digits, year, true)]).toEqual([digits, year, day]);
    expect(gs1Day("260200", 2026, false)).toBeUndefined();
    expect(gs1Day("261399", 2026, true)).toBeUndefined();
  });

  const alphabet = { N: "0123456789", X: "AZaz09-./_(%", Y: "#-/09AZ", Z: "azAZ09-_=" };
  const anyValue = ({ components }: Format) =>
    fc
      .tuple(
        ...components.map(({ set, least, most, checks }) => {
          if (checks === "date" || checks === "day-or-none") return fc.constantFrom("260131", "281229", "990228");
          const chars = fc.constantFrom(...alphabet[set]);
          const text = fc.array(chars, { minLength: least, maxLength: most }).map((all) => all.join(""));
          return checks === "digit" ? text.map((all) => all.slice(0, -1) + checkDigit(all.slice(0, -1))) : text;
        }),
      )
      // What comes after a component of varying length could be taken for a part of it.
      .map((parts) => parts.join(""))
      .filter((value) => !/\(\d{2,4}\)/.test(value));
  const element = fc
    .constantFrom(...[...gs1Formats.keys()].filter((one) => !["01", "02", "03", "255", "8006", "235"].includes(one)))
    .chain((identifier) =>
      anyValue(gs1Formats.get(identifier) ?? { predefined: true, components: [] }).map((value) => ({
        identifier,
        value,
      })),
    );
  const message = fc.uniqueArray(element, { minLength: 1, maxLength: 6, selector: ({ identifier }) => identifier });

  it("of any identifiers come back whole in both forms", () => {
    fc.assert(
      fc.property(message, (elements) => {
        const raw = elements
          .map(({ identifier, value }) => identifier + value + (gs1Formats.get(identifier)?.predefined ? "" : gs))
          .join("");
        const printed = elements.map(({ identifier, value }) => `(${identifier})${value}`).join("");
        for (const code of [raw, raw.endsWith(gs) ? raw.slice(0, -1) : raw, `]C1${raw}`, printed]) {
          const read = parseGs1(code, 2026);
          if (!read.ok) throw new Error(`${code}: ${JSON.stringify(read.refusal.params)}`);
          expect(read.value.elements.map(({ identifier, value }) => ({ identifier, value }))).toEqual(elements);
        }
      }),
      { seed: 20261126, numRuns: 400 },
    );
  });

  it("with one digit of a GTIN or SSCC changed are refused", () => {
    const digits = fc.array(fc.constantFrom(..."0123456789"), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(digits, fc.nat(13), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const gtin = body.join("") + checkDigit(body.join(""));
        const bad = gtin.slice(0, at) + ((Number(gtin[at]) + by) % 10) + gtin.slice(at + 1);
        expect(parseGs1(`01${gtin}`, 2026).ok).toBe(true);
        expect(said(`01${bad}`)).toMatchObject({ fault: "check-digit" });
      }),
    );
  });

  it("never throw, whatever was read", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x2fff), { maxLength: 40 }), (codes) => {
        const text = String.fromCharCode(...codes);
        for (const code of [text, `]C1${text}`, `(01)${text}`, `10${text}`])
          expect(typeof readScan(code, 2026).ok).toBe("boolean");
      }),
      { numRuns: 500 },
    );
  });
});

describe("a scan", () => {
  const product = { id: "prd_1", code: "WT-XX", gtin: "036000291452" };

  it("knows a product by its GTIN in any length and carrier, by its own code, and by nothing else", () => {
    for (const code of ["036000291452", "0036000291452", "00036000291452", "wt-xx", "prd_1", "]E00036000291452"])
      expect(codeMatches(code, product)).toBe(true);
    for (const code of ["(01)00036000291452(10)A7", "0100036000291452", `]C10100036000291452${"10A7"}`])
      expect(codeMatches(code, product)).toBe(true);
    for (const code of ["4006381333931", "WT", "", "36000291453", "(01)00036000291453", "(10)WT-XX"])
      expect(codeMatches(code, product)).toBe(false);
  });

  it("of a wedge that spells the separator is read; bins and own codes stay texts", () => {
    for (const spelt of ["<GS>", "{GS}", "␝", gs])
      expect(readScan(`010003600029145210A7${spelt}17270131`, 2026)).toMatchObject({
        ok: true,
        value: { gtin: "00036000291452", lot: "A7", expiry: "2027-01-31" },
      });
    for (const text of ["01-02-03", "010203", "WT-XX", "01000360002914", "WAN-01"])
      expect(readScan(text, 2026)).toEqual({ ok: true, value: { text } });
    expect(readScan("]C00109506000134353", 2026)).toMatchObject({ ok: true });
    expect(readScan("]C10109506000134353", 2026)).toMatchObject({ ok: false });
  });
});
