import { type Control, type Measure, measuresOf, type Sums, type TakeoverKind } from "./model.ts";

/** Adds rows up. */
export function sumsOf(rows: readonly { readonly measures: Readonly<Partial<Record<Measure, number>>> }[]): Sums {
  const sums: Partial<Record<Measure, number>> = {};
  for (const { measures } of rows)
    for (const [name, amount] of Object.entries(measures) as [Measure, number][])
      sums[name] = (sums[name] ?? 0) + amount;
  return { rows: rows.length, measures: sums };
}

/** One total, by rows or by a measure: as it was typed, as the file has it, as it was taken over; `off` is what is missing (above 0) or too much against what was typed, or against the file when nothing was. */
export type Compared = {
  readonly name: "rows" | Measure;
  readonly typed: number | undefined;
  readonly file: number;
  readonly taken: number | undefined;
  readonly off: number;
};

/** Holds what was typed, what the file has and what was taken over against each other (控制合计核对). */
export function compare(kind: TakeoverKind, control: Control, file: Sums, taken?: Sums): Compared[] {
  const line = (name: Compared["name"], typed: number | undefined, own: number, now: number | undefined): Compared => ({
    name,
    typed,
    file: own,
    taken: now,
    off: (typed ?? own) - (now ?? own),
  });
  return [
    line("rows", control.rows, file.rows, taken?.rows),
    ...measuresOf[kind].map((name) =>
      line(name, control.measures?.[name], file.measures[name] ?? 0, taken && (taken.measures[name] ?? 0)),
    ),
  ];
}
