import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mailing } from "@yihao/identity/mail";
import { commit } from "@yihao/table/commit";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterEach, describe, expect, test } from "vitest";
import { outboxMount } from "./outbox.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function world(own = new Set(["127.0.0.1"])) {
  const table = await freshTable();
  const mount = outboxMount({ table, origin: "http://yihao.example:3000", own });
  const server = createServer((request, response) => {
    void mount(request, response, (request.url ?? "/").split("?", 1)[0] ?? "/");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => server.close().closeAllConnections());
  const write = async (n: number, text: string) => {
    const scope = scopeOf(table, { now: `2026-11-23T02:4${n}:00.000Z` });
    const letter = { to: "zhou@example.com", subject: `第 ${n} 封 <b>`, text, html: "", link: "/join?code=a&b=1" };
    await commit(scope, [mailing(scope, letter)], { answer: null });
  };
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });
  return { write, ask };
}

describe("the outbox page", () => {
  test("lists mails newest first, in the reader's language, with nothing of a mail taken for HTML", async () => {
    const { write, ask } = await world();
    await write(1, "one");
    await write(2, "two");
    const page = await (await ask("/outbox", { "accept-language": "en-GB" })).text();
    expect(page).toContain('<html lang="en">');
    expect(page.indexOf("第 2 封")).toBeLessThan(page.indexOf("第 1 封"));
    expect(page).not.toContain("<b> ");
    expect(page).toContain("&#60;b&#62;");
    expect(await (await ask("/outbox")).text()).toContain('<html lang="zh-CN">');
  });

  test("opens a mail whose link can be clicked, absolute on the public origin", async () => {
    const { write, ask } = await world();
    await write(1, "打开 {link} 加入。<script>alert(1)</script>");
    const list = await (await ask("/outbox", { accept: "application/json" })).json();
    const [mail] = (list as { items: { id: string; link: string }[] }).items;
    expect(mail?.link).toBe("http://yihao.example:3000/join?code=a&b=1");
    const page = await (await ask(`/outbox/${encodeURIComponent(mail?.id ?? "")}`)).text();
    expect(page).toContain('<a href="http://yihao.example:3000/join?code=a&#38;b=1">');
    expect(page).not.toContain("<script");
  });

  test("says so when a mail does not exist, and shows nothing to another machine", async () => {
    const { ask } = await world();
    expect((await ask("/outbox/none")).status).toBe(404);
    expect((await ask("/outbox/%E0%A4%A")).status).toBe(404);
    expect((await ask("/outbox?cursor=wrong")).status).toBe(404);
    const closed = await world(new Set(["192.168.1.5"]));
    await closed.write(1, "code 123456");
    const answer = await closed.ask("/outbox");
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("zhou");
  });
});
