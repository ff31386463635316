import { afterEach, expect, test } from "vitest";
import { dictionary, plural, setLang } from "./i18n.ts";
import { Problem } from "./problem.ts";
import { explain, registerRefusals } from "./refusals.ts";

afterEach(() => setLang("zh-CN"));

const words = dictionary({
  zh: { save: "保存", left: (n: number) => `剩 ${n} 张`, head: { name: "企业" } },
  en: { save: "Save", left: (n: number) => `${n} left`, head: { name: "Company" } },
});

test("a dictionary answers in the language of the moment", () => {
  const t = words();
  expect([t.save, t.left(6), t.head.name]).toEqual(["保存", "剩 6 张", "企业"]);
  setLang("en");
  expect([t.save, t.left(6), t.head.name]).toEqual(["Save", "6 left", "Company"]);
});

test("a dictionary whose English lacks a word does not compile", () => {
  // @ts-expect-error: `save` has no English
  dictionary({ zh: { save: "保存" }, en: {} });
  // @ts-expect-error: `more` has no Chinese
  dictionary({ zh: { save: "保存" }, en: { save: "Save", more: "More" } });
});

type Taken = { code: "room.taken"; params: { by: string } } | { code: "room.closed" };

test("a refusal is said in both languages with its parameters", () => {
  registerRefusals<Taken>("room", {
    zh: { "room.taken": (p) => `刚被${p.by}订走`, "room.closed": () => "不开放" },
    en: { "room.taken": (p) => `Just taken by ${p.by}`, "room.closed": () => "Closed" },
  });
  const problem = new Problem({ code: "room.taken", params: { by: "青禾农选" }, status: 409 });
  expect(explain(problem)).toBe("刚被青禾农选订走");
  setLang("en");
  expect(explain(problem)).toBe("Just taken by 青禾农选");
});

test("a code nobody described is quoted, not hidden", () => {
  expect(explain(new Problem({ code: "x.y", status: 500, request: "req_1" }))).toContain("x.y · req_1");
});

test("one thing is not told as many in English", () => {
  expect([plural(1, "order"), plural("1", "unit"), plural(0, "order"), plural("1,204", "unit")]).toEqual([
    "1 order",
    "1 unit",
    "0 orders",
    "1,204 units",
  ]);
});
