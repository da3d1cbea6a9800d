"""Deals in a stability result: what one says, what others compare, what more guarantees would do."""

from __future__ import annotations

from dataclasses import dataclass

from detente.table.verdicts import Share


@dataclass(frozen=True, slots=True)
class Choice:
    """What a deal says on one issue, with plain names; `assumed` where the deal leaves it open."""

    issue: str
    option: str
    issue_name: str
    option_name: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """The deal with other guarantees or monitoring: what that does to compliance.

    Parameters
    ----------
    changes : tuple of Choice
        Empty for the deal as it is, over the same draws.
    stable : bool
        Whether full compliance is then an equilibrium of the headline concept.
    share : Share
        In what share of draws.
    leavers : tuple of str
        Names of those who would still leave.
    """

    changes: tuple[Choice, ...]
    stable: bool
    share: Share
    leavers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One deal among those compared.

    Parameters
    ----------
    id, name : str
    concepts : tuple of str
        Concepts under which full compliance is an equilibrium.
    share : Share or None
        Draws in which it is one under the headline concept; None where nobody could break the deal.
    first : str
        Name of who breaks it first; "" if nobody does.
    leavers : tuple of str
        Names of all who would leave.
    """

    id: str
    name: str
    concepts: tuple[str, ...]
    share: Share | None
    first: str
    leavers: tuple[str, ...]
