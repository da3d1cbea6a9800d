"""The exact part in words: what can never be, counts, what each standard picks and the proof of it."""

from __future__ import annotations

from detente.lenses.settlement.result import Settlement
from detente.lenses.settlement.standards import CONCEPT_NAMES
from detente.page import Block, Caveat, Cell, Section, Table, Text
from detente.table.exact import DeadOption, Proved
from detente.table.middle import Middle
from detente.table.names import Names
from detente.table.show import range_of
from detente.words import count, listed


def exact(names: Names, r: Settlement) -> Section:
    """Return the deal space at the middle of the draws."""
    lead = (
        "One set of preferences: the mean of the draws. Here every deal is weighed, in whole millionths of a "
        "point, and every answer is proved; how far it carries over to other draws stands above."
    )
    blocks: list[Block] = [*_findings(names, r)]
    for m in r.middle:
        blocks += _space(names, r, m)
    return Section("middle", "Exact at the middle of the draws", lead, tuple(blocks), annex=True)


def _findings(names: Names, r: Settlement) -> list[Block]:
    found = r.findings
    said = [_dead(names, r, d) for d in found.dead]
    said += [
        f"{names.issue(i)}: “{names.option(i, o)}” is in no efficient deal, because “{names.option(i, by)}” "
        "serves all of them at least as well and one better."
        for i, o, by in found.dominated
    ]
    if len(found.groups) > 1:
        apart = [names.issues(g) for g in found.groups]
        said.append(
            f"No rule and no interaction ties these {len(apart)} groups of issues together, so a package can "
            f"be built from separate tracks: {' | '.join(apart)}."
        )
    return [Text(text) for text in said]


def _dead(names: Names, r: Settlement, d: DeadOption) -> str:
    what = f"{names.issue(d.issue)}: “{names.option(d.issue, d.option)}”"
    if d.why == "rules":
        return f"{what} is in no deal at all: the rules leave none with it."
    if d.why == "combination":
        return f"{what} is in no deal that would carry, though no single party is the reason."
    short = listed([f"{names.actor(a)} ({s:.1f} points short at best)" for a, s in d.short])
    return f"{what} is in no deal that would carry, whatever else is agreed: below no deal for {short}."


def _space(names: Names, r: Settlement, m: Middle) -> list[Block]:
    title = f"Inside {names.reading_name(m.reading)}" if m.reading else "Red lines aside"
    blocks: list[Block] = [Text(f"{title}: {_counted(names, r, m)}")]
    if not m.solutions:
        blocks.append(Text(f"{title}: no deal suits all of them, so no standard picks one."))
        return blocks
    rows = tuple(_row(names, r, p) for p in m.solutions)
    columns = ("Standard", "Best value", "Gain of each, points", "Tied deals", "Proof", "Deal")
    blocks.append(Table(f"{title}: what each standard picks", columns, rows, numeric=("Tied deals",)))
    blocks.append(_certificate(names, m))
    return blocks


def _counted(names: Names, r: Settlement, m: Middle) -> str:
    parts = [f"{count(m.deals, 'deal')}"]
    if m.alone:
        parts.append(listed([f"{names.actor(a)} would take {n:,} over no deal" for a, n in m.alone]))
    if m.carried is None and m.sampled is not None:
        parts.append(f"about {range_of(m.sampled)} would carry, by a sample of 200,000 of them")
    elif m.carried is None:
        parts.append("how many would carry is not known")
    else:
        parts.append(f"{m.carried:,} would carry")
    if m.efficient:
        deals, vectors = m.efficient
        same = "" if deals == vectors else f" ({vectors:,} different worths)"
        parts.append(
            f"{deals:,} of those all accept cannot be bettered for one without loss to another{same}"
        )
    elif m.supported:
        parts.append(f"a sample of weightings finds {m.supported:,} deals best by some; they are not all")
    tail = f" Counted with points rounded to {m.step:g}." if m.step else " Exact counts."
    tail = tail if m.carried is not None else ""
    return "; ".join(parts) + "." + tail


def _row(names: Names, r: Settlement, p: Proved) -> tuple[Cell, ...]:
    gains = "; ".join(f"{names.actor(a)} {g:+.2f}" for a, g in p.gains)
    return (
        Cell(CONCEPT_NAMES[p.concept]),
        Cell(value_of(p)),
        Cell(gains),
        Cell(f"{p.ties:,}", sort=p.ties),
        Cell(proof_of(p)),
        Cell(names.deal(r.issues, p.deals[0])),
    )


def value_of(p: Proved) -> str:
    """Return the value a standard maximises, with its unit."""
    unit = {"nash": "product", "kalai_smorodinsky": "of its hope"}.get(p.concept, "points")
    return f"{p.value:.1%} {unit}" if p.concept == "kalai_smorodinsky" else f"{p.value:,.2f} {unit}"


