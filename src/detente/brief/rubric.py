"""The ten dimensions by which practitioners judge advice on a conflict, and which section answers each.

Bussemaker, N. and Freeman, M. (2025), AI on the Frontline: Evaluating Large Language Models in Real-World
Conflict Resolution, Institute for Integrated Transitions, 30 July 2025, doi:10.5281/zenodo.16598073. The
names of the dimensions are theirs; what each asks of a case is our reading, in our words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detente.case.model import Case
from detente.page import Page, Text
from detente.words import listed

SOURCE = (
    "Bussemaker and Freeman (2025), AI on the Frontline, Institute for Integrated Transitions, "
    "doi:10.5281/zenodo.16598073"
)

Gap = tuple[str, str]
"""What a case lacks, and what to write to mend it."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: what it asks, the sections that may answer it, and what a case must hold for that."""

    name: str
    asks: str
    sections: tuple[str, ...]
    needs: Callable[[Case], Iterator[Gap]]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a brief does on one dimension.

    Parameters
    ----------
    verdict : str
        "answered", "in part" or "missing".
    sections : tuple of str
        Headings under which a reader finds it.
    gaps : tuple of (str, str)
        What is missing in the case, and the remedy.
    """

    dimension: str
    asks: str
    verdict: str
    sections: tuple[str, ...]
    gaps: tuple[Gap, ...]


def judge(case: Case, page: Page) -> tuple[Answer, ...]:
    """Return how a finished brief does on each of the ten dimensions.

    Examples
    --------
    >>> from detente.brief.compose import compose
    >>> from detente.case.load import load_case
    >>> case = load_case("alaska-2025")
    >>> {a.verdict for a in judge(case, compose(case, draws=50).document.page)}
    {'answered'}
    """
    told = {s.id: s.title for s in page.sections if any(not _silent(block) for block in s.blocks) or s.lead}
    return tuple(_answer(case, told, dimension) for dimension in DIMENSIONS)


def _silent(block: object) -> bool:
    return isinstance(block, Text) and block.body.startswith("This case says nothing on")


def _answer(case: Case, told: dict[str, str], dimension: Dimension) -> Answer:
    gaps = tuple(dimension.needs(case))
    found = tuple(told[s] for s in dimension.sections if s in told)
    main = dimension.sections[0] in told
    verdict = "missing" if not main else "in part" if gaps else "answered"
    return Answer(dimension.name, dimension.asks, verdict, found, gaps)


def _lacking(case: Case, part: str, what: str) -> Iterator[Gap]:
    """Yield the required actors of whom a part of the case says nothing."""
    spoken = {item.actor for item in getattr(case, part)}
    silent = [a.name for a in case.required if a.id not in spoken]
    if silent:
        yield f"no {what} of {listed(silent)}", f"add one for each under `{part}`"


def _none(case: Case, part: str, what: str) -> Iterator[Gap]:
    if not getattr(case, part):
        yield f"no {what}", f"add what is known under `{part}`"


def _context(case: Case) -> Iterator[Gap]:
    if not case.summary:
        yield "no summary", "say in a paragraph where things stood under `summary`"
    bare = [s.name for s in case.stakes if not s.context]
    if bare:
        yield f"no context of {listed(bare)}", "write `context` and `evidence` on each stake"


def _goals(case: Case) -> Iterator[Gap]:
    if not case.purpose:
        yield "nobody is said to ask", "say who asks, and what the answer is to help decide, under `purpose`"
    bare = [a.name for a in case.required if not a.goals]
    if bare:
        yield f"no goal of {listed(bare)}", "write `goals` on each actor"


def _results(case: Case) -> Iterator[Gap]:
    if not case.wording:
        yield "no wording policy", "say under `wording` how contested things are named, and why"
    if not case.no_deal.worth:
        yield "no deal is not valued", "say under `no_deal.worth` what failure is worth to each"
    if not (case.ratification or case.durability or (case.conflict and case.conflict.terms)):
        remedy = "add `ratification`, `conflict` or `durability`"
        yield "nothing judges a deal after its signature", remedy


def _alternatives(case: Case) -> Iterator[Gap]:
    yield from _lacking(case, "alternatives", "alternative to talks")


def _trade_offs(case: Case) -> Iterator[Gap]:
    yield from _none(case, "trade_offs", "trade-off")


def _risks(case: Case) -> Iterator[Gap]:
    yield from _none(case, "risks", "risk")
    bare = [risk.id for risk in case.risks if not risk.mitigation]
    if bare:
        yield f"nothing lessens {listed(bare)}", "say what would under `mitigation`"


def _perspectives(case: Case) -> Iterator[Gap]:
    yield from _lacking(case, "perspectives", "own view")


def _local(case: Case) -> Iterator[Gap]:
    yield from _none(case, "local_voices", "voice of those who would live with the deal")


def _accompanying(case: Case) -> Iterator[Gap]:
    yield from _none(case, "accompanying", "measure beside the deal")


def _phasing(case: Case) -> Iterator[Gap]:
    yield from _none(case, "phasing", "step")
    if len(case.phasing) == 1 or (case.phasing and not any(s.after for s in case.phasing)):
        yield "the steps do not build on each other", "say under `after` which step comes before which"
    bare = [step.id for step in case.phasing if not step.verified_by]
    if bare:
        yield f"nobody verifies {listed(bare)}", "say who would under `verified_by`"


DIMENSIONS = (
    Dimension(
        "context", "Does it know where things stood?", ("context", "stakes", "map", "map-options"), _context
    ),
    Dimension("goals", "Does it know who asks, and what each side wants?", ("goals", "gains"), _goals),
    Dimension(
        "results over ideology",
        "Does it weigh options by what would follow, not by whose principle they serve?",
        ("deals", "gates", "unblocks", "packages"),
        _results,
    ),
    Dimension(
        "alternatives",
        "Does it say what each side can do instead of a deal?",
        ("alternatives", "ripeness"),
        _alternatives,
    ),
    Dimension(
        "trade-offs", "Does it say what each gain costs?", ("trade-offs", "blocks", "gains"), _trade_offs
    ),
    Dimension(
        "risk disclosure", "Does it say what could go wrong, and its own limits?", ("risks", "inputs"), _risks
    ),
    Dimension(
        "perspective-taking",
        "Does it show how each side itself sees the conflict?",
        ("perspectives", "goals"),
        _perspectives,
    ),
    Dimension("local-first", "Does it ask those who would live with the deal?", ("local",), _local),
    Dimension(
        "accompanying measures", "Does it name what helps beside the deal?", ("accompanying",), _accompanying
    ),
    Dimension(
        "phased sequencing",
        "Does it say what comes first, who does it, and who verifies?",
        ("phasing",),
        _phasing,
    ),
)
"""In the order of the report."""
