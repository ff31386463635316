import type { Line } from "./model.ts";

/** What a line is for, from the word of its service: what was charged by hand is called what somebody wrote. */
export function nameWith(service: string, { service: kind, about }: Pick<Line, "service" | "about">): string {
  if (!about) return service;
  return kind === "extra" ? about.name : `${service} ${about.name}`;
}

/** Whether a line is what is missing to a minimum (最低收费): of a fee, or of the whole tariff. */
export const isLeast = ({ about }: Pick<Line, "about">): boolean => about?.id.endsWith("-minimum") === true;
