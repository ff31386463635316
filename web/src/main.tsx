import "./app.css";
import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { lang, setLang } from "./i18n.ts";

// The content security policy forbids making code from text; without this zod tries whether it may, and the browser reports the try.
const settings = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
settings.__zod_globalConfig ??= {};
settings.__zod_globalConfig.jitless = true;

setLang(lang());
render(() => <App />, document.getElementById("app")!);
