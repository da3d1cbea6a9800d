// Tables below an element: sorted by their headings, saved as CSV.
const dressTables = (root) => {
  const value = (cell) => {
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const text = cell.textContent.trim();
    return /^[\d,]*\.?\d+$/.test(text) ? Number(text.replaceAll(",", "")) : text;
  };
  // Numbers stand together and before words; what is blank comes last whatever the order.
  const compare = (a, b) => (typeof a === typeof b ? (typeof a === "number" ? a - b : a.localeCompare(b)) : typeof a === "number" ? -1 : 1);
  const tables = [...root.querySelectorAll("[data-name] table")].filter((table) => table.tBodies[0].rows.length > 2);
  const sort = (table, column, order) => {
    const heads = [...table.querySelectorAll("thead th")];
    if (!heads[column]) return;
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", order);
    const sign = order === "descending" ? -1 : 1;
    const rows = [...table.tBodies[0].rows].map((row) => [value(row.cells[column]), row]);
    rows.sort(([a], [b]) => (a === "") - (b === "") || sign * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  const place = (table) => table.closest("[data-name]").id;
  const sorted = () => new Map(state.get("sort").split(",").map((part) => part.split(".")).filter((part) => part.length === 3).map(([id, ...how]) => [id, how]));
  const keep = (table, column, order) => {
    const all = sorted();
    all.delete(place(table));
    all.set(place(table), [column, order === "descending" ? "down" : "up"]);
    state.set("sort", [...all].map(([id, how]) => [id, ...how].join(".")).join(","));
  };
  for (const table of tables) {
    table.querySelectorAll("thead th").forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const words = [...head.childNodes]; // kept as they are: some are for listeners only
      const button = makeButton("", "", () => {
        const first = table.tBodies[0].rows[0].cells[column];
        const usual = typeof value(first) === "number" ? "descending" : "ascending";
        const other = { ascending: "descending", descending: "ascending" }[head.getAttribute("aria-sort")];
        const order = other ?? usual;
        sort(table, column, order);
        keep(table, column, order);
      });
      button.append(...words);
      head.append(button);
    });
  }
  const restore = () => {
    const all = sorted();
    for (const table of tables) {
      const how = all.get(place(table));
      if (how) sort(table, Number(how[0]), how[1] === "down" ? "descending" : "ascending");
    }
  };
  restore();
  if (root === document) addEventListener("hashchange", restore);

  // A spreadsheet would run a text that starts like a formula; a leading apostrophe keeps it text.
  const field = (text) => '"' + text.trim().replace(/^([=@]|[+-](?![\d.]))/, "'$1").replaceAll('"', '""') + '"';
  const bare = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .mark[aria-hidden]").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ");
  };
  const lines = (rows) => "\ufeff" + rows.map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
  // What is words on the page has its table, and its picture, in a template.
  const source = (holder) => holder.querySelector("table") ?? holder.querySelector("template").content.querySelector("table");
  const csv = (holder) => lines([...source(holder).rows].map((row) => [...row.cells].map(bare)));
  for (const holder of root.querySelectorAll("[data-name]")) {
    const row = document.createElement("p");
    row.className = "save";
    const name = holder.dataset.name;
    row.append(makeButton("CSV", "Save as CSV: " + name, () => saveAs(name, ".csv", new Blob([csv(holder)], { type: "text/csv" }))));
    const under = holder.matches("figure") ? ".data" : ".note"; // beside what stands last, without cutting into it
    holder.insertBefore(row, [...holder.children].find((child) => child.matches(under)) || null);
  }
};
