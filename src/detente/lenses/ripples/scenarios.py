"""Which futures are compared: today, no deal, and the deals asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.case import Case
from detente.case.relations import Consequence, Effect, Relations
from detente.table.compared import TypedDeal, read_deals
from detente.table.show import LETTERS

LONG = 60
"""Characters beyond which a deal that is typed out is called by a letter; judgement: the head of a column."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One future: its options, and the consequences that follow from them."""

    id: str
    label: str
    kind: Literal["today", "no_deal", "deal"]
    consequences: tuple[Consequence, ...]
    open_issues: tuple[str, ...] = ()
    terms: str = ""
    """What a deal called by a letter says."""


def scenarios(case: Case, relations: Relations, deals: tuple[str, ...]) -> tuple[Scenario, ...]:
    """Return today, no deal, and the deals named; all named deals of the case where none is.

    Raises
    ------
    UsageError
        If a deal, issue or option does not exist.
    """
    today = Scenario("today", "Today", "today", ())
    failed = tuple(e for e in relations.effects if _applies(e, case.no_deal.options))
    no_deal = Scenario("no_deal", "No deal", "no_deal", (*failed, relations.if_talks_fail))
    typed = read_deals(case, deals, later=True)
    long = [deal.id for deal in typed if len(deal.label) > LONG]
    called = {
        name: f"Deal {letter}" if len(long) > 1 else "The deal as typed"
        for name, letter in zip(long, LETTERS, strict=False)
    }
    return (today, no_deal, *(_deal(relations, deal, called.get(deal.id, "")) for deal in typed))


def _deal(relations: Relations, deal: TypedDeal, called: str) -> Scenario:
    moved = dict.fromkeys(issue for effect in relations.effects for issue in effect.when)
    return Scenario(
        deal.id,
        called or deal.label,
        "deal",
        tuple(e for e in relations.effects if _applies(e, deal.options)),
        tuple(issue for issue in moved if issue not in deal.options),
        deal.label if called else "",
    )


def _applies(effect: Effect, options: Mapping[str, str]) -> bool:
    return all(options.get(issue) in wanted for issue, wanted in effect.when.items())
