import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Letter, mailing } from "@yihao/identity/mail";
import { commit } from "@yihao/table/commit";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterEach, describe, expect, test } from "vitest";
import { outboxMount } from "./outbox.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function world(addresses = new Set(["127.0.0.1"]), key?: string) {
  const table = await freshTable();
  const mount = outboxMount({ table, origin: "http://yihao.example:3000", own: { addresses, key } });
  const server = createServer((request, response) => {
    void mount(request, response, (request.url ?? "/").split("?", 1)[0] ?? "/");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => server.close().closeAllConnections());
  const write = async (n: number, text: string, more: Partial<Letter> = {}) => {
    const scope = scopeOf(table, { now: `2026-11-23T02:4${n}:00.000Z` });
    const letter = { to: "zhou@example.com", subject: `第 ${n} 封 <b>`, text, html: "", link: "/join?code=a&b=1" };
    await commit(scope, [mailing(scope, { ...letter, ...more })], { answer: null });
  };
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });
  return { write, ask };
}

describe("the outbox page", () => {
  test("shows the calendar entry of a letter, which can be taken as a file", async () => {
    const { write, ask } = await world();
    const span = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:00:00.000Z", zone: "Asia/Shanghai" };
    const entry = { uid: "bok_1@yihao", sequence: 0, ...span, summary: "R1", place: "R1" };
    const attendee = { name: "周", email: "zhou@example.com" };
    await write(1, "one", { invite: { method: "REQUEST", organizer: "淮北一号", attendee, entries: [entry] } });
    const list = await (await ask("/outbox", { accept: "application/json" })).json();
    const { id } = (list as { items: { id: string }[] }).items[0] ?? { id: "" };
    expect(await (await ask(`/outbox/${id}`)).text()).toContain(`href="/outbox/${encodeURIComponent(id)}/invite.ics"`);
    const file = await ask(`/outbox/${id}/invite.ics`);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(await file.text()).toContain("METHOD:REQUEST");
  });

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

  test("behind another server, where everybody seems to be this machine, opens only with the key that was told at start", async () => {
    const { write, ask } = await world(undefined, "the-key-of-this-home");
    await write(1, "code 123456");
    for (const path of ["/outbox", "/outbox?key=wrong", "/outbox?key="]) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.text()).not.toContain("zhou");
    }
    const opened = await ask("/outbox?key=the-key-of-this-home");
    expect(opened.status).toBe(200);
    const cookie = opened.headers.getSetCookie().find((one) => one.startsWith("yihao_owner="));
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    expect((await ask("/outbox", { cookie: cookie?.split(";")[0] ?? "" })).status).toBe(200);
  });
});
