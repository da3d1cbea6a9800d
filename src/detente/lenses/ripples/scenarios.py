"""Which futures are compared: today, no deal, and the deals asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.case import Case
from detente.case.relations import Consequence, Effect, Relations
from detente.errors import UsageError


@dataclass(frozen=True, slots=True)
class Scenario:
    """One future: its options, and the consequences that follow from them."""

    id: str
    label: str
    kind: Literal["today", "no_deal", "deal"]
    consequences: tuple[Consequence, ...]
    open_issues: tuple[str, ...] = ()


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
    asked = deals or tuple(deal.id for deal in case.deals)
    return (today, no_deal, *(_deal(case, relations, text, n) for n, text in enumerate(asked, 1)))


def _deal(case: Case, relations: Relations, text: str, number: int) -> Scenario:
    named = {deal.id: deal for deal in case.deals}
    if text in named:
        key, label, options = text, named[text].name, dict(named[text].options)
    elif "=" in text:
        options = _parse(case, text)
        key = f"deal{number}"
        label = "; ".join(_words(case, issue, option) for issue, option in options.items())
    else:
        raise UsageError(
            f"the case has no deal '{text}'. Remedy: name one of {', '.join(named) or 'none'}, "
            "or write issue=option,issue=option"
        )
    moved = dict.fromkeys(issue for effect in relations.effects for issue in effect.when)
    return Scenario(
        key,
        label,
        "deal",
        tuple(e for e in relations.effects if _applies(e, options)),
        tuple(issue for issue in moved if issue not in options),
    )


def _applies(effect: Effect, options: Mapping[str, str]) -> bool:
    return all(options.get(issue) in wanted for issue, wanted in effect.when.items())


def _words(case: Case, issue: str, option: str) -> str:
    later = [o.short or o.text for o in case.later_options if (o.issue, o.id) == (issue, option)]
    return later[0] if later else case.option(issue, option).label


def _parse(case: Case, text: str) -> dict[str, str]:
    known = {issue.id: [o.id for o in issue.options] for issue in case.issues}
    for later in case.later_options:
        known.get(later.issue, []).append(later.id)
    chosen: dict[str, str] = {}
    for part in text.split(","):
        issue, _, option = (piece.strip() for piece in part.partition("="))
        if issue not in known:
            raise UsageError(f"there is no issue '{issue}'. Remedy: choose from {', '.join(known)}")
        if option not in known[issue]:
            raise UsageError(
                f"issue '{issue}' has no option '{option}'. Remedy: choose from {', '.join(known[issue])}"
            )
        chosen[issue] = option
    return chosen
