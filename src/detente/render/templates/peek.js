// A look behind a number without leaving it: its source or the head of its chain, on pointing, focus or touch.
(() => {
  const peek = document.createElement("div");
  peek.id = "peek";
  peek.popover = "manual";
  peek.setAttribute("role", "tooltip");
  document.querySelector("main").append(peek); // inside a landmark, so that nobody who steps through them misses it
  let timer = 0;
  let owner = null;
  const line = (text, kind) => {
    const made = document.createElement("p");
    made.textContent = text;
    if (kind) made.className = kind;
    peek.append(made);
    return made;
  };
  // Words already in the page, as text only.
  const words = (part) => [...part.childNodes].filter((child) => child.nodeName !== "DETAILS")
    .map((child) => child.textContent).join("").replace(/\s+/g, " ").trim();
  const chain = (button) => {
    const found = document.getElementById(button.getAttribute("popovertarget"));
    const title = document.createElement("strong");
    title.textContent = words(found.querySelector("h3"));
    line("").append(title);
    for (const row of [...found.querySelectorAll("dl div")].slice(0, 2)) {
      line(words(row.querySelector("dt")) + ": " + words(row.querySelector("dd")));
    }
    line("Press for judgements and sources", "soft");
  };
  const note = (link, touched) => {
    line(link.textContent + ". " + words(document.querySelector(link.getAttribute("href"))));
    if (!touched) return;
    const to = document.createElement("a");
    to.href = link.getAttribute("href");
    to.textContent = "In the list of sources";
    to.addEventListener("click", hide);
    line("").append(to);
  };
  const hide = () => {
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    owner = null;
    peek.hidePopover();
  };
  const show = (target, touched) => {
    if (owner === target) return;
    hide();
    peek.textContent = "";
    if (target.matches(".trace")) chain(target);
    else note(target, touched);
    peek.showPopover();
    owner = target;
    owner.setAttribute("aria-describedby", "peek");
    place();
  };
  const place = () => {
    const box = owner.getBoundingClientRect();
    const { offsetWidth: wide, offsetHeight: tall } = peek;
    peek.style.left = Math.max(12, Math.min(box.left, innerWidth - wide - 12)) + "px";
    peek.style.top = (box.bottom + 8 + tall < innerHeight ? box.bottom + 8 : Math.max(8, box.top - 8 - tall)) + "px";
  };
  const about = (event) => event.target.closest?.(".trace[popovertarget], sup a[href^='#note-'], .cited a[href^='#note-']");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const target = about(event);
    clearTimeout(timer);
    if (peek.contains(event.target) || (target && target === owner)) return;
    timer = setTimeout(() => (target ? show(target) : hide()), target ? 180 : 250);
  });
  document.addEventListener("focusin", (event) => {
    const target = about(event);
    if (target?.matches(":focus-visible")) show(target);
    else if (!peek.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clearTimeout(timer);
    hide();
  });
  addEventListener("scroll", () => {
    if (!owner) return;
    if (owner === document.activeElement) place();
    else hide();
  }, { passive: true });
  document.addEventListener("click", (event) => {
    const target = about(event);
    if (target && event.pointerType === "touch" && !target.matches(".trace")) {
      event.preventDefault();
      if (owner === target) hide();
      else show(target, true);
      return;
    }
    clearTimeout(timer);
    if (!peek.contains(event.target)) hide();
    // A source named inside a chain lies in the page below it.
    if (event.target.closest?.("[popover] a[href^='#']")) {
      document.querySelectorAll(":popover-open").forEach((open) => open.hidePopover());
    }
  });
})();
