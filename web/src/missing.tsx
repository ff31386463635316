import { A } from "@solidjs/router";
import { dictionary } from "./i18n.ts";

const words = dictionary({
  zh: { title: "没有这一页", why: "地址可能写错了，或者你没有权限看它。", home: "回到首页" },
  en: { title: "No such page", why: "The address may be wrong, or you may not see it.", home: "Go to the start page" },
});

/** What an address shows that leads nowhere, or to what this person may not see: both look the same. */
export default function Missing() {
  const t = words();
  return (
    <main class="grid min-h-dvh place-content-center gap-2 p-6 text-center">
      <h1 class="text-lg">{t.title}</h1>
      <p class="text-fg-2">{t.why}</p>
      <p>
        <A class="y-link" href="/">
          {t.home}
        </A>
      </p>
    </main>
  );
}
