import { lang } from "./i18n.ts";
import { Problem } from "./problem.ts";

/** What a room refuses with: a union of `{ code, params }`. A code without parameters may leave `params` out. */
export interface AnyRefusal {
  readonly code: string;
  readonly params?: object;
}

/** One sentence per code; a missing code does not compile. */
export type RefusalWords<R extends AnyRefusal> = {
  readonly [One in R as One["code"]]: (params: One extends { params: infer P } ? P : Record<string, never>) => string;
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
