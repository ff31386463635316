import { html } from "@yihao/identity/letters";
import type { Letter } from "@yihao/identity/mail";
import { type From, instantSaid, letter } from "@yihao/members/letters";
import { codeOf } from "./visitor.ts";
import type { Visitor } from "./visitor-model.ts";

const hostOf = ({ hostName, companyName }: Visitor) => [hostName, companyName].filter(Boolean).join(" · ");

/** Brings a guest the pass (访客码): when and where, whom to ask for, the code, and a link to the pass with its QR code. */
export function passLetter(to: string, from: From, visitor: Visitor, link: string): Letter {
  const at = instantSaid(visitor.at, from);
  const english = from.language === "en";
  const subject = english ? `Your visit to ${from.space}, ${at}` : `${from.space} 访客码，${at}`;
  const lines = english
    ? [`${hostOf(visitor)} expects you on ${at}, ${visitor.place}.`, "Show the pass or say the code at reception."]
    : [`${hostOf(visitor)} 在 ${at} 等你，地点 ${visitor.place}。`, "到前台出示访客码，或者报这 8 位。"];
  const code = codeOf(visitor.id);
  const text = [subject, "", code, "", ...lines, "", "{link}"].join("\n");
  const action = english ? "Open the pass" : "打开访客码";
  return { to, subject, text, html: html(from.language, subject, lines, code, action, from.colour), link };
}

/** Tells a host that their guest is at reception. */
export function arrivedLetter(to: string, from: From, visitor: Visitor, link: string): Letter {
  const { guest, place, arrivedAt = "" } = visitor;
  const who = [guest?.name, guest?.from].filter(Boolean).join(" · ");
  const at = instantSaid(arrivedAt, from);
  if (from.language === "en") {
    const said = { subject: `${who} has arrived`, lines: [`At reception since ${at}, for ${place}.`], action: "Open" };
    return letter(to, from, said, link);
  }
  return letter(to, from, { subject: `${who} 到了`, lines: [`${at} 到前台，地点 ${place}。`], action: "打开" }, link);
}
