import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Letter, listMail, type Mail, mailing } from "@yihao/identity/mail";
import { newId } from "@yihao/kernel/ids";
import { commit } from "@yihao/table/commit";
import type { Parked, StreamRecord } from "@yihao/table/stream";
import { freshTable, platformOf, sameTable } from "@yihao/testing/table";
import { SMTPServer } from "smtp-server";
import { afterAll, expect, test } from "vitest";
import { createMail, smtpHand } from "./deliver.ts";
import { createStream } from "./stream.ts";

/** A mail server of this machine: it keeps what it takes, and refuses an address as its name says, with `550` or `451`. */
const taken: { readonly to: string; readonly source: string }[] = [];
let broken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo({ address }, _session, done) {
    const code = Number(/^(\d{3})@/.exec(address)?.[1] ?? 0);
    done(code ? Object.assign(new Error("not here"), { responseCode: code }) : undefined);
  },
  onData(stream, { envelope }, done) {
    void text(stream).then((source) => {
      if (broken > 0) {
        broken -= 1;
        return done(Object.assign(new Error("later"), { responseCode: 451 }));
      }
      for (const { address } of envelope.rcptTo) taken.push({ to: address, source });
      done();
    });
  },
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.server.address() as AddressInfo;
const table = await freshTable();
afterAll(async () => {
  await new Promise<void>((done) => server.close(() => done()));
  table.close();
});

const hand = smtpHand(`smtp://127.0.0.1:${port}`, "壹号 <no-reply@yihao.example>");
const mailOver = (over = table, handing = hand) =>
  createMail({ table: over, now: () => "2026-11-24T01:00:00.000Z", origin: "https://yihao.example", hand: handing });
const deliver = mailOver();
const letter = {
  subject: "淮海壹号：确认预订",
  text: "请打开 {link}",
  html: "<p>{link}</p>",
  link: "/s/spc_a/my?code=1&b=2",
};

/** Writes a letter, and gives it with the message that the queue would hand over for it. */
async function written(more: Partial<Letter> & { to: string }) {
  const scope = platformOf(table, { command: `auto:${newId("cmd")}` });
  await commit(scope, [mailing(scope, { ...letter, ...more })], { answer: null });
  const found = (await listMail(platformOf(table))).items.find(({ to }) => to === more.to);
  const parked: Parked = { room: "mail", pk: "platform#mail", sk: found?.id ?? "" };
  const Records = [
    { messageId: "m1", body: JSON.stringify(parked), attributes: { ApproximateReceiveCount: "1" } },
  ] as const;
  const now = async (): Promise<Mail | undefined> =>
    (await listMail(platformOf(table))).items.find(({ id }) => id === parked.sk);
  return { Records, now, parked };
}

/** The decoded bodies of a mail's parts. */
const partsOf = (source: string) =>
  source.split(/\r\n--[^\r\n]+/).map((part) => {
    const [head = "", body = ""] = part.split(/\r\n\r\n(.*)/s);
    return /base64/i.test(head) ? `${head}\n${Buffer.from(body, "base64").toString()}` : part.replaceAll(/=\r\n/g, "");
  });