def proof_of(p: Proved) -> str:
    """Return what is proved of a solution, how, and what is not."""
    how = {
        "scan": f"{p.work:,} deals looked at",
        "branch": f"branch and bound, {p.work:,} branches",
        "milp": "integer program",
    }[p.method]
    if p.gap == 0 and not p.not_proved:
        return f"proved best, gap 0, all ties: {how}"
    gap = "proved best, gap 0" if p.gap == 0 else f"could be better by {p.gap:.3g} at most"
    return f"{gap}; {how}; not proved: {'; '.join(p.not_proved)}" if p.not_proved else f"{gap}; {how}"


def _certificate(names: Names, m: Middle) -> Text:
    first = m.solutions[0]
    ideal = listed([f"{names.actor(a)} {g:.2f}" for a, g in first.ideal])
    said = "; ".join(f"{CONCEPT_NAMES[p.concept].partition(':')[0]}: {p.definition}" for p in m.solutions)
    return Text(
        f"Certificate. Rule: every actor named must accept. Most each could gain over those deals: {ideal}. "
        f"Definitions: {said}. Fingerprint of the input: {first.digest}; worths are rounded by at most "
        f"{first.resolution:.7f} points."
    )


def acceptability(names: Names, r: Settlement) -> Section:
    """Return shares of draws for options, telling pairs of options, and central weights."""
    if not r.options:
        return Section("acceptability", "Which options go with a deal")
    rows = tuple(
        (
            Cell(names.issue(o.issue)),
            Cell(names.option(o.issue, o.option)),
            Cell(range_of(o.share), sort=o.share.value),
        )
        for o in r.options
    )
    blocks: list[Block] = [
        Table(
            "Options: how often some acceptable deal has it",
            ("Issue", "Option", "Share of draws"),
            rows,
            numeric=("Share of draws",),
        )
    ]
    if r.pairs:
        blocks.append(_pairs(names, r))
    if len(r.issues) > 1 and any(w.weights for w in r.weights):  # a single issue has all the weight
        blocks.append(_weights(names, r))
    if r.listed < r.in_scope:
        blocks.append(
            Caveat(
                f"Shares of options and pairs rest on {r.listed:,} of {r.in_scope:,} deals and are at least "
                "what is shown."
            )
        )
    lead = (
        "Red lines aside: 100% is settled in every draw, 0% is out in every draw. 95% Monte Carlo intervals."
    )
    return Section("acceptability", "Which options go with a deal", lead, tuple(blocks), annex=True)


def _pairs(names: Names, r: Settlement) -> Table:
    rows = tuple(
        (
            Cell(f"{names.issue(p.first[0])}: {names.option(*p.first)}"),
            Cell(f"{names.issue(p.second[0])}: {names.option(*p.second)}"),
            Cell(range_of(p.share), sort=p.share.value),
        )
        for p in r.pairs
    )
    return Table(
        "Pairs: each goes with a deal, together they do less often",
        ("Option", "with option", "Together, share of draws"),
        rows,
        note="The pairs whose share falls furthest below that of the rarer one alone; the rules allow all.",
        numeric=("Together, share of draws",),
    )


def _weights(names: Names, r: Settlement) -> Table:
    letters = {w.deal: "ABCDEFGH"[k] for k, w in enumerate({x.deal: x for x in r.weights}.values())}
    rows = []
    for w in r.weights:
        cells = [
            Cell(f"{a:.0f} ({b:.0f})", sort=a) for (_, a), (_, b) in zip(w.weights, w.usual, strict=False)
        ]
        never = [Cell("never accepts")] + [Cell("")] * (len(r.issues) - 1)
        rows.append((Cell(letters[w.deal]), Cell(names.actor(w.actor)), *(cells or never)))
    return Table(
        "Central weights: how an actor weighs the issues where it accepts the deal",
        ("Deal", "Who", *(names.issue(i) for i in r.issues)),
        tuple(rows),
        note="Percent of all weight, and in brackets over all draws. Deals as lettered above.",
    )


def rested(r: Settlement) -> str:
    """Return what the shares rest on where not every deal was listed, or ""."""
    if r.listed >= r.in_scope:
        return ""
    if r.solved:
        less = "" if r.solved == r.draws else f" Only the first {r.solved:,} draws were solved so."
        return (
            f"In each draw all {r.in_scope:,} deals were weighed, so whether there is a deal and what each "
            f"standard picks rest on every deal.{less} Which deals are shown rests on {r.listed:,} of them: "
            "those nearest to the red lines, those a standard picks in some draw, and a random sample. "
            "Counts are exact."
        )
    return (
        f"Shares rest on {r.listed:,} of {r.in_scope:,} deals, most of them a random sample, and are at "
        "least what is shown. Counts are exact."
    )
