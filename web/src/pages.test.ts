import { expect, test } from "vitest";
import { firstPages, whileGrowing } from "./pages.ts";

/** A list of numbers as the API gives it: at most `limit` of them, and where the next begin. */
const listOf = (all: number) => async (query: { limit: string; cursor?: string }) => {
  const from = Number(query.cursor ?? 0);
  const until = Math.min(all, from + Number(query.limit));
  const items = Array.from({ length: until - from }, (_, at) => from + at);
  return { items, next: until < all ? String(until) : null };
};

test("a list grows past its first page to as many as are asked for, each once, and ends where it ends", async () => {
  expect(await firstPages(100, listOf(250))).toHaveLength(100);
  expect(await firstPages(300, listOf(250))).toEqual(Array.from({ length: 250 }, (_, at) => at));
  expect(new Set(await firstPages(500, listOf(900))).size).toBe(500);
});

test("while a list grows it shows what was there, and nothing of another space's", () => {
  const shows = (space: string, text: string) =>
    whileGrowing(
      "wh",
      space,
      "orders",
      true,
      text,
    )(["an order"], { queryKey: ["wh", "spc_1", "orders", true, "", 200] });
  expect(shows("spc_1", "")).toEqual(["an order"]);
  expect(shows("spc_1", "other")).toBeUndefined();
  expect(shows("spc_2", "")).toBeUndefined();
});
