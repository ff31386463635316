import type { AnyRole, StaffRole } from "@yihao/kernel/roles";
import type { Letter } from "./mail.ts";
import type { CompanyPlace, RoleName } from "./model.ts";

/** Languages letters are written in. */
export type LetterLanguage = "zh-CN" | "en";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A letter's body: its title, its lines, a code in large figures and a button to its link where it has them, in the colour of who writes. */
export function html(
  lang: LetterLanguage,
  title: string,
  lines: readonly string[],
  strong?: string,
  action?: string,
  colour = "#007582",
): string {
  const body = lines.map((line) => `<p style="margin:0 0 12px">${escaped(line)}</p>`).join("");
  const code = strong
    ? `<p style="margin:0 0 16px;color:${colour};font:600 28px/1.2 ui-monospace,Menlo,monospace;letter-spacing:6px">${escaped(strong)}</p>`
    : "";
  const button = action
    ? `<p style="margin:0 0 16px"><a href="{link}" style="display:inline-block;padding:10px 20px;background:${colour};color:#fff;text-decoration:none;border-radius:3px">${escaped(action)}</a></p>`
    : "";
  return `<!doctype html><html lang="${lang}"><body style="margin:0;padding:24px;color:#10181a;font:15px/1.6 -apple-system,'Segoe UI','PingFang SC','Noto Sans CJK SC',sans-serif"><h1 style="margin:0 0 16px;font-size:20px">${escaped(title)}</h1>${code}${button}${body}</body></html>`;
}

/** What a code is for. */
export type CodeUse = "sign-in" | "forget-password" | "email-verification" | "change-email";

/** The space in whose name a code is written, where it is known, and its colour. */
export type CodeFrom = { readonly space: string; readonly colour?: string | undefined };

/** The letter that carries a sign-in or reset code, good for `minutes`; of whoever was invited, in the name of the space that did. */
export function codeLetter(
  to: string,
  code: string,
  use: CodeUse,
  minutes: number,
  lang: LetterLanguage,
  from?: CodeFrom,
): Letter {
  const reset = use === "forget-password";
  const change = use === "change-email";
  const merge = use === "email-verification";
  const name = from?.space ?? (lang === "en" ? "Yihao" : "壹号");
  const letter = (subject: string, lines: readonly string[]) => ({
    to,
    subject,
    text: `${code}\n\n${lines.join("\n")}`,
    html: html(lang, subject, lines, code, undefined, from?.colour),
  });
  if (lang === "en") {
    const subject = reset ? `${code} is your code to reset your Yihao password` : `${code} is your ${name} code`;
    const lines = [
      reset
        ? `Enter this code within ${minutes} minutes to choose a new password.`
        : merge
          ? `Enter this code within ${minutes} minutes to merge this account into another of yours. It then signs in no more.`
          : change
            ? `Enter this code within ${minutes} minutes to sign in with this e-mail from now on.`
            : `Enter this code within ${minutes} minutes to sign in.`,
      "If you did not ask for it, ignore this mail. Nobody gets in without the code. Do not pass it on.",
    ];
    return letter(subject, lines);
  }
  const subject = reset ? `${code} 是你重设壹号密码的验证码` : `${code} 是你的${from ? ` ${name} ` : name}验证码`;
  const lines = [
    reset
      ? `${minutes} 分钟内填入这个验证码，设一个新密码。`
      : merge
        ? `${minutes} 分钟内填入这个验证码，把这个账号并入你的另一个账号。并入以后这个邮箱就不能再登录了。`
        : change
          ? `${minutes} 分钟内填入这个验证码，以后就用这个邮箱登录。`
          : `${minutes} 分钟内填入这个验证码登录。`,
    "如果不是你本人在操作，不用理会这封邮件。没有验证码谁也进不来，别把它告诉别人。",
  ];
  return letter(subject, lines);
}

/** What changed about how an account is guarded, as its owner is told by mail. */
export type Notice =
  | "password"
  | "factor-on"
  | "factor-off"
  | "recovery"
  | "passkey-on"
  | "passkey-off"
  | "email"
  | "merged";

const notices: Record<LetterLanguage, Record<Notice, string>> = {
  "zh-CN": {
    password: "你的壹号账号设了新密码",
    "factor-on": "你的壹号账号开启了验证器",
    "factor-off": "你的壹号账号关闭了验证器",
    recovery: "你的壹号恢复码换了一组",
    "passkey-on": "你的壹号账号添加了一个通行密钥",
    "passkey-off": "你的壹号账号移除了一个通行密钥",
    email: "你的壹号登录邮箱改成了另一个",
    merged: "另一个壹号账号并入了你的账号",
  },
  en: {
    password: "Your Yihao account has a new password",
    "factor-on": "An authenticator app now guards your Yihao account",
    "factor-off": "The authenticator app of your Yihao account was turned off",
    recovery: "Your Yihao account has a new set of recovery codes",
    "passkey-on": "A passkey was added to your Yihao account",
    "passkey-off": "A passkey was removed from your Yihao account",
    email: "Your Yihao account now signs in with another e-mail",
    merged: "Another Yihao account was merged into yours",
  },
};

