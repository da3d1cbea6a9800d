"""How each headline number was made: formula, inputs, judgements, evidence, method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from detente.brief.trace_constants import constants_of
from detente.brief.trace_links import issues_used
from detente.brief.trace_places import cited, has, judged_below, parts_of
from detente.brief.trace_places import said as said_by
from detente.case.base import Model
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot
from detente.lens import Measure, Run
from detente.registry import LENSES
from detente.render.document import Chain, Line
from detente.table.names import Names
from detente.words import count, listed

_FIRST = ("Input", "No deal")
"""Labels told before the method: what one number rests on and its neighbours do not."""
_BY_ISSUE = ("preferences", "no_deal", "issues", "interactions")
"""Parts of a case whose steps are issues."""
Parts = Mapping[str, tuple[Spot, Model]]
Inputs = Callable[[str, frozenset[str]], list[Line]]


def chains(case: Case, runs: Iterable[Run[Any, Any]]) -> Mapping[str, Chain]:
    """Return the chain of every measure of every run.

    Each is found as ``lens.measure``, and as ``measure`` alone where only one lens uses that name.
    """
    by_lens = [(run, m) for run in runs for m in run.result.measures()]
    names = [m.name for _, m in by_lens]
    parts = parts_of(case)

    @cache  # most numbers of a lens rest on the same few places
    def inputs(place: str, used: frozenset[str]) -> list[Line]:
        return _inputs(case, parts, place, used)

    found = {f"{run.lens}.{m.name}": _chain(case, inputs, run, m) for run, m in by_lens}
    alone = {m.name: found[f"{run.lens}.{m.name}"] for run, m in by_lens if names.count(m.name) == 1}
    return {**alone, **found}


def _chain(case: Case, inputs: Inputs, run: Run[Any, Any], measure: Measure) -> Chain:
    lens = next(x for x in LENSES if x.name == run.lens)
    used = issues_used(case, run, measure)
    places = [place for place in measure.inputs if has(case, place)]
    found = [line for place in places for line in inputs(place, used)]
    lines = [Line("Result", measure.said()), Line("Formula", measure.formula)]
    lines += [line for line in found if line.label in _FIRST]
    if lens.sources:
        cited = (f"{c.text}{f', doi:{c.doi}' if c.doi else ''}" for c in lens.sources)
        lines.append(Line("Method", "; ".join(cited)))
    lines += [line for line in found if line.label not in _FIRST]
    stand = count(len(constants_of(lens.run.__module__)), "number")
    asked = f"detente trace {case.id} {run.lens}.NUMBER"
    lines.append(
        Line("Constants", f"{stand} in the code of this lens, each with its reason: {asked} lists them")
    )
    lines.append(
        Line("Analyst", f"{case.analyst}; case {run.case}, digest {run.digest}, version {run.version}")
    )
    return Chain(measure.label, tuple(lines))


def _inputs(case: Case, parts: Parts, place: str, used: frozenset[str]) -> list[Line]:
    """Return every judgement behind one place in the case file, each with its evidence."""
    if place == "issues":
        core = [i for i in case.issues if i.core]
        said = f"{count(len(core), 'core issue')} of {len(case.issues)}: {listed([i.name for i in core])}"
        return [Line("Input", said)]
    if place == "rules":
        return [Line("Rule", f"{rule.kind}: {rule.text}", rule.evidence) for rule in case.rules]
    names = Names(case)
    found = judged_below(parts, place, used)
    return [_judgement(names, spot, part) for _, spot, part in found] or [
        Line("Input", place.replace("_", " ").replace(".", ", "))
    ]


def _judgement(names: Names, spot: Spot, part: Model) -> Line:
    """Return one judgement as a reader sees it: whose, on what, on which basis, why."""
    basis, note = getattr(part, "basis", ""), " ".join(getattr(part, "note", "").split())
    place, own = _place(names, spot), "" if spot[0] == "preferences" else said_by(part)
    if spot == ("no_deal",):
        own, note = "", names.case.no_deal.text
    about = f"{place}{f': {basis}' if basis else ''}"
    text = ". ".join(said.rstrip(".") for said in (about, own if not note or basis else "", note) if said)
    label = "No deal" if spot[0] == "no_deal" else "Judgement" if basis else "Fact"
    return Line(label, f"{text}.", cited(part))


def _place(names: Names, spot: Spot) -> str:
    """Return a place with actors by name, and issues where a step can be one: other ids may read alike."""
    known = {a.id: a.name for a in names.case.actors}
    head, *rest = spot
    if head in _BY_ISSUE:
        known |= {i.id: i.name for i in names.case.issues}
    told = [f"{step + 1}" if isinstance(step, int) else known.get(step, step) for step in rest]
    return ", ".join(told if head in ("preferences", "no_deal") else [str(head).replace("_", " "), *told])
