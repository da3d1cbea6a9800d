"""Checks the analyst's words of a brief: names that exist, days in order, steps not waiting in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from detente.case.checks_finding import Finding, Names, closest
from detente.case.model import Case
from detente.case.narrative import Step
from detente.case.yamlfile_spot import Spot
from detente.words import count, listed


def narrative(case: Case, names: Names) -> Iterator[Finding]:
    """Yield actors, issues and options that the words of a brief use and the case does not define."""
    for part in ("alternatives", "perspectives"):
        for position, item in enumerate(getattr(case, part)):
            yield from names.actors.unknown(item.actor, (part, getattr(item, "id", position), "actor"))
    for trade in case.trade_offs:
        yield from names.issues.unknown(trade.issues, ("trade_offs", trade.id, "issues"))
    for part in ("accompanying", "phasing", "risks"):
        for item in getattr(case, part):
            yield from names.choices(item.when, (part, item.id, "when"))
    seen: set[str] = set()
    for position, view in enumerate(case.perspectives):
        if view.actor in seen:
            message = f"there is a second perspective of `{view.actor}`"
            yield Finding(("perspectives", position, "actor"), message, "write both into one")
        seen.add(view.actor)
    yield from _named(case, names)
    yield from phasing(case.phasing)


def _named(case: Case, names: Names) -> Iterator[Finding]:
    """Yield names of people and bodies that look like a misspelt actor."""
    for spot, part in names.parts:
        for field in ("who", "verified_by", "falls_on"):
            given = getattr(part, field, ())
            for position, name in enumerate(given if isinstance(given, tuple) else ()):
                near = "" if " " in name or name in names.actors.members else closest(name, names.actors.ids)
                if near and name.isupper() and not names.actors.open:
                    message = f"there is no actor `{name}`"
                    yield Finding((*spot, field, position), message, f"did you mean `{near}`?")


def phasing(steps: Sequence[Step]) -> Iterator[Finding]:
    """Yield faults of a sequence of steps.

    Examples
    --------
    >>> a = Step(id="a", text="Halt", begins=0, who=("x",), after=("b",))
    >>> b = Step(id="b", text="Monitor", begins=0, who=("y",), after=("a",))
    >>> [f.message for f in phasing([a, b])]
    ['the steps wait for each other in a circle: a, b, a']
    """
    known = {step.id: step for step in steps}
    for step in steps:
        if step.done < step.begins:
            message = f"the step ends on day {step.done}, before it begins on day {step.begins}"
            yield Finding(("phasing", step.id, "ends"), message, "exchange the two days, or correct one")
        spot: Spot = ("phasing", step.id, "after")
        for position, before in enumerate(step.after):
            if before not in known:
                near = closest(before, known)
                remedy = f"did you mean `{near}`?" if near else "name the id of a step of this list"
                yield Finding((*spot, position), f"there is no step `{before}`", remedy)
            elif known[before].done > step.begins:
                message = (
                    f"begins on day {step.begins}, before `{before}`, on which it waits, "
                    f"is done on day {known[before].done}"
                )
                yield Finding((*spot, position), message, "move one of the two days, or drop the dependence")
    circle = _circle({step.id: [b for b in step.after if b in known] for step in steps})
    if circle:
        message = f"the steps wait for each other in a circle: {', '.join(circle)}"
        yield Finding(("phasing", circle[0], "after"), message, "remove one of these dependences")


def _circle(waits: Mapping[str, Sequence[str]]) -> list[str]:
    """Return one circle of steps, its first repeated at the end; empty where there is none."""
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def unverified(case: Case, names: Names) -> Iterator[Finding]:
    """Yield steps that nobody would verify, and risks nothing is said to lessen."""
    del names
    idle = [step.id for step in case.phasing if not step.verified_by]
    if idle:
        message = f"{count(len(idle), 'step')} nobody would verify: {listed(idle)}"
        yield Finding(("phasing", idle[0]), message, "name who confirms it under `verified_by`", "warning")
    bare = [risk.id for risk in case.risks if not risk.mitigation]
    if bare:
        message = f"{count(len(bare), 'risk')} without mitigation: {listed(bare)}"
        yield Finding(("risks", bare[0]), message, "say what would lessen it under `mitigation`", "warning")
