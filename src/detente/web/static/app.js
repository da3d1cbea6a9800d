// Comfort only: every page works by plain forms and links without this script.
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const minus = (x) => String(x).replace("-", "−");

  // Light and dark, remembered.
  const kept = (() => { try { return localStorage.getItem("detente-theme"); } catch { return null; } })();
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const theme = document.createElement("button");
  theme.type = "button";
  theme.setAttribute("aria-label", "Switch between light and dark");
  const name = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("detente-theme", root.dataset.theme); } catch { /* stays for this page */ }
    name();
  });
  name();
  find("#tools")?.append(theme);

  const say = (words) => {
    find("#toast")?.remove();
    const toast = document.createElement("div");
    toast.id = "toast";
    toast.setAttribute("role", "status");
    toast.textContent = words;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 2500);
  };

  // Only markup that this server made for this page is put in; it has escaped everything a case says.
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  let running = null; // the newest request wins: an older one is given up
  const ask = async (address, part) => {
    running?.abort();
    const mine = (running = new AbortController());
    const reply = await fetch(address, { headers: part ? { "x-part": part } : {}, signal: mine.signal });
    const text = await reply.text();
    if (running === mine) running = null;
    return { reply, page: parsed(text) };
  };

  const form = find("#controls");
  if (!form) {
    const again = async () => {
      if (!find(".waiting progress")) return;
      try {
        const reply = await fetch(location.href);
        const keys = find("#keys");
        find("main").replaceChildren(...find("main", parsed(await reply.text())).childNodes, ...(keys ? [keys] : []));
        dress(find("main"));
      } catch { /* the next look may do better */ }
      setTimeout(again, 700);
    };
    setTimeout(again, 700);
    document.addEventListener("change", (event) => event.target.form?.id === "package" && event.target.form.requestSubmit());
    return;
  }

  const address = () => `/what-if?${new URLSearchParams(new FormData(form))}`;
  const answer = find("#answer");
  const quick = () => form.dataset.quick === "yes";

  const poll = () => {
    const job = find(".waiting[data-job] progress");
    if (job) setTimeout(() => show(location.href, { quiet: true }), 500);
  };

  const why = async (link) => {
    const place = find("#moved");
    place.replaceChildren();
    if (!quick() || !link.includes("set=")) return;
    try {
      const reply = await fetch(link.replace("/what-if", "/what-if/moved"), { headers: { "x-part": "moved" } });
      if (reply.ok && location.pathname + location.search === link) place.replaceChildren(...parsed(await reply.text()).body.childNodes);
    } catch { /* comfort only */ }
  };

  // A link inside the page, or the order of a table, is no other state of the answer.
  const shown = () => location.pathname + location.search;
  let last = shown();

  // What a reader has opened stays open when the answer changes.
  let keepOpen = [];
  const dressed = (part) => {
    dress(part);
    for (const summary of all("summary", part)) {
      if (keepOpen.includes(summary.textContent)) summary.parentElement.open = true;
    }
  };

  const show = async (to, { preview = false, push = false, quiet = false } = {}) => {
    if (!quiet) answer.classList.add("stale");
    let got;
    try {
      got = await ask(preview ? `${to}&preview=1` : to, "answer");
    } catch (error) {
      if (error.name !== "AbortError") {
        answer.classList.remove("stale");
        say("The server does not answer. Is it still running?");
      }
      return;
    }
    answer.classList.remove("stale");
    keepOpen = all("details[open] > summary", answer).map((summary) => summary.textContent);
    answer.replaceChildren(...got.page.body.childNodes);
    dressed(answer);
    const link = got.reply.headers.get("content-location");
    if (link && push && link !== location.pathname + location.search) {
      history.pushState(null, "", link);
      last = shown();
      rest(link);
    }
    if (!preview && link) why(link);
    poll();
  };

  // What stands around the answer (the form for saving, the marks of change) follows once the hand rests.
  const rest = async (link) => {
    const reply = await fetch(link);
    if (!reply.ok || location.pathname + location.search !== link) return;
    const fresh = parsed(await reply.text());
    for (const place of [".bar nav", ".stamp", ".foot"]) find(place).replaceChildren(...find(place, fresh).childNodes);
    for (const id of ["save"]) {
      const mine = find(`#${id}`), other = find(`#${id}`, fresh);
      if (mine && other) mine.replaceChildren(...other.childNodes);
      else if (other) find(".answer-pane").append(other);
      else mine?.remove();
    }
    const more = find("#rest", fresh);
    if (more && !find("#rest")) {
      find(".said > .note:last-child")?.before(more);
      dressed(more);
    }
    for (const control of all(".control[data-path]")) {
      const other = all(".control[data-path]", fresh).find((c) => c.dataset.path === control.dataset.path);
      if (!other) continue;
      control.className = other.className;
      const hint = find(".hint", control), fine = find(".hint", other);
      if (hint && fine) hint.textContent = fine.textContent;
    }
    for (const option of all("#lens option")) {
      const other = find(`#lens option[value="${CSS.escape(option.value)}"]`, fresh);
      if (other) option.dataset.link = other.dataset.link;
    }
    for (const hidden of all(".question input[name=set]")) hidden.remove();
    for (const hidden of all(".question input[name=set]", fresh)) find(".question").append(hidden);
  };

  // A slider moves the middle of a range and keeps its width.
  const sliders = () => {
    for (const control of all(".control")) {
      const slider = find("input[type=range]", control);
      if (!slider || slider.dataset.live) continue;
      slider.dataset.live = "yes";
      find(".slide", control).hidden = false;
      const [low, high] = all(".ends input", control);
      const write = () => {
        const ends = [Number(low.value), Number(high.value)].sort((a, b) => a - b);
        const words = ends.map((x) => minus(Number(x.toPrecision(6))));
        find("output", control).textContent = words[0] === words[1] ? words[0] : `${words[0]} to ${words[1]}`;
      };
      slider.addEventListener("input", () => {
        const half = (Number(high.value) - Number(low.value)) / 2, middle = Number(slider.value);
        low.value = Number((middle - half).toPrecision(8));
        high.value = Number((middle + half).toPrecision(8));
        write();
      });
      for (const end of [low, high]) {
        end.addEventListener("input", () => {
          slider.value = (Number(low.value) + Number(high.value)) / 2;
          write();
        });
      }
    }
  };
  sliders();

  let soon = 0;
  form.addEventListener("input", (event) => {
    if (!quick() || event.target.type !== "range") return;
    const now = performance.now();
    if (now - soon < 60) return; // at most one request every 60 ms while dragging
    soon = now;
    show(address(), { preview: true });
  });
  form.addEventListener("change", () => show(address(), { push: true }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(), { push: true });
  });
  find("#apply").hidden = true;
  find("#ask").hidden = true;
  find("#lens").addEventListener("change", (event) => {
    location.href = event.target.selectedOptions[0].dataset.link;
  });
  const copy = find("#copy");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say("The link is copied.");
    } catch {
      say(location.href);
    }
  });
  addEventListener("popstate", () => shown() !== last && location.reload());
  if (find("#why")) why(location.pathname + location.search);
  poll();
})();
