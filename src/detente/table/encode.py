"""A case as arrays: the one place where names become numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Pattern
from detente.case.model import Case
from detente.case.parties import Actor, Issue, LaterOption, Option
from detente.case.rules import Implication, Rule
from detente.errors import UsageError
from detente.methods.space import Clause, Space


@dataclass(frozen=True, slots=True)
class View:
    """One actor's view of one issue, over the options in use.

    Parameters
    ----------
    tier : (m,) int8 array
        Place of each option in the order, 0 is best, ties share a place; -1 without a view.
    salience : (low, high)
        Range of the issue's weight for the actor; (0, 0) without a view.
    value_low, value_high : (m,) float arrays
        Stated worth of options, NaN where none is stated.
    """

    tier: NDArray[np.int8]
    salience: tuple[float, float]
    value_low: NDArray[np.float64]
    value_high: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """What options are worth to one actor together.

    Parameters
    ----------
    actor : int
    clause : Clause
        Issues with the options that take part.
    points : (low, high)
        Range of what a deal that matches adds to the actor's points.
    """

    actor: int
    clause: Clause
    points: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of some actors must accept, beside those whose consent is required."""

    of: tuple[int, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """A case over the issues and options in use.

    Parameters
    ----------
    actors : tuple of Actor
        All actors, in file order; rows of everything per actor.
    issues : tuple of Issue
        Issues in use, with later options inserted where asked for.
    later : frozenset of (issue, option)
        Which options in use were not on the table on the case's date.
    space : Space
        The rules on what can stand together.
    scoped : Space
        The same, and what counts as a deal at all.
    clause_rules : tuple of str
        For each clause of `scoped`, the id of its rule.
    accepts : dict of reading to actors x issues of (m,) bool arrays
        Win-sets; all True where an actor has no red line.
    views : actors x issues of View
    no_deal : (I,) int array
        The option that holds on each issue if talks fail.
    effects : tuple of Effect
        Interactions whose issues are all in use; one that names another issue may never come to bear.
    quorum : Quorum or None
    """

    case: Case
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    later: frozenset[tuple[str, str]]
    space: Space
    scoped: Space
    clause_rules: tuple[str, ...]
    accepts: Mapping[str, tuple[tuple[NDArray[np.bool_], ...], ...]]
    views: tuple[tuple[View, ...], ...]
    no_deal: NDArray[np.int16]
    effects: tuple[Effect, ...] = ()
    quorum: Quorum | None = None

    @property
    def required(self) -> tuple[int, ...]:
        """Rows of the actors whose consent a deal needs."""
        return tuple(p for p, actor in enumerate(self.actors) if actor.consent)

    @property
    def bound(self) -> tuple[int, ...]:
        """Rows of the actors with at least one red line under some reading."""
        return tuple(
            p
            for p in range(len(self.actors))
            if any(not mask.all() for table in self.accepts.values() for mask in table[p])
        )

    def index(self, deal: Mapping[str, str]) -> NDArray[np.int16]:
        """Return the option numbers of a deal given by ids; -1 on issues it leaves open.

        Raises
        ------
        UsageError
            If it names an issue or option that is not in use; names the nearest.
        """
        row = np.full(len(self.issues), -1, dtype=np.int16)
        ids = [issue.id for issue in self.issues]
        for issue, option in deal.items():
            if issue not in ids:
                raise UsageError(f"there is no issue '{issue}' in use. Remedy: choose from {', '.join(ids)}")
            options = [o.id for o in self.issues[ids.index(issue)].options]
            if option not in options:
                raise UsageError(
                    f"issue '{issue}' has no option '{option}'. Remedy: choose from {', '.join(options)}"
                )
            row[ids.index(issue)] = options.index(option)
        return row

    def options(self, deal: Sequence[int] | NDArray[np.integer]) -> tuple[Option, ...]:
        """Return the options of a complete deal."""
        return tuple(issue.options[o] for issue, o in zip(self.issues, deal, strict=True))


def encode(
    case: Case,
    issues: Literal["core", "all"] = "core",
    later: Iterable[LaterOption] = (),
    rule_readings: Mapping[str, str] | None = None,
) -> Encoded:
    """Turn a case into arrays.

    Parameters
    ----------
    case : Case
    issues : "core" or "all"
        Which issues make up a deal.
    later : iterable of LaterOption
        Options not on the table on the case's date, to be used all the same.
    rule_readings : mapping of rule to reading, optional
        Readings of contested rules other than the case's own choice.

    Raises
    ------
    UsageError
        If a reading of a rule does not exist.
    """
    added = tuple(later)
    chosen = tuple(_extended(i, added) for i in case.issues if issues == "all" or i.core)
    readings = dict(rule_readings or {})
    _check_readings(case, readings)
    hard = [
        (rule.id, c)
        for rule in case.rules
        if rule.kind != "scope"
        for c in _clauses(rule, chosen, readings, added)
    ]
    scope = [
        (rule.id, c)
        for rule in case.rules
        if rule.kind == "scope"
        for c in _clauses(rule, chosen, readings, added)
    ]
    sizes = tuple(len(i.options) for i in chosen)
    return Encoded(
        case=case,
        actors=case.actors,
        issues=chosen,
        later=frozenset((o.issue, o.id) for o in added),
        space=Space(sizes, tuple(c for _, c in hard)),
        scoped=Space(sizes, tuple(c for _, c in hard + scope)),
        clause_rules=tuple(r for r, _ in hard + scope),
        accepts={
            r: tuple(tuple(_mask(case, a, i, r, added) for i in chosen) for a in case.actors)
            for r in case.readings
        },
        views=tuple(tuple(_view(case, a, i, added) for i in chosen) for a in case.actors),
        no_deal=np.array([_number(i, case.no_deal.options[i.id]) for i in chosen], dtype=np.int16),
        effects=_effects(case, chosen, added),
        quorum=_quorum(case),
    )


def with_adds(enc: Encoded, adds: Mapping[str, Pattern]) -> Encoded:
    """Return the table after some actors accept more options, under every reading.

    Parameters
    ----------
    enc : Encoded
    adds : mapping of actor to issue to options
        What they would accept as well; issues and options not in use are passed over.
    """
    accepts = {
        reading: tuple(
            tuple(
                mask | np.array([o.id in adds.get(a.id, {}).get(issue.id, ()) for o in issue.options])
                for issue, mask in zip(enc.issues, masks, strict=True)
            )
            for a, masks in zip(enc.actors, table, strict=True)
        )
        for reading, table in enc.accepts.items()
    }
    return replace(enc, accepts=accepts)


def _effects(case: Case, issues: tuple[Issue, ...], added: tuple[LaterOption, ...]) -> tuple[Effect, ...]:
    rows, ids = {a.id: p for p, a in enumerate(case.actors)}, {issue.id for issue in issues}
    return tuple(
        Effect(rows[x.actor], _clause(x.when, issues, added), (x.points.low, x.points.high))
        for x in case.interactions
        if set(x.when) <= ids
    )


def _quorum(case: Case) -> Quorum | None:
    if case.quorum is None:
        return None
    rows = {a.id: p for p, a in enumerate(case.actors)}
    return Quorum(tuple(rows[a] for a in case.quorum.of), case.quorum.at_least)


def _number(issue: Issue, option: str) -> int:
    return next(n for n, o in enumerate(issue.options) if o.id == option)


def _extended(issue: Issue, added: tuple[LaterOption, ...]) -> Issue:
    extra = tuple(
        Option(id=o.id, text=o.text, short=o.short, position=o.position) for o in added if o.issue == issue.id
    )
    return issue.model_copy(update={"options": issue.options + extra}) if extra else issue


def _check_readings(case: Case, readings: Mapping[str, str]) -> None:
    contested = {rule.id: tuple(rule.readings) for rule in case.rules if rule.readings}
    for rule, reading in readings.items():
        if reading not in contested.get(rule, ()):
            have = "; ".join(f"{r}={'|'.join(names)}" for r, names in contested.items())
            remedy = f"choose from {have}" if have else "leave it out, no rule of the case is contested"
            raise UsageError(f"there is no reading '{reading}' of a rule '{rule}'. Remedy: {remedy}")


def _clauses(
    rule: Rule, issues: tuple[Issue, ...], readings: Mapping[str, str], added: tuple[LaterOption, ...]
) -> list[Clause]:
    """Return a rule's forbidden combinations over the issues in use.

    A combination that also names an issue not in use is left out: some option there avoids it.
    """
    forbid, imply = list(rule.forbid), list(rule.imply)
    name = readings.get(rule.id, rule.reading)
    if name is not None and rule.readings:
        forbid += rule.readings[name].forbid
        imply += rule.readings[name].imply
    patterns = list(forbid) + [p for i in imply for p in _as_forbidden(i, issues)]
    ids = {issue.id for issue in issues}
    found = (_clause(p, issues, added) for p in patterns if set(p) <= ids)
    return [clause for clause in found if all(options for _, options in clause)]


def _as_forbidden(rule: Implication, issues: tuple[Issue, ...]) -> list[Pattern]:
    """Return an implication as forbidden combinations: the condition with any failing consequence."""
    patterns = []
    for issue in issues:
        if issue.id in rule.then:
            failing = [o.id for o in issue.options if o.id not in rule.then[issue.id]]
            inside = rule.if_.get(issue.id)
            options = tuple(o for o in failing if inside is None or o in inside)
            if options:
                patterns.append({**rule.if_, issue.id: options})
    return patterns


def _clause(pattern: Pattern, issues: tuple[Issue, ...], added: tuple[LaterOption, ...]) -> Clause:
    parts = []
    for number, issue in enumerate(issues):
        if issue.id in pattern:
            named = set(pattern[issue.id])
            named |= {o.id for o in added if o.issue == issue.id and o.rules_like in named}
            parts.append((number, tuple(n for n, o in enumerate(issue.options) if o.id in named)))
    return tuple(parts)


def _mask(
    case: Case, actor: Actor, issue: Issue, reading: str, added: tuple[LaterOption, ...]
) -> NDArray[np.bool_]:
    view = case.preferences.get(actor.id, {}).get(issue.id)
    if view is None or reading not in view.accepts:
        return np.ones(len(issue.options), dtype=bool)
    named = set(view.accepts[reading])
    named |= {o.id for o in added if o.issue == issue.id and reading in o.accepts.get(actor.id, ())}
    return np.array([o.id in named for o in issue.options])


def _view(case: Case, actor: Actor, issue: Issue, added: tuple[LaterOption, ...]) -> View:
    size = len(issue.options)
    nothing = np.full(size, np.nan)
    view = case.preferences.get(actor.id, {}).get(issue.id)
    if view is None:
        return View(np.full(size, -1, dtype=np.int8), (0.0, 0.0), nothing, nothing)
    tiers = [list(tier) for tier in view.tiers]
    for option in added:
        if option.issue == issue.id and actor.id in option.after:
            place = next(n for n, tier in enumerate(tiers) if option.after[actor.id] in tier)
            tiers.insert(place + 1, [option.id])
    where = {o: n for n, tier in enumerate(tiers) for o in tier}
    bounds = [view.values.get(o.id) for o in issue.options]
    return View(
        tier=np.array([where.get(o.id, len(tiers)) for o in issue.options], dtype=np.int8),
        salience=(view.salience.low, view.salience.high),
        value_low=np.array([np.nan if b is None else b.low for b in bounds]),
        value_high=np.array([np.nan if b is None else b.high for b in bounds]),
    )
