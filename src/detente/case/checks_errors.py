"""The one list of checks that a case must pass before any analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.case import (
    checks_agreement,
    checks_conflict,
    checks_deals,
    checks_home,
    checks_ids,
    checks_preferences,
    checks_rules,
    checks_sources,
)
from detente.case.checks_finding import Finding, Names
from detente.case.map_check import map_names
from detente.case.model import Case
from detente.case.narrative_check import narrative
from detente.case.relations_check import relations_findings
from detente.case.ripeness_check import ripeness_findings

Check = Callable[[Case, Names], Iterator[Finding]]
"""Yields all it finds."""


def _relations(case: Case, names: Names) -> Iterator[Finding]:
    return relations_findings(case, case.relations, names) if case.relations else iter(())


def _ripeness(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of what moves the worth of no deal."""
    if case.ripeness is not None:
        yield from ripeness_findings(case, case.ripeness, names)


ERRORS: tuple[Check, ...] = (
    checks_ids.doubled_ids,
    checks_ids.blank_texts,
    checks_ids.cited_evidence,
    checks_ids.parties,
    checks_preferences.preferences,
    checks_agreement.interactions,
    checks_agreement.quorum,
    checks_deals.no_deal,
    checks_deals.described,
    checks_deals.later,
    checks_rules.rules,
    checks_sources.evidence,
    checks_sources.as_of,
    checks_conflict.conflict,
    _relations,
    _ripeness,
    checks_home.home_names,
    checks_home.home_dates,
    narrative,
    map_names,
)
