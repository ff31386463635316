import { inviteText } from "@yihao/booking/invite";
import { deliverLetter, type Handed, type Mail } from "@yihao/identity/mail";
import type { PlatformScope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import type { BatchAnswer, Parked } from "@yihao/table/stream";
import { createTransport } from "nodemailer";
import type { QueueBatch } from "./retry.ts";

/** A mail server waits at the most so long for its first word, and between two. */
const patienceMs = 15_000;

/**
 * Hands letters to the mail server of an SMTP address, e.g. `smtps://user:word@email-smtp.eu-west-1.amazonaws.com:465`. Without TLS it speaks to this machine alone. An address that the server refuses for
 * good, or that is none, is an answer; all else is thrown, to be tried again.
 */
export function smtpHand(address: string, from: string): (mail: Mail) => Promise<Handed> {
  if (!/^smtps?:$/.test(URL.parse(address)?.protocol ?? ""))
    throw new Error("YIHAO_SMTP is no address of a mail server, as smtps://user:word@mail.example.com:465");
  const { hostname } = new URL(address);
  const transport = createTransport({
    url: address,
    requireTLS: !["localhost", "127.0.0.1", "[::1]"].includes(hostname),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = /<([^<>]+)>/.exec(from)?.[1] ?? from;
  if (!sender.includes("@"))
    throw new Error("YIHAO_MAIL_FROM is no address that letters could come from, as `壹号 <no-reply@example.com>`");
  return async ({ id, at, to, subject, text, html, invite }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: to },
        subject,
        text,
        html,
        messageId: `<${id.split("_").slice(-2).join("-")}@${sender.split("@")[1]}>`,
        headers: { "Auto-Submitted": "auto-generated" },
        ...(invite ? { icalEvent: { method: invite.method, content: inviteText(invite, sender, at) } } : {}),
      });
      return { taken: true };
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      // The address of the reader, and not the connection or whoever signs in, is what was refused.
      if (code !== "EENVELOPE" || (responseCode !== undefined && responseCode < 500)) throw error;
      return { taken: false, code: String(responseCode ?? "address") };
    }
  };
}

export type Mailing = {
  readonly table: Table;
  readonly now: () => string;
  /** The origin on which links stand. */
  readonly origin: string;
  readonly hand: (mail: Mail) => Promise<Handed>;
  readonly failed?: (error: unknown) => void;
};

/** What the mail function does: delivers the letters that its queue names, one after the other. What could not be handed over comes again after the queue's time. */
export function createMail({ table, now, origin, hand, failed }: Mailing): (batch: QueueBatch) => Promise<BatchAnswer> {
  return async ({ Records }) => {
    const lost: string[] = [];
    for (const { messageId, body } of Records) {
      const { sk } = JSON.parse(body) as Parked;
      const scope: PlatformScope = {
        space: "platform",
        actor: { kind: "system", name: "mail" },
        now: now(),
        command: { id: `auto:letter ${sk}`, print: "" },
        meter: { read: 0, write: 0 },
        table,
      };
      try {
        await deliverLetter(scope, sk, origin, hand);
      } catch (error) {
        failed?.(error);
        lost.push(messageId);
      }
    }
    return { batchItemFailures: lost.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
