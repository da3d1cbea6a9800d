"""How each headline number was made: formula, inputs, judgements, evidence, method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.model import Case
from detente.lens import Measure, Run
from detente.registry import LENSES
from detente.render.document import Chain, Line
from detente.table.names import Names
from detente.words import count, listed


def chains(case: Case, runs: Iterable[Run[Any, Any]]) -> Mapping[str, Chain]:
    """Return the chain of every measure of every run.

    Each is found as ``lens.measure``, and as ``measure`` alone where only one lens uses that name.
    """
    by_lens = [(run, m) for run in runs for m in run.result.measures()]
    names = [m.name for _, m in by_lens]
    found = {f"{run.lens}.{m.name}": _chain(case, run, m) for run, m in by_lens}
    alone = {m.name: found[f"{run.lens}.{m.name}"] for run, m in by_lens if names.count(m.name) == 1}
    return {**alone, **found}


def _chain(case: Case, run: Run[Any, Any], measure: Measure) -> Chain:
    lens = next(x for x in LENSES if x.name == run.lens)
    lines = [Line("Result", _value(measure))]
    if measure.formula:
        lines.append(Line("Formula", measure.formula))
    if lens.sources:
        cited = (f"{c.text}{f', doi:{c.doi}' if c.doi else ''}" for c in lens.sources)
        lines.append(Line("Method", "; ".join(cited)))
    lines += [line for place in measure.inputs for line in _inputs(case, place)]
    lines.append(
        Line("Analyst", f"{case.analyst}; case {run.case}, digest {run.digest}, version {run.version}")
    )
    return Chain(measure.label, tuple(lines))


def _value(measure: Measure) -> str:
    if measure.value is None:
        return "does not exist here"
    value = f"{measure.value:,.4g}" if measure.value != int(measure.value) else f"{int(measure.value):,}"
    if measure.low is None or measure.high is None:
        return f"{value} {measure.unit}"
    return f"{value} {measure.unit}, {measure.low:.3g} to {measure.high:.3g} ({measure.interval})"


def _inputs(case: Case, place: str) -> list[Line]:
    """Return the judgements behind one place in the case file."""
    names = Names(case)
    head, _, rest = place.partition(".")
    if head == "preferences":
        actors = [rest] if rest else list(case.preferences)
        return [_views(case, names, actor) for actor in actors if actor in case.preferences]
    if head == "no_deal":
        return [
            Line("No deal", f"{names.actor(actor)}: {worth.basis}. {worth.note}".strip(), worth.evidence)
            for actor, worth in case.no_deal.worth.items()
        ]
    if head == "rules":
        return [Line("Rule", f"{rule.kind}: {rule.text}", rule.evidence) for rule in case.rules]
    if head == "issues":
        core = [i for i in case.issues if i.core]
        return [
            Line(
                "Input",
                f"{count(len(core), 'core issue')} of {len(case.issues)}: {listed([i.name for i in core])}",
            )
        ]
    return [Line("Input", place)]


def _views(case: Case, names: Names, actor: str) -> Line:
    views = case.preferences[actor]
    said = "; ".join(f"{names.issue(issue)}: {view.basis}" for issue, view in views.items())
    refs = tuple(dict.fromkeys(e for view in views.values() for e in view.evidence))
    return Line("Judgement", f"{names.actor(actor)}. {said}", refs)
