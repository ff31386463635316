import type { CommonRefusal } from "@yihao/kernel/refusals";
import { lang } from "./i18n.ts";
import { Problem } from "./problem.ts";
import { neededRoles } from "./roles.ts";

/** What a room refuses with: its union of codes, or a union of `{ code, params }` where the parameters are typed. */
export type AnyRefusal = string | { readonly code: string; readonly params?: object };

/** Parameters of a refusal whose room types only its codes. */
export type LooseParams = Readonly<Record<string, unknown>>;

type CodeOf<R extends AnyRefusal> = R extends { code: infer C extends string } ? C : Extract<R, string>;
type ParamsOf<R extends AnyRefusal> = R extends string
  ? LooseParams
  : R extends { params: infer P }
    ? P
    : Record<string, never>;

/** One sentence per code; a missing code does not compile. */
export type RefusalWords<R extends AnyRefusal> = {
  readonly [One in R as CodeOf<One>]: (params: ParamsOf<One>) => string;
};

type Sentence = (params: never) => string;
const sentences = { "zh-CN": new Map<string, Sentence>(), en: new Map<string, Sentence>() };

/** Teaches the screen a room's refusals in both languages; call it where the feature's `data.ts` loads. */
export function registerRefusals<R extends AnyRefusal>(
  room: string,
  words: { zh: RefusalWords<R>; en: RefusalWords<R> },
): { room: string; codes: readonly string[] } {
  for (const [code, say] of Object.entries<Sentence>(words.zh)) sentences["zh-CN"].set(code, say);
  for (const [code, say] of Object.entries<Sentence>(words.en)) sentences.en.set(code, say);
  return { room, codes: Object.keys(words.zh) };
}

/** Says why something was refused, in the language of the screen; an unknown code is quoted rather than hidden. */
export function explain(problem: unknown): string {
  const known = problem instanceof Problem ? problem : new Problem({ code: "client.fault", status: 0 });
  const say = sentences[lang()].get(known.code);
  if (say) return say(known.params as never);
  const trace = known.request ? `${known.code} · ${known.request}` : known.code;
  return lang() === "en" ? `This did not go through (${trace}). Try again.` : `这一步没有完成（${trace}）。再试一次`;
}

const fieldSentences: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  invalid_type: ["这里要填", "This is needed"],
  too_small: ["太短或太小", "Too short or too small"],
  too_big: ["太长或太大", "Too long or too large"],
  invalid_format: ["格式不对", "Not in the right format"],
  invalid_value: ["不在可选的范围里", "Not one of the options"],
  unrecognized_keys: ["有不认识的内容", "Something here is not known"],
};

/** Says what is wrong with one field that the server did not accept. */
export function explainField(field: { code: string; params: LooseParams }): string {
  const say = sentences[lang()].get(field.code);
  if (say) return say(field.params as never);
  const known = fieldSentences[field.code] ?? ["这里填得不对", "This is not right"];
  return lang() === "en" ? known[1] : known[0];
}

let rightText: (right: unknown) => string | undefined = () => undefined;

/** Teaches refusals to name permissions, where pages need them. */
export const nameRights = (say: typeof rightText): void => {
  rightText = say;
};

/** What a refusal for want of a right or role names: the permission, else roles of staff, else those in a company. */
function neededIn({ right, staff, company }: LooseParams): string | undefined {
  const [roles = []] = [staff, company].filter((one): one is string[] => Array.isArray(one) && one.length > 0);
  return rightText(right) ?? (roles.length > 0 ? neededRoles(roles) : undefined);
}

type ClientRefusal =
  | { code: "client.offline" }
  | { code: "client.unreachable" }
  | { code: "client.unreadable" }
  | { code: "client.fault" };

registerRefusals<ClientRefusal>("client", {
  zh: {
    "client.offline": () => "现在离线，没有发出去。你填的内容都在，连上网再提交。",
    "client.unreachable": () => "服务器没有回应。你填的内容都在，再试一次",
    "client.unreadable": () => "服务器的回答读不懂，这一步没有完成。再试一次",
    "client.fault": () => "页面这一处出错，其他部分照常。重新载入再试",
  },
  en: {
    "client.offline": () => "You are offline, so nothing was sent. Your entries are kept; submit once connected.",
    "client.unreachable": () => "The server did not answer. Your entries are kept. Try again",
    "client.unreadable": () => "The server’s answer could not be read, so this did not go through. Try again",
    "client.fault": () => "This part of the page failed; the rest still works. Reload and try again",
  },
});

registerRefusals<CommonRefusal>("common", {
  zh: {
    "auth.missing": () => "登录已经过期，重新登录后再试。你填的内容都在",
    "session.stale": () => "登录状态需要更新，重新登录后再试。你填的内容都在",
    "auth.origin": () => "这个请求不是从本站发出的，没有执行",
    "auth.role": (p) => {
      const needed = neededIn(p);
      return needed ? `需要${needed}，找空间的所有者开通` : "你的角色不能做这一步，找空间的所有者开通";
    },
    missing: () => "没有这一项，或者你没有权限看它",
    "route.missing": () => "没有这个地址",
    stale: () => "刚才有别人改过这一项。读最新的再改，你填的内容都在",
    "if-match.required": () => "改之前要先读到最新的内容，刷新后再试",
    "input.invalid": () => "有几处填得不对，改好再提交",
    "input.json": () => "发出的内容读不懂，刷新页面后再试",
    "input.too-large": () => "内容超过 1 MB，分几次提交",
    "input.media": () => "不接受这种格式的文件",
    "cursor.invalid": () => "列表已经更新，从第一页重新看",
    "command.invalid": () => "这一步的编号不对，刷新页面后再试",
    "command.reused": () => "同一个编号已经用来做过别的事，刷新页面后再试",
    conflict: () => "刚才有别人改了同一处，没有写入。再试一次",
    "rate.limited": (p) => `一分钟内请求太多，没有执行。${String(p.seconds)} 秒后再试`,
    busy: () => "同时操作的人很多，没有写入。稍等再试一次",
    internal: () => "这一步在服务器上出错，没有完成。再试一次",
  },
  en: {
    "auth.missing": () => "You are signed out. Sign in again; your entries are kept",
    "session.stale": () => "Your sign-in needs renewing. Sign in again; your entries are kept",
    "auth.origin": () => "This request did not come from this site and was not carried out",
    "auth.role": (p) => {
      const needed = neededIn(p);
      return needed ? `Needs ${needed}. Ask the space’s owner` : "Your role cannot do this. Ask the space’s owner";
    },
    missing: () => "This does not exist, or you may not see it",
    "route.missing": () => "There is no such address",
    stale: () => "Someone changed this a moment ago. Load the latest and edit again; your entries are kept",
    "if-match.required": () => "Load the latest version before you change it",
    "input.invalid": () => "Some entries are not right yet. Fix them and submit again",
    "input.json": () => "What was sent could not be read. Reload the page and try again",
    "input.too-large": () => "More than 1 MB. Submit it in parts",
    "input.media": () => "This kind of file is not accepted",
    "cursor.invalid": () => "The list has changed. Start from its first page",
    "command.invalid": () => "This step has a bad number. Reload the page and try again",
    "command.reused": () => "This number was used for something else. Reload the page and try again",
    conflict: () => "Someone changed the same thing, so nothing was written. Try again",
    "rate.limited": (p) => `Too many requests in a minute, so nothing was done. Try again in ${String(p.seconds)} s`,
    busy: () => "Many people are at it, so nothing was written. Try again in a moment",
    internal: () => "This failed on the server and was not done. Try again",
  },
});
