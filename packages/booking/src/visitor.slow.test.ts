import { listMail } from "@yihao/identity/mail";
import { allItems } from "@yihao/table/dump";
import { BookingClient } from "@yihao/testing/booking-client";
import { testDoors } from "@yihao/testing/doors";
import { platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeEach, describe, expect, it } from "vitest";
import { bookingTimers } from "./reactions.ts";
import { codeOf, readPassText } from "./visitor.ts";
import type { Pass, ShownVisitor, VisitorView } from "./visitor-model.ts";

let client: BookingClient;
const base = "/doors/spaces/spc_test/visitors";
const at = "2026-11-24T02:00:00.000Z";
const tomorrow = "2026-11-24T01:50:00.000Z";
const secret = "密访莫先生";
const as = (person?: string) => testDoors(client.table, { now: () => client.now }).as(person);
const guest = () => ({ name: secret, from: "远方实验室", email: "mo@guest.example", site: client.world.site.id, at });
const invite = (person: string, more = {}) => as(person).command<ShownVisitor>(base, { ...guest(), ...more });
const act = (person: string, visitor: { id: string }, what: string, headers = {}) =>
  as(person).send("POST", `${base}/${visitor.id}/${what}`, undefined, headers);
const code = (answer: { status: number; json: <T>() => T }) => [answer.status, answer.json<{ code: string }>().code];
const mails = async () => (await listMail(platformOf(client.table))).items;
const tokenOf = (made: ShownVisitor) => made.pass?.split("/").at(-1) ?? "";
const timers = () => sweep({ ...platformOf(client.table), now: client.now }, bookingTimers);

beforeEach(async () => {
  client = await BookingClient.open();
});

describe("a visitor", () => {
  it("gets a pass by mail, is found by its QR and by its code, let in once, and the host hears of it once", async () => {
    const made = await invite("per_one", { resource: client.world.rooms[0]?.id });
    expect(made).toMatchObject({
      state: "expected",
      company: "cmp_one",
      hostName: "per_one",
      place: "R1",
      day: "2026-11-24",
    });
    const [letter] = await mails();
    expect([letter?.to, letter?.link]).toEqual(["mo@guest.example", made.pass]);
    expect(letter?.text).toContain(codeOf(made.id));
    const pass = (await as().send("GET", `/doors/passes/${tokenOf(made)}`)).json<Pass>();
    expect(pass).toMatchObject({
      name: secret,
      place: "R1",
      host: "per_one",
      company: "公司 one",
      code: codeOf(made.id),
    });
    client.now = tomorrow;
    for (const text of [`https://yihao.example${made.pass}`, codeOf(made.id), codeOf(made.id).toLowerCase()])
      expect((await as("per_owner").command<VisitorView>(`${base}/find`, { text })).id).toBe(made.id);
    const [first, second] = await Promise.all([act("per_owner", made, "arrive"), act("per_owner", made, "arrive")]);
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect((await mails()).filter(({ to }) => to === "per_one@test.example").map(({ subject }) => subject)).toEqual([
      `${secret} · 远方实验室 到了`,
    ]);
    expect((await act("per_owner", made, "leave")).json<VisitorView>()).toMatchObject({
      state: "left",
      leftAt: tomorrow,
    });
    expect(await client.violations()).toEqual([]);
  });

  it("of one company is nobody's business in another: not listed, not seen, not changed, not at its booking", async () => {
    const booked = await client.take("per_one", {
      resource: client.world.rooms[0]?.id,
      from: at,
      until: "2026-11-24T03:00:00.000Z",
    });
    const booking = booked.json<{ id: string }>().id;
    const made = await invite("per_one", { booking });
    expect(made.place).toBe("R1");
    const listed = await as("per_two").send("GET", base);
    expect(listed.json()).toEqual({ items: [] });
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/pass"],
      ["POST", "/cancel"],
    ] as const)
      expect((await as("per_two").send(method, `${base}/${made.id}${path}`)).status).toBe(404);
    expect((await as("per_two").send("POST", base, { ...guest(), booking })).status).toBe(404);
    expect((await act("per_two", made, "arrive")).status).toBe(403);
    expect((await as("per_one").read<{ items: VisitorView[] }>(base)).items.map(({ id }) => id)).toEqual([made.id]);
  });

  it("is let in on the day alone, not when uninvited; a closed pass answers the 404 of one that never was", async () => {
    const made = await invite("per_one");
    expect(code(await act("per_owner", made, "arrive"))).toEqual([409, "visitor.not-today"]);
    const renewed = (await act("per_one", made, "pass")).json<ShownVisitor>();
    expect((await as().send("GET", `/doors/passes/${tokenOf(renewed)}`)).status).toBe(200);
    expect((await act("per_one", made, "cancel")).status).toBe(201);
    client.now = tomorrow;
    expect(code(await act("per_owner", made, "arrive"))).toEqual([409, "visitor.cancelled"]);
    expect(code(await act("per_owner", made, "leave"))).toEqual([409, "visitor.not-here"]);
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    const answers = await Promise.all(
      [tokenOf(made), tokenOf(renewed), "0".repeat(32), "x"].map((token) => as().send("GET", `/doors/passes/${token}`)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect(code(await as("per_one").send("POST", base, { ...guest(), at: "2026-11-22T02:00:00.000Z" }))).toEqual([
      409,
      "visitor.past",
    ]);
  });

  it("who walks in is here at once by reception alone", async () => {
    const walkIn = { ...guest(), at: client.now, company: "cmp_two", walkIn: true };
    expect(await as("per_owner").command(base, walkIn)).toMatchObject({
      state: "here",
      companyName: "公司 two",
      pass: null,
    });
    expect(await as("per_one").command(base, { ...walkIn, at })).toMatchObject({
      state: "expected",
      company: "cmp_one",
    });
    const day = await as("per_owner").read<{ items: VisitorView[] }>(base);
    expect(day.items.map(({ state }) => state)).toEqual(["here"]);
  });

  it("an invitation sent twice under one key is one visit, and the second answer holds no pass", async () => {
    const headers = { "idempotency-key": "invite-once-1" };
    const [one, two] = await Promise.all([0, 1].map(() => as("per_one").send("POST", base, guest(), headers)));
    expect([one?.status, two?.status]).toEqual([201, 201]);
    expect((await as("per_one").read<{ items: unknown[] }>(base)).items.length).toBe(1);
    expect((await mails()).length).toBe(1);
  });
});

