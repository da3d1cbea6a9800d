// Light and dark, remembered, and a button to print.
(() => {
  const root = document.documentElement;
  const remember = (value) => {
    try {
      if (value) localStorage.setItem("detente-theme", value);
      return localStorage.getItem("detente-theme");
    } catch {
      return null;
    }
  };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const kept = remember();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  const theme = makeButton("", "", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    remember(root.dataset.theme);
    name();
  });
  const name = () => {
    theme.textContent = dark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", dark() ? "Light: switch to a light page" : "Dark: switch to a dark page");
  };
  name();
  document.getElementById("tools").append(theme, makeButton("Print", "", () => window.print()));
})();