/** The letter that tells a person of a change to how their account is guarded; after a change of e-mail it goes to the old one. */
export function noticeLetter(to: string, what: Notice, lang: LetterLanguage): Letter {
  const subject = notices[lang][what];
  const line =
    lang === "en"
      ? "If that was you, there is nothing to do. If not, reset your password at once and sign out all other devices."
      : "如果是你本人，不用做什么。如果不是，马上重设密码，并让其他设备退出登录。";
  const link = "/account";
  const act = lang === "en" ? "Sign-in and security" : "登录与安全";
  return {
    to,
    subject,
    text: `${subject}\n\n${line}\n\n{link}`,
    html: html(lang, subject, [line], undefined, act),
    link,
  };
}

/** The letter to the e-mail of an account that was merged into another: it signs in no more. */
export function mergedLetter(to: string, into: string, lang: LetterLanguage): Letter {
  const [subject, line] =
    lang === "en"
      ? ["Your Yihao account was merged into another", `What it had is now with ${into}; sign in with that e-mail.`]
      : ["你的壹号账号已并入另一个账号", `原来的内容都在 ${into} 名下，以后用那个邮箱登录。`];
  return { to, subject, text: `${subject}\n\n${line}`, html: html(lang, subject, [line]) };
}

type SupportLet = {
  readonly to: string;
  readonly space: string;
  readonly by: string;
  readonly reason: string;
  readonly hours: number;
  readonly path: string;
};

/** Tells the platform's support that a space lets it look in, and why. */
export function supportLetter({ to, space, by, reason, hours, path }: SupportLet, lang: LetterLanguage): Letter {
  const said =
    lang === "en"
      ? {
          subject: `${space} lets you look in for ${hours === 1 ? "1 hour" : `${hours} hours`}`,
          lines: [
            `${by}: ${reason}`,
            "You can read and not write. Every request is written down where its owner sees it.",
          ],
          act: "Look in",
        }
      : {
          subject: `${space} 允许你查看 ${hours} 小时`,
          lines: [`${by}：${reason}`, "只能看，不能改。每一次请求都有记录，空间所有者看得到。"],
          act: "去查看",
        };
  const { subject, lines, act } = said;
  const text = [subject, "", ...lines, "", "{link}"].join("\n");
  return { to, subject, text, html: html(lang, subject, lines, undefined, act), link: path };
}

const roleWords: Record<LetterLanguage, Record<StaffRole | CompanyPlace["role"], string>> = {
  "zh-CN": {
    owner: "所有者",
    manager: "运营主管",
    frontdesk: "前台",
    warehouse: "仓库",
    finance: "财务",
    admin: "企业管理员",
    member: "企业成员",
  },
  en: {
    owner: "owner",
    manager: "manager",
    frontdesk: "front desk",
    warehouse: "warehouse",
    finance: "finance",
    admin: "company admin",
    member: "company member",
  },
};

export type Invited = {
  readonly to: string;
  readonly space: string;
  readonly by: string;
  readonly roles: readonly AnyRole[];
  readonly own?: readonly RoleName[] | undefined;
  readonly company?: CompanyPlace | undefined;
  readonly days: number;
  readonly path: string;
  /** Of the space's brand. */
  readonly colour?: string | undefined;
};

/** The letter that invites somebody into a space, for staff roles or for a company. */
export function invitationLetter(invited: Invited, lang: LetterLanguage): Letter {
  const words = roleWords[lang];
  const { to, space, by, company, days, path, colour } = invited;
  const names: Readonly<Record<string, string>> = words;
  const named = (one: AnyRole) => names[one] ?? invited.own?.find(({ role }) => role === one)?.name ?? one;
  if (lang === "en") {
    const role = company ? `${words[company.role]} of ${company.name}` : invited.roles.map(named).join(", ");
    const subject = `${by} invites you to ${space}`;
    const lines = [
      `You join as ${role}.`,
      `The link works once and for ${days} days, for ${to} only. If it has run out, ask ${by} to send it again.`,
    ];
    const text = `${subject}\n\n${lines[0]}\n\n{link}\n\n${lines[1]}`;
    return { to, subject, text, html: html(lang, subject, lines, undefined, "Join", colour), link: path };
  }
  const role = company ? `${company.name} 的${words[company.role]}` : invited.roles.map(named).join("、");
  const subject = `${by} 邀请你加入 ${space}`;
  const lines = [
    `你的身份：${role}。`,
    `链接 ${days} 天内有效，只能用一次，只认 ${to} 这个邮箱。过期了请 ${by} 重新发送。`,
  ];
  const text = `${subject}\n\n${lines[0]}\n\n{link}\n\n${lines[1]}`;
  return { to, subject, text, html: html(lang, subject, lines, undefined, "加入", colour), link: path };
}
