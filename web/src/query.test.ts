import { afterEach, describe, expect, it, vi } from "vitest";

// Node resolves solid to its server build, which follows nothing; pages run the other one.
vi.mock("solid-js", () => vi.importActual("solid-js/dist/solid.js"));

// Files of tests share what they have loaded; this one is to have its own.
vi.resetModules();
const { createComponent, createEffect, createMemo, createRoot, createSignal, Suspense } = await import("solid-js");
const { createInfiniteQuery, createQuery, queryClient } = await import("./query.ts");
const { Problem } = await import("./problem.ts");

type Held<Value> = { answer: (value: Value) => void; fail: (error: Error) => void; asked: () => number };
/** A question whose answers are given by hand. */
function held<Value>(): Held<Value> & { ask: () => Promise<Value> } {
  const waiting: { resolve: (value: Value) => void; reject: (error: Error) => void }[] = [];
  let times = 0;
  return {
    ask: () => {
      times += 1;
      return new Promise<Value>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    answer: (value) => waiting.shift()?.resolve(value),
    fail: (error) => waiting.shift()?.reject(error),
    asked: () => times,
  };
}
const refused = () => new Problem({ code: "auth.role", status: 403 });

let dispose: () => void = () => {};
function inPage<Value>(draw: () => Value): Value {
  return createRoot((end) => {
    dispose = end;
    return draw();
  });
}
afterEach(() => {
  dispose();
  queryClient.clear();
});

describe("what a part of a page asks", () => {
  it("does not take the page off the screen while it is read, from the cache, or asked again after it failed", async () => {
    const slow = held<string>();
    const seen: unknown[] = [];
    const page = inPage(() =>
      createComponent(Suspense, {
        fallback: "blank",
        get children() {
          const part = createQuery(() => ({ queryKey: ["slow"], queryFn: slow.ask }));
          createEffect(() => seen.push(part.data));
          return createMemo(() => part.data ?? (part.isError ? "failed" : "reading")) as never;
        },
      }),
    ) as unknown as () => unknown;
    const shown = () => {
      let value: unknown = page;
      while (typeof value === "function") value = value();
      return value;
    };
    expect(shown()).toBe("reading");
    slow.fail(refused());
    await vi.waitFor(() => expect(shown()).toBe("failed"));
    void queryClient.refetchQueries({ queryKey: ["slow"] });
    await vi.waitFor(() => expect(slow.asked()).toBe(2));
    expect(shown()).toBe("failed");
    slow.answer("here");
    await vi.waitFor(() => expect(shown()).toBe("here"));
    expect(seen).toEqual([undefined, "here"]);
  });

  it("keeps its answer, and says how old it is, when asking again fails", async () => {
    const one = held<{ n: number }>();
    const part = inPage(() => createQuery(() => ({ queryKey: ["one"], queryFn: one.ask })));
    one.answer({ n: 1 });
    await vi.waitFor(() => expect(part.data).toEqual({ n: 1 }));
    expect(part.behind).toBeUndefined();
    void part.refetch();
    await vi.waitFor(() => expect(one.asked()).toBe(2));
    one.fail(refused());
    await vi.waitFor(() => expect(part.error).not.toBeNull());
    expect([part.data, part.isError, part.behind instanceof Date]).toEqual([{ n: 1 }, false, true]);
  });

  it("gives the same rows when the server says the same, so that what has focus stays", async () => {
    const list = held<{ id: string; n: number }[]>();
    const drawn: unknown[] = [];
    const part = inPage(() => {
      const asked = createQuery(() => ({ queryKey: ["list"], queryFn: list.ask }));
      createEffect(() => drawn.push(asked.data));
      return asked;
    });
    list.answer([
      { id: "a", n: 1 },
      { id: "b", n: 1 },
    ]);
    await vi.waitFor(() => expect(part.data).toHaveLength(2));
    const before = part.data;
    for (const n of [1, 2]) {
      void part.refetch();
      await vi.waitFor(() => expect(list.asked()).toBe(n + 1));
      list.answer([
        { id: "a", n: 1 },
        { id: "b", n },
      ]);
      await vi.waitFor(() => expect(part.data?.[1]?.n).toBe(n));
      expect(part.data === before).toBe(n === 1);
    }
    expect(part.data?.[0]).toBe(before?.[0]);
    expect(drawn).toHaveLength(3);
  });

  it("forgets the error of one thing when another is asked for, and shows nothing of the one before", async () => {
    const answers = new Map([
      ["a", held<string>()],
      ["b", held<string>()],
    ]);
    const [key, setKey] = createSignal("a");
    const part = inPage(() =>
      createQuery(() => ({ queryKey: ["of", key()], queryFn: answers.get(key())?.ask ?? (async () => "") })),
    );
    answers.get("a")?.fail(refused());
    await vi.waitFor(() => expect(part.isError).toBe(true));
    setKey("b");
    expect([part.isError, part.isPending, part.data]).toEqual([false, true, undefined]);
    answers.get("b")?.answer("b");
    await vi.waitFor(() => expect(part.data).toBe("b"));
  });

  it("reads page after page", async () => {
    const part = inPage(() =>
      createInfiniteQuery(() => ({
        queryKey: ["pages"],
        queryFn: async ({ pageParam }: { pageParam: string }) => ({ at: pageParam, next: pageParam ? null : "two" }),
        initialPageParam: "",
        getNextPageParam: ({ next }) => next ?? undefined,
      })),
    );
    await vi.waitFor(() => expect(part.hasNextPage).toBe(true));
    await part.fetchNextPage();
    await vi.waitFor(() => expect(part.data?.pages.map(({ at }) => at)).toEqual(["", "two"]));
    expect(part.hasNextPage).toBe(false);
  });
});
