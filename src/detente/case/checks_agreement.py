"""Checks interactions and the quorum: known names, at least two issues, a quorum that can be met."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot

FEW = 20
"""Interactions from which on exact work grows slow; a warning says so. Judgement."""


def interactions(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of what options are worth together."""
    for effect in case.interactions:
        spot: Spot = ("interactions", effect.id)
        yield from names.actors.unknown(effect.actor, (*spot, "actor"))
        yield from names.choices(effect.when, (*spot, "when"))
        if len(effect.when) < 2:
            message = "an interaction needs options on two issues or more"
            remedy = "name another issue, or state `values` in preferences for the worth of one option"
            yield Finding((*spot, "when"), message, remedy)
        for issue, options in effect.when.items():
            if not options:
                yield Finding(
                    (*spot, "when", issue), "the list names no option", "name options, or remove the issue"
                )
        if not names.actors.lacks(effect.actor) and not case.preferences.get(effect.actor):
            message = f"`{effect.actor}` has no preferences, so points have no scale"
            yield Finding(
                (*spot, "actor"), message, "add preferences for the actor, or remove the interaction"
            )


def quorum(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of the quorum."""
    rule = case.quorum
    if rule is None:
        return
    yield from names.actors.unknown(rule.of, ("quorum", "of"))
    if len(set(rule.of)) < len(rule.of):
        yield Finding(("quorum", "of"), "an actor is counted twice", "name each actor once")
    if rule.at_least > len(set(rule.of)):
        message = f"{rule.at_least} of {len(set(rule.of))} can never accept"
        yield Finding(("quorum", "at_least"), message, "lower the number, or count more actors")
