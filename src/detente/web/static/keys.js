// Single keys for those who work without a mouse; a list of them under `?`, where they can be switched off.
(() => {
  const find = (query) => document.querySelector(query);
  const visit = (page) => {
    const link = find(`.bar nav a[href^="${page}"]`);
    if (link) link.click();
  };
  const focus = (target) => {
    if (!target) return;
    if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };
  const search = () => {
    const field = find(".search input[name=q]");
    if (field) return focus(field);
    location.href = find('.bar nav a[href^="/evidence"]').href + "#find";
  };
  const edit = () => (find("#controls") ? focus(find("#controls input:not([type=hidden]), #controls summary")) : visit("/what-if"));
  // From heading to heading, above or below where the reader is.
  const step = (way) => {
    const heads = [...document.querySelectorAll("main h2")].filter((head) => head.getClientRects().length);
    const here = heads.indexOf(document.activeElement);
    const below = heads.findIndex((head) => head.getBoundingClientRect().top > 90);
    const next = here >= 0 ? here + way : way > 0 ? below : (below < 0 ? heads.length : below) - 1;
    focus(heads[Math.max(0, Math.min(heads.length - 1, next))]);
  };
  const KEYS = [
    ["?", "This list", () => open()],
    ["/", "Search the evidence, or the page that has a search", search],
    ["e", "Edit an assumption", edit],
    ["d", "Put a deal together", () => visit("/deals")],
    ["c", "Compare with the case on file", () => visit("/compare")],
    ["b", "Read the brief of what is on the page", () => visit("/brief")],
    ["u", "Undo: back to where you were", () => history.back()],
    ["[", "Previous section", () => step(-1)],
    ["]", "Next section", () => step(1)],
  ];

  const kept = () => {
    try {
      return localStorage.getItem("detente-keys") !== "off";
    } catch {
      return true;
    }
  };
  let on = kept();

  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const add = (parent, tag, text = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  add(dialog, "h2", "Keys").id = "keys-title";
  const list = add(dialog, "dl");
  for (const [key, does] of KEYS) {
    const row = add(list, "div");
    add(add(row, "dt"), "kbd", key);
    add(row, "dd", does);
  }
  const label = add(dialog, "label");
  label.className = "tick";
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.checked = on;
  label.append(tick, " Single keys work, but never while you type in a field");
  tick.addEventListener("change", () => {
    on = tick.checked;
    try {
      localStorage.setItem("detente-keys", on ? "on" : "off");
    } catch { /* then only until the page is left */ }
  });
  const close = makeButton("Close", "", () => dialog.close());
  close.className = "button";
  dialog.append(close);
  find("main").append(dialog);
  const open = () => {
    if (!dialog.open) dialog.showModal();
  };
  const shortcuts = makeButton("Keys", "Keys: list of single-key shortcuts", open);
  shortcuts.className = "keyboard";
  find("#tools").append(shortcuts);

  document.addEventListener("keydown", (event) => {
    if (!on || dialog.open || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const found = KEYS.find(([key]) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found[2]();
  });
  if (location.hash === "#find") find(".search input[name=q]")?.focus();
})();
