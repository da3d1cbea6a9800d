"""Several deals typed at once: named ones, named ones changed, and ones written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.case.model import Case
from detente.errors import UsageError
from detente.table.typed import read_deal


@dataclass(frozen=True, slots=True)
class TypedDeal:
    """A deal as typed: an id for measures, a label for readers, and its options."""

    id: str
    label: str
    options: Mapping[str, str]


def read_deals(case: Case, items: Iterable[str], later: bool = False) -> tuple[TypedDeal, ...]:
    """Return the deals typed; all the case names where nothing is typed.

    A named deal starts a deal, and ``issue=option`` items after it change it; items before any name make up
    one deal together; ``issue=option,issue=option`` in one piece is a deal of its own.

    Parameters
    ----------
    case : Case
    items : iterable of str
    later : bool
        Whether options not on the table on the case's date may be named.

    Raises
    ------
    UsageError
        If a deal, issue or option does not exist; lists what does.
    """
    found = groups(case, items) or [[deal.id] for deal in case.deals]
    return tuple(_typed(case, group, number, later) for number, group in enumerate(found, 1))


def groups(case: Case, items: Iterable[str]) -> list[list[str]]:
    """Return what was typed as one group of items for each deal."""
    names = {deal.id for deal in case.deals}
    found: list[list[str]] = []
    growing = False
    for item in items:
        whole = "," in item
        if whole or not growing or item in names:
            found.append([piece.strip() for piece in item.split(",")])
        else:
            found[-1].append(item)
        growing = not whole
    return found


def _typed(case: Case, group: list[str], number: int, later: bool) -> TypedDeal:
    options = read_deal(case, group)
    _known(case, options, later)
    named = next((deal for deal in case.deals if deal.id == group[0]), None)
    if named is not None and len(group) == 1:
        return TypedDeal(named.id, named.name, options)
    shown = options if named is None else dict(piece.split("=", 1) for piece in group[1:])
    words = "; ".join(_words(case, issue, option) for issue, option in shown.items())
    return TypedDeal(f"deal{number}", words if named is None else f"{named.name}, but: {words}", options)


def _known(case: Case, options: Mapping[str, str], later: bool) -> None:
    known = {issue.id: [o.id for o in issue.options] for issue in case.issues}
    for extra in case.later_options if later else ():
        known[extra.issue].append(extra.id)
    for issue, option in options.items():
        if issue not in known:
            raise UsageError(f"there is no issue '{issue}'. Remedy: choose from {', '.join(known)}")
        if option not in known[issue]:
            raise UsageError(
                f"issue '{issue}' has no option '{option}'. Remedy: choose from {', '.join(known[issue])}"
            )


def _words(case: Case, issue: str, option: str) -> str:
    extra = [o.short or o.text for o in case.later_options if (o.issue, o.id) == (issue, option)]
    return extra[0] if extra else case.option(issue, option).label
