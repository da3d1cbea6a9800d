// Pictures below an element: saved as SVG and PNG that carry their own colours and letters, and what must not be
// lost on the way: the title, the notes below, and which case of which day they are of.
const dressPictures = (root) => {
  // The letters are data inside the page's own style; a saved picture takes those it is set in along.
  const letters = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes("Brief Sans"))
    .map((rule) => rule.cssText).join("");
  const plain = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => mark.remove());
    copy.querySelectorAll(".unit").forEach((unit) => (unit.textContent = `(${unit.textContent})`));
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const heading = (holder) => holder.querySelector("figcaption, .caption")
    ?? holder.closest("section")?.querySelector("h2:not(.unseen)") ?? document.querySelector("h1");
  const pen = document.createElement("canvas").getContext("2d");
  const SMALL = 12, TALL = 16, EDGE = 14; // pixels of letters, from line to line, and around
  // Texts under one another, wrapped to a width, from a height down; returns where they end.
  const set = (into, texts, width, top, weight) => {
    pen.font = `${weight} ${SMALL}px "Brief Sans", Arial, sans-serif`;
    let y = top;
    const write = (line) => {
      const text = document.createElementNS(into.namespaceURI, "text");
      text.setAttribute("y", y += TALL);
      text.setAttribute("font-size", SMALL);
      text.setAttribute("font-weight", weight);
      text.textContent = line;
      into.append(text);
    };
    for (const words of texts) {
      let line = "";
      for (const word of words.split(" ")) {
        const longer = line ? line + " " + word : word;
        if (line && pen.measureText(longer).width > width) write(line);
        line = line && pen.measureText(longer).width > width ? word : longer;
      }
      write(line);
      y += 4;
    }
    return y;
  };
  const framed = (copy, holder) => {
    const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
    const drawn = document.createElementNS(copy.namespaceURI, "g");
    drawn.append(...copy.querySelectorAll(":scope > :not(title, desc)"));
    const top = set(copy, [plain(heading(holder))], width, 0, 600) + 6;
    drawn.setAttribute("transform", `translate(0 ${top})`);
    copy.append(drawn);
    const stamp = [...document.querySelectorAll(".stamp > *")].map(plain).join(" · ");
    const notes = [...holder.querySelectorAll(":scope > .note")].map(plain);
    const bottom = set(copy, [...notes, stamp], width, top + height, 400) + 4;
    const frame = { x: -EDGE, y: -EDGE / 2, width: width + 2 * EDGE, height: bottom + EDGE };
    copy.setAttribute("viewBox", Object.values(frame).join(" "));
    copy.setAttribute("width", frame.width);
    copy.setAttribute("height", frame.height);
    return frame;
  };
  const picture = (svg, holder) => {
    const copy = svg.cloneNode(true);
    const frame = framed(copy, holder);
    copy.setAttribute("color", "#16202c");
    const ground = document.createElementNS(copy.namespaceURI, "rect");
    for (const [name, pixels] of Object.entries(frame)) ground.setAttribute(name, pixels);
    ground.setAttribute("fill", "#ffffff");
    const style = document.createElementNS(copy.namespaceURI, "style");
    style.textContent = letters() + 'text{font-family:"Brief Sans","Source Sans 3",Arial,sans-serif}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}';
    copy.prepend(...[...copy.querySelectorAll(":scope > title, :scope > desc")], style, ground);
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy);
  };
  const pixels = (text, done) => {
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.width;
      canvas.height = 2 * image.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  };
  for (const holder of root.querySelectorAll("[data-name]")) {
    const drawn = [...holder.querySelectorAll(".wide > svg, .narrow > svg")];
    const kept = holder.querySelector("template");
    if (kept) drawn.push(kept.content.querySelector("svg"));
    if (!drawn.length) continue;
    const name = holder.dataset.name;
    const shown = () => picture(drawn.find((svg) => svg.getClientRects().length) || drawn[0], holder);
    holder.querySelector(".save").prepend(
      makeButton("SVG", "Save as SVG: " + name, () => saveAs(name, ".svg", new Blob([shown()], { type: "image/svg+xml" }))),
      makeButton("PNG", "Save as PNG: " + name, () => pixels(shown(), (blob) => saveAs(name, ".png", blob))),
    );
  }
};

// What a page shows first, and what it puts in later.
const dress = (root) => {
  dressTables(root);
  dressPictures(root);
};
dress(document);
