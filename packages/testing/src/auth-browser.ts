import type { createAuthFunction } from "@yihao/functions/auth";
import { listMail } from "@yihao/identity/mail";
import type { Table } from "@yihao/table/client";
import { platformOf } from "./table.ts";

type App = ReturnType<typeof createAuthFunction>;
export type AuthAnswer = { readonly status: number; readonly cookies: string[]; readonly json: never };

/** A browser in front of the auth function of a test: it keeps cookies between calls. */
export function authBrowser(origin: string, through: () => App) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    jar,
    request: () => new Request(`${origin}/`, { headers: { cookie: cookie() } }),
    async call(path: string, body?: object, headers: Record<string, string> = {}): Promise<AuthAnswer> {
      const response = await through().request(`${origin}/api/auth${path}`, {
        method: body ? "POST" : "GET",
        headers: {
          host: new URL(origin).host,
          cookie: cookie(),
          "content-type": "application/json",
          origin,
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const cookies = response.headers.getSetCookie();
      for (const line of cookies) {
        const [pair = "", ...flags] = line.split(";");
        const [name = "", value = ""] = pair.split(/=(.*)/s);
        if (flags.some((flag) => /max-age=0/i.test(flag)) || value === "") jar.delete(name);
        else jar.set(name, value);
      }
      return { status: response.status, cookies, json: (await response.json()) as never };
    },
  };
}

export type AuthBrowser = ReturnType<typeof authBrowser>;

/** The newest letter to somebody. */
export async function lastLetter(table: Table, to: string) {
  const mails = await listMail(platformOf(table));
  return mails.items.find((one) => one.to === to);
}

/** The six digits of the newest letter to somebody; nothing when there is none. */
export async function lastCode(table: Table, to: string): Promise<string> {
  return /\d{6}/.exec((await lastLetter(table, to))?.text ?? "")?.[0] ?? "";
}
