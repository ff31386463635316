import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { supportEmail } from "./global-product.ts";
import { ask, field, fine, patience, phone, press, useProduct } from "./running-product.ts";

const running = useProduct();
type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string };
const heard: Heard[] = [];
let answer = 200;
let receiver: Server;
let url: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer).end(answer === 200 ? "ok" : "system is being repaired");
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/yihao`;
});
afterAll(() => void receiver.close());

const settings = (name: string) => ({ name, language: "zh-CN", currency: "CNY", zone: running.zone });

test("an owner sets up a webhook, sends a test, sees what came back and sends it again; then lets support look in and takes it back", async () => {
  const owner = await running.signIn(running.email("zhou"), "周敏");
  const { id: space } = await ask(owner, "POST", "/api/v1/me/spaces", settings("淮海壹号众创空间"));
  const page = await running.visit(`/s/${space}/settings`, { as: owner });
  await page.getByRole("link", { name: /^Webhook/ }).click();
  await page.getByText("还没有接收地址").waitFor();
  await press(page, "新建接收地址");
  await field(page, "名称").fill("进销存");
  await field(page, "地址").fill("https://192.168.1.8/in");
  await field(page, "名称").focus();
  await page.getByText("这是内网或保留的地址").waitFor();
  await field(page, "地址").fill(url);
  await page.getByRole("checkbox", { name: "企业加入" }).check();
  await page.getByRole("checkbox", { name: "账单付清" }).check();
  await fine(page, "hooks-new");
  await page.getByRole("dialog").getByRole("button", { name: "新建接收地址" }).click();
  await page.getByText("只显示这一次").waitFor();
  const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  await press(page, "已存好");
  expect(await page.content()).not.toContain(secret);

  answer = 503;
  await press(page, "发送测试");
  await page.getByRole("cell", { name: "没送达" }).waitFor();
  const [ping] = heard;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${ping?.headers["webhook-id"]}.${ping?.headers["webhook-timestamp"]}.${ping?.body}`;
  expect(ping?.headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  answer = 200;
  await page.getByRole("cell", { name: "测试", exact: true }).click();
  await page.getByText("system is being repaired").waitFor();
  await press(page, "重新发送");
  await page.getByRole("cell", { name: "已送达" }).waitFor();
  await page.getByText("第 2 次").waitFor();
  await ask(owner, "POST", `/api/v1/spaces/${space}/companies`, { name: "青禾农选", kind: "team" });
  await vi.waitFor(() => expect(heard.at(-1)?.body).toContain("青禾农选"), patience);
  await page.reload();
  await page.getByRole("cell", { name: "企业加入" }).waitFor();
  await page.getByText("system is being repaired").waitFor();
  await fine(page, "hooks-log");

  await page.goto(`/s/${space}/settings/support`);
  await page.getByText("还没有支持人员的请求").waitFor();
  await field(page, "原因").fill("账单合计对不上，看一下");
  await press(page, "允许查看");
  await page.getByText("支持人员可以查看到").waitFor();
  const helper = await running.signIn(supportEmail, "平台支持");
  const look = await running.visit(`/s/${space}/members`, { as: helper, lang: "en", theme: "dark" });
  await look.getByText("Support access, read only").waitFor();
  await look.getByText("青禾农选").waitFor();
  await fine(look, "support-looking-dark-en");
  const refused = await helper.request.post(`/api/v1/spaces/${space}/companies`, {
    data: { name: "改不了", kind: "team" },
  });
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, "support.read-only"]);
  await page.reload();
  await page.getByRole("cell", { name: "GET /companies", exact: true }).first().waitFor();
  await page.getByRole("cell", { name: "POST /companies" }).waitFor();
  await fine(page, "support-open");
  await press(page, "立即收回");
  await page.getByText("提前收回").waitFor();
  expect((await helper.request.get(`/api/v1/spaces/${space}`)).status()).toBe(404);

  const small = await running.visit(`/s/${space}/settings/hooks`, { as: owner, lang: "en", theme: "dark", ...phone });
  await small.getByRole("button", { name: /进销存/ }).click();
  await small.getByRole("cell", { name: "Company joined" }).click();
  await small.getByText("What was sent").waitFor();
  await fine(small, "hooks-delivery-dark-390-en");
  await small.goto(`/s/${space}/settings/support`);
  await small.getByText("Taken back early").waitFor();
  await fine(small, "support-dark-390-en");
});
