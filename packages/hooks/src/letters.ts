import type { LetterLanguage } from "@yihao/identity/letters";
import { html } from "@yihao/identity/letters";
import type { Letter } from "@yihao/identity/mail";
import type { Hook } from "./model.ts";

type Paused = {
  readonly to: string;
  readonly space: string;
  readonly hook: Pick<Hook, "name" | "url">;
  readonly cause: "failures" | "gone";
  readonly link: string;
};

/** Tells an owner that an endpoint was paused because it took nothing for days, or said that it is gone. */
export function pausedLetter({ to, space, hook, cause, link }: Paused, lang: LetterLanguage): Letter {
  const { host } = new URL(hook.url);
  const said =
    lang === "en"
      ? {
          subject: `${space}: the webhook “${hook.name}” was paused`,
          lines: [
            cause === "gone"
              ? `${host} answered that it is gone for good (410).`
              : `${host} took nothing for three days.`,
            "Nothing is sent to it until you resume it. What failed is kept for 30 days and can be sent again from its log.",
          ],
          act: "See the log",
        }
      : {
          subject: `${space}：Webhook“${hook.name}”已暂停`,
          lines: [
            cause === "gone" ? `${host} 回答地址已永久停用（410）。` : `${host} 连续三天没有收下任何一条。`,
            "恢复之前不再发送。没送达的保留 30 天，可以在投递记录里重新发送。",
          ],
          act: "看投递记录",
        };
  const { subject, lines, act } = said;
  return {
    to,
    subject,
    text: [subject, "", ...lines, "", "{link}"].join("\n"),
    html: html(lang, subject, lines, undefined, act),
    link,
  };
}
