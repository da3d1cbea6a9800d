"""The numbers behind the part of a brief where a reader tries a deal of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.lens import Run
from detente.lenses.settlement import Options
from detente.lenses.settlement.result import Settlement
from detente.methods.agreement import Agreement
from detente.methods.smaa import SmaaResult, evaluate
from detente.methods.space import Clause, count_deals, enumerate_deals
from detente.render.builder import (
    HARDLY,
    NEARLY,
    NEVER,
    NOBODY,
    Ban,
    Builder,
    Choice,
    Lines,
    Means,
    Shares,
)
from detente.table.agreeing import agreement, quorum_of
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode
from detente.table.listing import acceptance
from detente.table.names import Names
from detente.table.show import besides
from detente.table.typed import find_later, parse_readings

EMBEDDED = 60_000
"""Most deals whose shares are embedded, at a few bytes each. Judgement: a page stays below 2 MB."""

WALKED = 500_000
"""Most combinations a reader's browser walks through to number the deals. Judgement: a tenth of a second."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A case as arrays, with the names a reader sees."""

    enc: Encoded
    rule: Agreement
    names: Names


def builder(case: Case, run: Run[Options, Settlement]) -> Builder | None:
    """Return what a reader needs to try deals, or None where no deal's worth is not as the case states it.

    Parameters
    ----------
    case : Case
    run : Run
        Of the settlement lens; its options are kept, so that the same deal has the same shares.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.lenses.settlement import LENS
    >>> case = load_case("minsk-2015")
    >>> found = builder(case, LENS.apply(case, Options(draws=100)))
    >>> len(found.issues), len(found.actors), len(found.shares.together)
    (1, 2, 3)
    """
    options = run.options
    if options.no_deal != "stated":
        return None
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    table = _Table(enc, agreement(enc, options.coalition), Names(case, dict(run.result.added)))
    draws = draw(enc, options.draws, options.seed)
    small = count_deals(enc.scoped) <= EMBEDDED and enc.scoped.combinations <= WALKED
    return Builder(
        issues=tuple(_choices(table)),
        actors=tuple(table.names.actor(enc.actors[p].id) for p in table.rule.counted),
        vetoes=len(table.rule.vetoes),
        more=table.rule.more,
        besides=besides(table.names, quorum_of(enc, table.rule)),
        readings=tuple(_lines(table, reading) for reading in case.readings),
        bans=tuple(_bans(enc)),
        starts=tuple(_starts(table, run.result)),
        shares=_shares(table, draws) if small else None,
        means=None if small else _means(table, draws),
    )


def _choices(table: _Table) -> Iterator[Choice]:
    for issue in table.enc.issues:
        options = tuple((o.id, table.names.option(issue.id, o.id)) for o in issue.options)
        yield Choice(issue.id, issue.name, table.names.issues([issue.id]), options)


def _lines(table: _Table, reading: str) -> Lines:
    accepts = table.enc.accepts[reading]
    allowed = tuple(
        tuple(tuple(np.flatnonzero(mask).tolist()) for mask in accepts[p]) for p in table.rule.counted
    )
    names = table.names
    return Lines(reading, names.reading_name(reading), names.reading(reading), allowed)


def _bans(enc: Encoded) -> Iterator[Ban]:
    for rule in enc.case.rules:
        pairs = zip(enc.clause_rules, enc.scoped.forbidden, strict=True)
        clauses: tuple[Clause, ...] = tuple(clause for name, clause in pairs if name == rule.id)
        if clauses:
            yield Ban(rule.text, rule.kind == "scope", clauses)


def _starts(table: _Table, found: Settlement) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield deals to begin from: the leading one, those the case names, and no deal."""
    enc = table.enc
    if found.leading is not None:
        ids = dict(zip(found.issues, found.leading.options, strict=True))
        yield "The nearest miss (A)" if found.widest.misses else "The leading deal (A)", _deal(enc, ids)
    known = {issue.id for issue in enc.issues}
    for named in enc.case.deals:
        yield named.name, _deal(enc, {i: o for i, o in named.options.items() if i in known})
    yield "No deal", tuple(int(o) for o in enc.no_deal)


def _deal(enc: Encoded, ids: dict[str, str]) -> tuple[int, ...]:
    """Return option numbers; what a named deal leaves open stays as it is without a deal."""
    row = enc.index(ids)
    return tuple(int(o) for o in np.where(row < 0, enc.no_deal, row))


def _shares(table: _Table, draws: Draws) -> Shares:
    points, deals = draws.columns(enumerate_deals(table.enc.scoped))
    none = np.zeros((0, len(deals)), dtype=np.bool_)
    found: SmaaResult = evaluate(points, draws.worth, deals, acceptance(table.enc, table.rule), none)
    refusing = found.first_refuser[:, list(table.rule.vetoes)]
    first = refusing.argmax(axis=1)
    often = refusing.max(axis=1)
    return Shares(
        draws=found.draws,
        together=_coded(found.together),
        alone=tuple(_coded(found.accept[:, p]) for p in table.rule.counted),
        first=np.where(often > 0, first, NOBODY).astype(np.uint8).tobytes(),
        often=_coded(often),
    )


def _coded(shares: NDArray[np.float64]) -> bytes:
    """Return whole per cent as the page prints them elsewhere, with codes for what is none.

    Examples
    --------
    >>> list(_coded(np.array([0.0, 0.004, 0.27, 0.995, 1.0])))
    [101, 102, 27, 103, 103]
    """
    coded = np.rint(100 * shares).astype(np.int64)
    coded[shares < 0.01] = HARDLY
    coded[shares > 0.99] = NEARLY
    coded[shares == 0] = NEVER
    return coded.astype(np.uint8).tobytes()


def _means(table: _Table, draws: Draws) -> Means:
    mean, counted = draws.middle(), table.rule.counted
    points, worth, added = (np.round(values[0], 3) for values in (mean.points, mean.worth, mean.added))
    sizes = [len(issue.options) for issue in table.enc.issues]
    return Means(
        tuple(tuple(tuple(points[p, i, :m].tolist()) for i, m in enumerate(sizes)) for p in counted),
        tuple(worth[list(counted)].tolist()),
        tuple(
            (counted.index(effect.actor), effect.clause, float(more))
            for effect, more in zip(mean.effects, added, strict=True)
            if effect.actor in counted
        ),
    )
