/**
 * Application identifiers and their formats, from GS1's Barcode Syntax Dictionary (github.com/gs1/gs1-syntax-dictionary, read in
 * 2026-11, release "UNSET"). `*` marks those of predefined length, which need no separator (General Specifications §7.8.5); `N`, `X`, `Y`, `Z` are
 * digits, character sets 82, 39 and 64; `c` a check digit, `D` a date, `d` one whose day may be 00; brackets may be left out.
 */
const formats: Readonly<Record<string, string>> = {
  "*N18c": "00",
  "*N14c": "01 02 03",
  "*N6d": "11-13 15-17",
  "*N2": "20",
  "*N13c": "410-417",
  "X..20": "10 21 22 243 254 420 4318 7020-7022 710-717 7240 8002 8012",
  "X..28": "235",
  "X..30": "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90",
  "N..6": "242",
  "N13c X..17?": "253",
  "N13c N..12?": "255",
  "N..8": "30 37",
  "N..15": "3900-3909 3920-3929",
  "N3 N..15": "3910-3919 3930-3939",
  N4: "3940-3943 8111",
  N6: "3950-3955 8005",
  N17c: "402",
  "N3 X..9": "421",
  N3: "422 424 426",
  "N3 N3? N3? N3? N3?": "423 425",
  "X..3": "427 7008",
  "X..35": "4300 4301 4310 4311 4320",
  "X..70": "4302-4306 4312-4316 7257 8110 8112 8200",
  X2: "4307 4317",
  "N10 N10": "4309",
  N1: "4321-4323 7252",
  "N6d N4": "4324 4325",
  N6D: "4326 7006",
  "N6 X1?": "4330-4333",
  N13: "7001",
  "N6D N4": "7003",
  "N..4": "7004",
  "X..12": "7005",
  "N6D N6D?": "7007",
  "X..10": "7009 7255",
  "X..2": "7010",
  "N6D N4?": "7011",
  "N3 X..27": "7030-7039",
  "N1 X1 X1 X1": "7040",
  "X..4": "7041",
  "X2 X..28": "7230-7239",
  N2: "7241",
  "X..25": "7242 8013 8014 8020",
  N8: "7250",
  "N8 N4": "7251",
  "X..40": "7253 7254 7259",
  "X..90": "7256 91-99",
  X3: "7258",
  "N4 N5 N3 N1 N1": "8001",
  "N1 N13c X..16?": "8003",
  "N14c N4": "8006 8026",
  "X..34": "8007",
  "N6D N2 N2? N2?": "8008",
  "X..50": "8009",
  "Y..30": "8010",
  "N..12": "8011",
  N18c: "8017 8018",
  "N..10": "8019",
  "Z..90": "8030",
  N15: "8040 8041",
  N32: "8042",
  "N18 N..2?": "8043",
};
/** Measures (31xx–36xx) end in the number of decimals, 0 to 5. */
const measures = "310-316 320-337 340-357 360-369";

export type Component = {
  readonly set: "N" | "X" | "Y" | "Z";
  readonly least: number;
  readonly most: number;
  readonly checks: "digit" | "date" | "day-or-none" | undefined;
  readonly optional: boolean;
};
export type Format = { readonly predefined: boolean; readonly components: readonly Component[] };

function componentOf(text: string): Component {
  const found = /^([NXYZ])(\.\.)?(\d+)([cdD])?(\?)?$/.exec(text);
  const most = Number(found?.[3]);
  const checks = { c: "digit", D: "date", d: "day-or-none" } as const;
  return {
    set: (found?.[1] ?? "X") as Component["set"],
    least: found?.[2] === undefined ? most : 1,
    most,
    checks: checks[found?.[4] as keyof typeof checks],
    optional: found?.[5] !== undefined,
  };
}

/** `11-13` as 11, 12 and 13, with the leading zeros of what it begins with. */
function* expanded(list: string): Generator<string> {
  for (const part of list.split(" ")) {
    const [from = "", until = from] = part.split("-");
    for (let at = Number(from); at <= Number(until); at += 1) yield String(at).padStart(from.length, "0");
  }
}

function tableOf(): Map<string, Format> {
  const table = new Map<string, Format>();
  for (const [text, identifiers] of Object.entries(formats)) {
    const components = text.replace("*", "").split(" ").map(componentOf);
    for (const identifier of expanded(identifiers))
      table.set(identifier, { predefined: text.startsWith("*"), components });
  }
  for (const prefix of expanded(measures))
    for (let decimals = 0; decimals <= 5; decimals += 1)
      table.set(`${prefix}${decimals}`, { predefined: true, components: [componentOf("N6")] });
  return table;
}

/** Every application identifier of the dictionary with its format. */
export const gs1Formats: ReadonlyMap<string, Format> = tableOf();