test("a letter reaches its reader once, with its link on the public address and its entry for the calendar, however often it is handed over", async () => {
  const span = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:00:00.000Z", zone: "Asia/Shanghai" };
  const entry = { uid: "bok_1@yihao", sequence: 0, ...span, summary: "R1", place: "R1" };
  const attendee = { name: "周敏", email: "zhou@example.com" };
  const invite = { method: "REQUEST" as const, organizer: "淮北一号", attendee, entries: [entry] };
  const batch = await written({ to: "zhou@example.com", invite });
  for (let time = 0; time < 3; time += 1) expect(await deliver(batch)).toEqual({ batchItemFailures: [] });
  expect(taken.map(({ to }) => to)).toEqual(["zhou@example.com"]);
  const { source = "" } = taken[0] ?? {};
  const parts = partsOf(source).join("\n");
  expect(source).toMatch(/^Message-ID: <mal-\w+@yihao\.example>/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(parts).toContain("https://yihao.example/s/spc_a/my?code=1&b=2");
  expect(parts).toMatch(/text\/calendar;[^\n]*method=REQUEST/i);
  expect(parts).toContain("UID:bok_1@yihao");
  expect(await batch.now()).toMatchObject({ sentAt: "2026-11-24T01:00:00.000Z" });
});

test("an address that is refused for good, or is none, is written down and tried no more; what may go well comes again", async () => {
  const before = taken.length;
  for (const [to, code] of [
    ["550@example.com", "550"],
    ["nobody at all", "501"],
  ] as const) {
    const batch = await written({ to });
    expect(await deliver(batch)).toEqual({ batchItemFailures: [] });
    expect(await batch.now()).toMatchObject({ refused: code });
  }
  const busy = await written({ to: "451@example.com" });
  expect(await deliver(busy)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  expect(await busy.now()).not.toHaveProperty("refused");
  const later = await written({ to: "chen@example.com" });
  broken = 1;
  expect(await deliver(later)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  expect(await deliver(later)).toEqual({ batchItemFailures: [] });
  const away = smtpHand("smtp://127.0.0.1:9", "no-reply@yihao.example");
  const waits = await written({ to: "li@example.com" });
  expect(await mailOver(table, away)(waits)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  expect(taken.slice(before).map(({ to }) => to)).toEqual(["chen@example.com"]);
});

test("no name can put a header or a reader into a letter, and none is sent to a second address", async () => {
  const before = taken.length;
  const batch = await written({ to: "a@example.com, b@example.com", subject: "一\r\nBcc: c@example.com" });
  await deliver(batch);
  const sent = taken.slice(before);
  expect(sent.map(({ to }) => to).filter((to) => to !== "a@example.com")).toEqual([]);
  expect(sent.map(({ source }) => source).join("")).not.toMatch(/^Bcc:/m);
});

test("whoever falls between handing a letter over and writing that down hands it over again under the same id", async () => {
  const before = taken.length;
  const batch = await written({ to: "sun@example.com" });
  const falling = sameTable(table, {
    attempts: 1,
    through: (call, send) =>
      call.constructor.name.startsWith("TransactWriteItems") ? Promise.reject(new Error("went down")) : send(call),
  });
  expect(await mailOver(falling)(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  expect(await deliver(batch)).toEqual({ batchItemFailures: [] });
  const ids = taken.slice(before).map(({ source }) => /^Message-ID: (.*)/m.exec(source)?.[1]);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
});

test("a server or a sender that is none is said at the start, and how it is written", () => {
  for (const wrong of ["mail.example.com", "https://mail.example.com", ""])
    expect(() => smtpHand(wrong, "no-reply@yihao.example")).toThrow(/YIHAO_SMTP is no address.*smtps:/);
  expect(() => smtpHand("smtps://mail.example.com", "壹号")).toThrow(/YIHAO_MAIL_FROM is no address/);
});

test("of two that deliver a letter in the same moment, one of whom is refused, the letter stays sent", async () => {
  const batch = await written({ to: "wu@example.com" });
  let both: () => void = () => {};
  const meeting = new Promise<void>((done) => {
    both = done;
  });
  let first = true;
  const deliverBoth = mailOver(table, async () => {
    if (first) {
      first = false;
      await meeting;
      return { taken: true };
    }
    both();
    // It answers last, when the other has written.
    await expect.poll(batch.now).toHaveProperty("sentAt");
    return { taken: false, code: "550" };
  });
  await Promise.all([deliverBoth(batch), deliverBoth(batch)]);
  expect(await deliver(batch)).toEqual({ batchItemFailures: [] });
  expect(await batch.now()).toMatchObject({ sentAt: "2026-11-24T01:00:00.000Z" });
  expect(await batch.now()).not.toHaveProperty("refused");
});

test("the stream posts each new letter by its key alone, and starts again from one that it could not post", async () => {
  const record = (kind: string, sk: string): StreamRecord => ({
    eventName: "INSERT",
    dynamodb: {
      SequenceNumber: sk,
      NewImage: { pk: { S: "platform#mail" }, sk: { S: sk }, k: { S: kind }, text: { S: "secret" } },
    },
  });
  const posted: Parked[] = [];
  const hear = createStream({ table, reactions: [], now: () => "2026-11-24T01:00:00.000Z" }, async (one) => {
    if (one.sk === "2") throw new Error("the queue is away");
    posted.push(one);
  });
  const changed = { ...record("mail", "4"), eventName: "MODIFY" };
  const answer = await hear({
    Records: [record("mail", "1"), record("mail", "2"), record("evt-of-none", "3"), changed],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
  expect(posted).toEqual([{ room: "mail", pk: "platform#mail", sk: "1" }]);
});