describe("a visitor's name", () => {
  const rest = async () => {
    // Letters are in the outbox, which tidies itself; all else must know nothing any more.
    const items = (await allItems(client.table)).filter(({ k }) => k !== "mail");
    return [secret, "远方实验室", "mo@guest.example"].filter((text) => JSON.stringify(items).includes(text));
  };

  it("is gone after the days and the count remains", async () => {
    const made = await invite("per_one");
    await invite("per_owner");
    client.now = tomorrow;
    expect((await act("per_owner", made, "arrive", { "idempotency-key": "arrive-once-1" })).status).toBe(201);
    client.now = "2026-12-24T15:59:00.000Z";
    await timers();
    expect((await rest()).length).toBe(3);
    client.now = "2026-12-24T16:00:00.000Z";
    await timers();
    expect(await rest()).toEqual([]);
    const day = await as("per_owner").read<{ items: VisitorView[] }>(`${base}?day=2026-11-24`);
    expect(day.items.map(({ state }) => state).sort()).toEqual(["expected", "here"]);
    expect(day.items.every(({ erasedAt }) => erasedAt === client.now)).toBe(true);
    expect((await as().send("GET", `/doors/passes/${tokenOf(made)}`)).status).toBe(404);
    expect(await client.violations()).toEqual([]);
  });

  it("goes at the next sweep when the space decides on fewer days, and later when it decides on more", async () => {
    const decide = (visitorDays: number, rev: number) =>
      as("per_owner").send(
        "PUT",
        "/doors/spaces/spc_test/settings",
        { hostNames: false, visitorDays },
        { "if-match": `"${rev}"` },
      );
    await invite("per_one");
    expect((await decide(60, 0)).status).toBe(200);
    client.now = "2026-12-24T16:00:00.000Z";
    await timers();
    expect((await rest()).length).toBe(3);
    client.now = "2027-01-10T00:00:00.000Z";
    expect((await decide(10, 1)).status).toBe(200);
    await timers();
    expect(await rest()).toEqual([]);
  });
});

it("what is scanned is read as an address or as a code, with letters that are misread for others", () => {
  const token = "0123456789abcdefghjkmnpqrstvwxyz";
  expect(readPassText(`https://a.example/pass/${token}`)).toEqual({ token });
  expect(readPassText(token)).toEqual({ token });
  expect(readPassText("AB0I-olz2")).toEqual({ letters: "ab01012z".replace("2z", "z2") });
  for (const text of ["", "abc", "https://a.example/door/x", "abcd-efg!"]) expect(readPassText(text)).toBeUndefined();
});
