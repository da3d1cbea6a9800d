// What every script of a page starts from; the page says everything without them.
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

// A file of what the page shows; `name` is what a reader calls it.
const saveAs = (name, ending, blob) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = (name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "figure") + ending;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
