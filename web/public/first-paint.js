// Sets theme and language before the first paint, so that the dark theme never flashes white.
((root) => {
  try {
    const theme = localStorage.getItem("yihao.theme");
    const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "dark" : "light";
    root.lang = localStorage.getItem("yihao.lang") === "en" ? "en" : "zh-CN";
  } catch {
    root.lang = "zh-CN";
  }
})(document.documentElement);
