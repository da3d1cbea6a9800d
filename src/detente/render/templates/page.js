// Comfort only: the page says everything without this script.
"use strict";

// What a link keeps: a deal, how tables are sorted. Parts of the address stand side by side, `#deal=...&sort=...`.
const state = (() => {
  const parts = () => new Map(location.hash.slice(1).split("&").filter((part) => part.includes("=")).map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at), part.slice(at + 1)];
  }));
  const written = (name, value) => {
    const all = parts();
    if (value) all.set(name, value);
    else all.delete(name);
    return "#" + [...all].map(([key, kept]) => key + "=" + kept).join("&");
  };
  return {
    get: (name) => parts().get(name) ?? "",
    link: written,
    // Some places, such as a preview, allow no change of the address.
    set: (name, value) => {
      try {
        history.replaceState(null, "", written(name, value));
      } catch {
        return;
      }
    },
  };
})();

const makeButton = (text, label, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
};

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
