// A deal of the reader's own; every text goes through textContent, never through markup.
(() => {
  const section = document.getElementById("own-deal");
  const data = JSON.parse(document.getElementById("own-deal-data").textContent);
  const { issues, actors, vetoes, more, readings, bans, starts, shares, means } = data;
  const [NEVER, HARDLY, NEARLY, NOBODY] = [101, 102, 103, 255];
  const picks = issues.map((_, i) => document.getElementById("own-" + i));
  const start = document.getElementById("own-start");
  const answer = section.querySelector(".answer");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const make = (tag, text, parent) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  const listed = (words) => (words.length < 2 ? words.join("") : words.slice(0, -1).join(", ") + " and " + words.at(-1));
  const option = (i, o) => issues[i].options[o][1];
  const all = more ? "all who must agree" : actors.length === 2 ? "both" : "all";

  // Rules: a deal that has one of the options on every issue of a clause cannot stand.
  const hits = (clause, deal) => clause.every(([i, options]) => options.includes(deal[i]));
  const broken = (deal) => bans.filter((ban) => ban.clauses.some((clause) => hits(clause, deal)));
  const stands = (deal) => bans.every((ban) => !ban.clauses.some((clause) => hits(clause, deal)));
  const crossed = (reading, deal) =>
    reading.accepts.map((lines) => deal.map((_, i) => i).filter((i) => !lines[i].includes(deal[i])));
  // Everybody with a veto and enough of the others must accept; the red lines to move are the fewest that do.
  const enough = (lines) => lines.slice(vetoes).filter((found) => !found.length).length >= more;
  const fits = (lines) => lines.slice(0, vetoes).every((found) => !found.length) && enough(lines);
  const left = (lines) => {
    const counts = lines.map((found) => found.length);
    const others = counts.slice(vetoes).sort((a, b) => a - b).slice(0, more);
    return [...counts.slice(0, vetoes), ...others].reduce((n, found) => n + found, 0);
  };
  const apart = (a, b) => a.reduce((n, o, i) => n + (o !== b[i]), 0);

  // Shares lie in the order of the deals that stand, the last issue fastest.
  const code = (deal) => deal.reduce((n, o, i) => n * issues[i].options.length + o, 0);
  const place = new Map();
  const deals = [];
  const table = shares && { together: bytes(shares.together), first: bytes(shares.first), often: bytes(shares.often), alone: shares.alone.map(bytes) };
  if (table) {
    const deal = issues.map(() => 0);
    for (let more = true; more; ) {
      if (stands(deal)) {
        place.set(code(deal), deals.length);
        deals.push([...deal]);
      }
      let i = issues.length - 1;
      while (i >= 0 && ++deal[i] === issues[i].options.length) deal[i--] = 0;
      more = i >= 0;
    }
  }
  const together = (deal) => {
    if (!table) return 0;
    const share = table.together[place.get(code(deal))];
    return share === NEVER ? 0 : share === HARDLY ? 0.5 : share === NEARLY ? 99.5 : share;
  };

  // Too many deals to walk: look at all that differ on up to three issues.
  const around = function* (deal, from, changes) {
    yield deal;
    if (!changes) return;
    for (let i = from; i < issues.length; i++) {
      for (let o = 0; o < issues[i].options.length; o++) {
        if (o !== deal[i]) yield* around(deal.with(i, o), i + 1, changes - 1);
      }
    }
  };
  const nearest = (reading, deal) => {
    let best = null;
    for (const other of table ? deals : around(deal, 0, 3)) {
      if (!table && !stands(other)) continue;
      const key = [left(crossed(reading, other)), apart(deal, other), -together(other)];
      const at = best ? key.findIndex((k, n) => k !== best.key[n]) : 0;
      if (at >= 0 && (!best || key[at] < best.key[at])) best = { key, deal: other };
    }
    return best;
  };

  const refusals = (reading, deal) => {
    const lines = crossed(reading, deal);
    return actors.map((actor, p) => ({ actor, on: lines[p].map((i) => issues[i].inside), stops: lines[p].length && (p < vetoes || !enough(lines)) }));
  };
  const share = (value) =>
    value === NEVER ? "none" : value === HARDLY ? "under 1%" : value === NEARLY ? "over 99%" : value + "%";

  const sayRules = (deal) => {
    const found = broken(deal);
    if (!found.length) return true;
    const hard = found.filter((ban) => !ban.scope);
    make("h3", hard.length ? "These parts cannot stand together" : "This is not a deal in the sense of this case", answer);
    for (const ban of found) make("p", ban.text, answer);
    return false;
  };
  const sayHeadline = (deal) => {
    const open = readings.filter((reading) => fits(crossed(reading, deal)));
    const names = listed(open.map((reading) => reading.name));
    const said = open.length === readings.length ? "Inside the red lines of " + all : open.length ? "Inside the red lines of " + all + " only with " + names : "";
    if (said) return make("h3", said, answer);
    const widest = refusals(readings.at(-1), deal).filter((found) => found.stops);
    const even = readings.length > 1 ? ", even with " + readings.at(-1).name : "";
    return make("h3", listed(widest.map((found) => found.actor)) + " would refuse" + even, answer);
  };
  const sayReadings = (deal) => {
    const list = make("dl", "", answer);
    for (const reading of readings) {
      const row = make("div", "", list);
      make("dt", "With " + reading.name, row).title = reading.text;
      const said = refusals(reading, deal).map(({ actor, on }) => (on.length ? actor + " refuses on " + listed(on) : actor + " could accept"));
      make("dd", said.join("; ") + ".", row);
    }
    return list;
  };
  const sayShares = (deal, list) => {
    const row = make("div", "", list);
    if (!table) {
      make("dt", "At the middle of the draws", row);
      const joint = (p) => means.effects.filter(([who, parts]) => who === p && hits(parts, deal)).reduce((sum, effect) => sum + effect[2], 0);
      const gains = actors.map((actor, p) => [actor, deal.reduce((sum, o, i) => sum + means.points[p][i][o], joint(p) - means.worth[p])]);
      const said = gains.map(([actor, gain]) => actor + " " + (gain < 0 ? "loses " : "gains ") + Math.abs(gain).toFixed(0) + " points");
      make("dd", "Against no deal, " + said.join("; ") + ". There are too many deals to keep a share of draws for each.", row);
      return;
    }
    const at = place.get(code(deal));
    make("dt", "Red lines aside", row);
    const alone = actors.map((actor, p) => actor + " in " + share(table.alone[p][at])).join(", ");
    const first = table.first[at] === NOBODY ? (more ? "Nobody whose consent is needed" : "Nobody") + " refuses in any draw." : actors[table.first[at]] + " is first to refuse (" + share(table.often[at]) + " of draws).";
    const cell = make("dd", "", row);
    make("strong", share(table.together[at]) + " of " + shares.draws.toLocaleString("en") + " draws", cell);
    cell.append(" hold it better than no deal for " + all + " (" + alone + "). " + first);
  };
  const sayNearest = (deal) => {
    make("h4", "What would have to change", answer);
    for (const reading of readings) {
      const found = nearest(reading, deal);
      const line = make("p", "", answer);
      if (!found) {
        line.textContent = "With " + reading.name + ": no package within three changes stands.";
        continue;
      }
      const [lines, changes] = found.key;
      const moves = deal.map((_, i) => i).filter((i) => deal[i] !== found.deal[i]).map((i) => issues[i].inside + " to “" + option(i, found.deal[i]) + "”");
      const stuck = refusals(reading, found.deal).filter(({ stops }) => stops).map(({ actor, on }) => actor + " on " + listed(on));
      const where = table ? "" : " within three changes";
      const to = changes ? "change " + listed(moves) : "nothing; your deal is already there";
      line.textContent = "With " + reading.name + ": " + (lines
        ? "no package" + where + " fits the red lines of " + all + ". Closest" + (changes ? ": " + to : " is your deal") + "; still crossed: " + stuck.join("; ") + "."
        : (changes ? "the nearest package " + all + " could accept: " : "") + to + ".");
      if (changes) {
        const take = make("button", "Try it", line);
        take.type = "button";
        take.className = "take";
        take.setAttribute("aria-label", "Try the package with " + listed(moves));
        take.addEventListener("click", () => {
          set(found.deal);
          keep();
          (picks.find((_, i) => deal[i] !== found.deal[i]) || start).focus();
        });
      }
    }
  };

  const marks = { yes: ["✓", "could accept"], part: ["◐", "only with "], no: ["✗", "a red line"] };
  const sayMarks = (deal) => {
    picks.forEach((pick, i) => {
      const cells = pick.closest("tr").querySelectorAll(".verdict");
      actors.forEach((_, p) => {
        const open = readings.filter((reading) => reading.accepts[p][i].includes(deal[i]));
        const kind = open.length === readings.length ? "yes" : open.length ? "part" : "no";
        const [sign, words] = marks[kind];
        cells[p].textContent = "";
        const mark = make("span", sign, cells[p]);
        mark.className = "mark " + kind;
        mark.setAttribute("aria-hidden", "true");
        make("span", words + (kind === "part" ? listed(open.map((reading) => reading.name)) : ""), cells[p]).className = "unseen";
        cells[p].title = cells[p].lastChild.textContent;
      });
    });
  };

  const chosen = () => picks.map((pick) => Number(pick.value));
  const named = (deal) => deal.map((o, i) => encodeURIComponent(issues[i].id) + ":" + encodeURIComponent(issues[i].options[o][0])).join(",");
  const show = () => {
    const deal = chosen();
    start.value = String(starts.findIndex(([, other]) => !apart(deal, other)));
    if (start.selectedIndex < 0) start.value = "";
    answer.textContent = "";
    sayMarks(deal);
    if (sayRules(deal)) {
      sayHeadline(deal);
      const list = sayReadings(deal);
      sayShares(deal, list);
    }
    sayNearest(deal);
    const link = make("a", "Link to this deal", make("p", "", answer));
    link.href = state.link("deal", named(deal));
  };
  const set = (deal) => {
    deal.forEach((o, i) => (picks[i].value = String(o)));
    show();
  };
  const keep = () => state.set("deal", named(chosen()));
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  };
  const read = () => {
    const kept = state.get("deal");
    if (!kept) return false;
    const deal = chosen();
    for (const part of kept.split(",")) {
      const [issue, choice] = part.split(":").map(decoded);
      const i = issues.findIndex((known) => known.id === issue);
      const o = i < 0 ? -1 : issues[i].options.findIndex(([id]) => id === choice);
      if (o >= 0) deal[i] = o;
    }
    set(deal);
    return true;
  };

  section.querySelector(".unscripted").remove();
  section.querySelector(".own").hidden = false;
  set(starts.length ? starts[0][1] : issues.map(() => 0));
  picks.forEach((pick) => pick.addEventListener("change", () => { show(); keep(); }));
  start.addEventListener("change", () => {
    if (start.value) set(starts[Number(start.value)][1]);
    keep();
  });
  if (read()) section.scrollIntoView();
  addEventListener("hashchange", read);
})();
