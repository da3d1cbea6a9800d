"""What a user types about a case, as the case's own things: deals, readings of rules, later options."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.case.model import Case
from detente.case.option_file import read_option
from detente.case.parties import LaterOption
from detente.errors import UsageError


def parse_readings(items: Iterable[str]) -> dict[str, str]:
    """Return ``rule=reading`` items as a mapping.

    Raises
    ------
    UsageError
        If an item is not of that form.

    Examples
    --------
    >>> parse_readings(["K7=B"])
    {'K7': 'B'}
    """
    pairs = [item.partition("=") for item in items]
    if any(not (rule and reading) for rule, _, reading in pairs):
        raise UsageError("a reading of a rule is written rule=reading. Remedy: for example K7=B")
    return {rule: reading for rule, _, reading in pairs}


def read_deal(case: Case, items: Iterable[str]) -> dict[str, str]:
    """Return a deal typed as ``issue=option`` items, or as the id of a deal the case names.

    Items after a named deal change it; one piece may hold several, as ``issue=option,issue=option``.

    Raises
    ------
    UsageError
        If an item is neither, or an issue is given two options; lists the named deals.
    """
    deal: dict[str, str] = {}
    typed: dict[str, str] = {}
    for item in (piece.strip() for text in items for piece in text.split(",")):
        issue, equals, option = item.partition("=")
        named = next((d for d in case.deals if d.id == item), None)
        if named is not None:
            deal.update(named.options)
        elif equals and issue and option:
            if typed.setdefault(issue, option) != option:
                raise UsageError(
                    f"issue '{issue}' is given two options, {typed[issue]} and {option}. Remedy: keep one"
                )
            deal[issue] = option
        else:
            have = ", ".join(d.id for d in case.deals) or "none"
            raise UsageError(
                f"'{item}' is no issue=option and no named deal. Remedy: named deals are: {have}"
            )
    return deal


def find_later(case: Case, items: Iterable[str]) -> tuple[LaterOption, ...]:
    """Return options not on the table: the case's own as ``issue=option``, or one from a file.

    Raises
    ------
    UsageError
        If the case has no such later option; lists those it has.
    InputProblems
        If a file does not describe an option of the case.
    """
    known = {f"{o.issue}={o.id}": o for o in case.later_options}
    found = []
    for item in items:
        if item in known:
            found.append(known[item])
        elif item.endswith((".yaml", ".yml")):
            found.append(read_option(Path(item), case))
        else:
            have = ", ".join(known) or "none"
            raise UsageError(
                f"the case has no later option '{item}'. Remedy: choose from: {have}; or name a .yaml file "
                "that describes one"
            )
    return tuple(found)
