// Comfort only: the page says everything without this script.
(() => {
  "use strict";
  const root = document.documentElement;
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
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
  const tools = document.getElementById("tools");
  const theme = button("", "Switch between light and dark", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    remember(root.dataset.theme);
    theme.textContent = dark() ? "Light" : "Dark";
  });
  theme.textContent = dark() ? "Light" : "Dark";
  tools.append(theme, button("Print", "", () => window.print()));

  const value = (cell) => {
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const text = cell.textContent.trim();
    return /^[\d,]*\.?\d+$/.test(text) ? Number(text.replaceAll(",", "")) : text;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  for (const table of document.querySelectorAll("main table:not(.picks)")) {
    const body = table.tBodies[0];
    if (body.rows.length < 3) continue;
    table.querySelectorAll("thead th").forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const words = head.textContent;
      head.textContent = "";
      head.append(button(words, "", () => {
        const down = head.getAttribute("aria-sort") === "descending";
        table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        const rows = [...body.rows];
        rows.sort((a, b) => (down ? 1 : -1) * compare(value(a.cells[column]), value(b.cells[column])));
        body.append(...rows);
      }));
    });
  }

  const save = (name, ending, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = (name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60) || "figure") + ending;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  // A spreadsheet would run a text that starts like a formula; a leading apostrophe keeps it text.
  const field = (text) => {
    const plain = text.trim().replace(/^([=@]|[+-](?![\d.]))/, "'$1");
    return '"' + plain.replaceAll('"', '""') + '"';
  };
  const bare = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .mark[aria-hidden]").forEach((part) => part.remove());
    return copy.textContent;
  };
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => field(bare(cell))).join(",")).join("\r\n");
  const picture = (svg) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute("style", "color:#16202c;font-family:sans-serif;background:#fff");
    return new XMLSerializer().serializeToString(copy);
  };
  const pixels = (svg, done) => {
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * svg.width.baseVal.value;
      canvas.height = 2 * svg.height.baseVal.value;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture(svg));
  };
  for (const holder of document.querySelectorAll(".sheet, figure.figure")) {
    const row = document.createElement("p");
    row.className = "save";
    const name = holder.dataset.name;
    const offer = (what, act) => row.append(button(what, "Save as " + what + ": " + name, act));
    const table = holder.querySelector("table");
    const drawn = [...holder.querySelectorAll(".wide > svg, .narrow > svg")];
    if (drawn.length) {
      const shown = () => drawn.find((svg) => svg.getClientRects().length) || drawn[0];
      offer("SVG", () => save(name, ".svg", new Blob([picture(shown())], { type: "image/svg+xml" })));
      offer("PNG", () => pixels(shown(), (blob) => save(name, ".png", blob)));
    }
    offer("CSV", () => save(name, ".csv", new Blob([csv(table)], { type: "text/csv" })));
    holder.insertBefore(row, [...holder.children].find((child) => child.matches(".note, .data")) || null);
  }

  for (const link of document.querySelectorAll("sup a:not([title]), .cited a")) {
    const note = document.querySelector(link.getAttribute("href"));
    link.title = [...note.childNodes].filter((n) => n.nodeName !== "DETAILS").map((n) => n.textContent).join("").trim();
  }

  // A source named inside a chain lies in the page below it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[popover] a[href^='#']");
    if (link) document.querySelectorAll(":popover-open").forEach((open) => open.hidePopover());
  });
})();
