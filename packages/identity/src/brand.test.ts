import type { PersonId } from "@yihao/kernel/ids";
import { testApi } from "@yihao/testing/api";
import { freshTable, platformOf } from "@yihao/testing/table";
import { expect, it } from "vitest";
import { contrastOf, decideBrand } from "./brand.ts";
import { invitingSpace } from "./invitation-actions.ts";
import { codeLetter } from "./letters.ts";
import { listMail } from "./mail.ts";

it("a colour on which white cannot be read is no brand, and what is no picture no logo", () => {
  expect(contrastOf("#ffffff")).toBeCloseTo(1);
  expect(contrastOf("#000000")).toBeCloseTo(21);
  expect(decideBrand({ colour: "#ffcc00", logo: null })).toMatchObject({ ok: false, refusal: { code: "brand.pale" } });
  const svg = `data:image/png;base64,${btoa("<svg onload=alert(1)>")}`;
  expect(decideBrand({ colour: null, logo: svg })).toMatchObject({ ok: false, refusal: { code: "brand.picture" } });
  const png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";
  expect(decideBrand({ colour: "#7a1f4b", logo: png })).toEqual({ ok: true, value: { colour: "#7a1f4b", logo: png } });
  expect(decideBrand({ colour: null, logo: null })).toEqual({ ok: true, value: {} });
});

it("an invitation wears the colour of its space, and so does the code that is asked for on its page: by its link, for its e-mail, while it is open", async () => {
  const table = await freshTable();
  const owner = testApi(table).as("per_owner" as PersonId);
  const settings = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const { id } = await owner.command<{ id: string }>("/me/spaces", settings);
  const brand = { colour: "#7a1f4b", logo: null };
  await owner.send("PUT", `/spaces/${id}/brand`, brand, { "if-match": '"0"' });
  const invited = await owner.command<{ id: string }>(`/spaces/${id}/invitations`, {
    email: "chen@example.com",
    roles: ["frontdesk"],
  });
  const [letter] = (await listMail(platformOf(table))).items;
  expect(letter?.html).toContain("background:#7a1f4b");
  const token = letter?.link?.split("/").at(-1) ?? "";
  const by = (link: string, email: string) => invitingSpace(platformOf(table), link, email);
  const from = await by(token, "Chen@example.com");
  expect(from).toEqual({ space: "淮海壹号", colour: "#7a1f4b" });
  expect(await by(token, "someone@example.com")).toBeUndefined();
  expect(await by("0".repeat(32), "chen@example.com")).toBeUndefined();
  const code = codeLetter("chen@example.com", "123456", "sign-in", 10, "zh-CN", from);
  expect(code.subject).toBe("123456 是你的 淮海壹号 验证码");
  expect(code.html).toContain("color:#7a1f4b");
  expect(codeLetter("chen@example.com", "123456", "sign-in", 10, "en").subject).toBe("123456 is your Yihao code");
  await owner.send("DELETE", `/spaces/${id}/invitations/${invited.id}`);
  expect(await by(token, "chen@example.com")).toBeUndefined();
  await table.close();
});
