"""Checks the ratification and durability blocks: names that exist, and nothing from after the case's date."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Known, Names
from detente.case.checks_walk import walk
from detente.case.durability import Commitment, Guard, KindOf, Precedent, ShareGiven, ShiftIf, Term
from detente.case.model import Case
from detente.case.ratification import Applies, PollResult, Ratification


def home_names(case: Case, names: Names) -> Iterator[Finding]:
    """Yield names that the two blocks use and the case does not define."""
    del case
    for spot, part in names.parts:
        if isinstance(part, Applies | KindOf | Term | ShareGiven | ShiftIf | Guard):
            yield from names.choices(part.when, (*spot, "when"))
        if isinstance(part, Commitment):
            yield from names.actors.unknown(part.rising, (*spot, "rising"))
            yield from names.actors.unknown(part.falling, (*spot, "falling"))
        if isinstance(part, Ratification):
            known = Known("reading of the rules of ratification", tuple(part.readings))
            for inner, entry in walk(part, spot):
                if isinstance(entry, Applies):
                    yield from known.unknown(entry.readings, (*inner, "readings"))


def home_dates(case: Case, names: Names) -> Iterator[Finding]:
    """Yield polls and precedents that an analyst on the case's date could not have known."""
    for spot, part in names.parts:
        if isinstance(part, PollResult) and part.fielded > case.as_of:
            yield Finding(
                (*spot, "fielded"),
                f"the poll was taken on {part.fielded}, after the case's date {case.as_of}",
                "leave it out, or move `as_of`",
            )
        if isinstance(part, Precedent):
            for name in ("began", "ended"):
                day = getattr(part, name)
                if day is not None and day > case.as_of:
                    yield Finding(
                        (*spot, name),
                        f"{part.name} {name} on {day}, after the case's date {case.as_of}",
                        "leave it out, or move `as_of`",
                    )
