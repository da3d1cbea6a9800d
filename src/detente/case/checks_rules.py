"""Checks rules: patterns that name known issues and options, and readings that exist."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.base import Pattern
from detente.case.checks_finding import Finding, Names, nearest
from detente.case.model import Case
from detente.case.rules import Rule, RuleReading
from detente.case.yamlfile_spot import Spot


def rules(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of rules; a rule set that leaves no deal is a finding of the analysis, not a fault."""
    for rule in case.rules:
        spot: Spot = ("rules", rule.id)
        yield from _patterns(rule, names, spot)
        for name, side in rule.readings.items():
            yield from _patterns(side, names, (*spot, "readings", name))
        yield from _reading(rule, spot)


def _reading(rule: Rule, spot: Spot) -> Iterator[Finding]:
    if rule.readings and rule.reading is None:
        message = "the rule has readings, but not which of them is used unless another is asked for"
        yield Finding(spot, message, f"add `reading: {next(iter(rule.readings))}`")
    elif rule.reading is not None and rule.reading not in rule.readings:
        message = f"the rule has no reading `{rule.reading}`"
        yield Finding((*spot, "reading"), message, nearest(rule.reading, rule.readings))


def _patterns(part: Rule | RuleReading, names: Names, spot: Spot) -> Iterator[Finding]:
    for position, pattern in enumerate(part.forbid):
        yield from _pattern(pattern, names, (*spot, "forbid", position))
    for position, rule in enumerate(part.imply):
        yield from _pattern(rule.if_, names, (*spot, "imply", position, "if"))
        yield from _pattern(rule.then, names, (*spot, "imply", position, "then"))


def _pattern(pattern: Pattern, names: Names, spot: Spot) -> Iterator[Finding]:
    yield from names.choices(pattern, spot)
    for issue, options in pattern.items():
        if not options:
            yield Finding((*spot, issue), "the list names no option", "name options, or remove the issue")
