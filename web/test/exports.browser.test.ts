import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { csvOfWorkbook } from "../src/workbook.ts";
import { makeCompany, makeSpace } from "./made-space.ts";
import { ask, fine, phone, useProduct } from "./running-product.ts";

/** Everything of a space is handed out, each list whole, as CSV and as Excel. */
const running = useProduct();

async function saved(page: Page, name: string, as: "CSV" | "Excel（.xlsx）"): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `导出 ${name}` }).click();
  await page.getByRole("menuitem", { name: as }).click();
  return readFileSync(await (await download).path());
}

test("companies come out with every field, and so do tickets and bookings; what has nothing says so", async () => {
  const owner = await running.signIn(running.email("owner"), "周敏");
  const space = await makeSpace(running, owner, { desks: 1, rooms: 1 });
  const company = await makeCompany(running, owner, space, "拾穗家居有限公司", { plan: true });
  const { rev } = await ask(owner, "GET", `${space.api}/companies/${company}`);
  const facts = { name: "拾穗家居有限公司", kind: "company", contactName: "许静", contactPhone: "+86 138" };
  await ask(owner, "PUT", `${space.api}/companies/${company}`, facts, { "if-match": `"${rev}"` });
  await ask(owner, "POST", `${space.api}/tickets`, { company, kind: "repair", title: "灯坏了" });
  const page = await running.visit(`/s/${space.id}/settings`, { as: owner });
  await page.getByRole("link", { name: /导出全部/ }).click();
  await page.getByRole("heading", { name: "导出全部" }).waitFor();
  const companies = (await saved(page, "企业", "CSV")).toString("utf8");
  expect(companies).toContain("企业名称,统一社会信用代码,类型");
  expect(companies).toMatch(/拾穗家居有限公司,,企业,,许静,'\+86 138/);
  const workbook = await saved(page, "套餐", "Excel（.xlsx）");
  expect(await csvOfWorkbook(new Uint8Array(workbook).buffer)).toContain("拾穗家居有限公司,,成长套餐,600");
  expect((await saved(page, "求助", "CSV")).toString("utf8")).toContain("拾穗家居有限公司,报修,灯坏了");
  await fine(page, "export");
  await page.getByRole("button", { name: "导出 预订" }).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  await page.getByText("没有可导出的行").waitFor();
  const small = await running.visit(`/s/${space.id}/settings/export`, {
    as: owner,
    lang: "en",
    theme: "dark",
    ...phone,
  });
  await small.getByRole("heading", { name: "Export everything" }).waitFor();
  await fine(small, "phone-en-dark-export");
});
