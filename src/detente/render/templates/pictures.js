// Pictures below an element: saved as SVG and PNG that carry their own colours and letters.
const dressPictures = (root) => {
  // The letters are data inside the page's own style; a saved picture takes those it is set in along.
  const letters = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes("Brief Sans"))
    .map((rule) => rule.cssText).join("");
  const picture = (svg) => {
    const copy = svg.cloneNode(true);
    const [, , width, height] = copy.getAttribute("viewBox").split(" ");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("color", "#16202c");
    const ground = document.createElementNS(copy.namespaceURI, "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", "#ffffff");
    const style = document.createElementNS(copy.namespaceURI, "style");
    style.textContent = letters() + 'text{font-family:"Brief Sans","Source Sans 3",Arial,sans-serif}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}';
    copy.prepend(...[...copy.querySelectorAll(":scope > title, :scope > desc")], style, ground);
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy);
  };
  const pixels = (svg, done) => {
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.width;
      canvas.height = 2 * image.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    });
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture(svg));
  };
  for (const holder of root.querySelectorAll("[data-name]")) {
    const drawn = [...holder.querySelectorAll(".wide > svg, .narrow > svg")];
    const kept = holder.querySelector("template");
    if (kept) drawn.push(kept.content.querySelector("svg"));
    if (!drawn.length) continue;
    const name = holder.dataset.name;
    const shown = () => drawn.find((svg) => svg.getClientRects().length) || drawn[0];
    holder.querySelector(".save").prepend(
      makeButton("SVG", "Save as SVG: " + name, () => saveAs(name, ".svg", new Blob([picture(shown())], { type: "image/svg+xml" }))),
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
