import "./app.css";
import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { lang, setLang } from "./i18n.ts";

setLang(lang());
render(() => <App />, document.getElementById("app")!);
