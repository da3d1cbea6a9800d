"""From a case to everything that would unlock it, exact at the mean of the draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.unlock import Options
from detente.lenses.unlock.result import Move, NewOption, Package, Unlocked
from detente.methods.dealspace import unlock as moves
from detente.methods.dealspace.unlock_insert import Insertion, insertions
from detente.methods.dealspace.utilities import utilities_of
from detente.table.draws import draw
from detente.table.encode import Encoded, encode
from detente.table.listing import required_rows
from detente.table.typed import find_later, parse_readings, read_deal

KEPT = 20
"""Packages shown. Judgement: enough for the runner-up and what follows it."""


def run(case: Case, options: Options) -> Unlocked:
    """Find what it would take.

    Raises
    ------
    UsageError
        If the options name a reading, actor or deal the case does not have, or a deal left open.
    """
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    reading = _reading(case, options.reading)
    required = enc.required
    demands = _demands(enc, reading, options)
    ids = [enc.actors[p].id for p in required]
    unknown = [a for a in options.actor if a not in ids]
    if unknown:
        raise UsageError(
            f"the consent of {', '.join(unknown)} is not required. Remedy: choose from {', '.join(ids)}"
        )
    movers = [ids.index(a) for a in options.actor] or list(range(len(ids)))
    target = _target(enc, options.deal)
    if target:
        found: Sequence[moves.Package] = [moves.package_for(demands, target)]
    else:
        found = moves.unlock(demands, movers)[:KEPT]
    return Unlocked(
        issues=tuple(i.id for i in enc.issues),
        added=tuple(((o.issue, o.id), o.short or o.text) for o in later),
        reading=reading,
        required=tuple(ids),
        movers=tuple(ids[p] for p in movers),
        target=tuple(o.id for o in enc.options(target)) if target else (),
        packages=tuple(_package(enc, ids, p, demands.utilities.unit) for p in found),
        options=()
        if target
        else tuple(_new(enc, ids, x, demands.utilities.unit) for x in insertions(demands)),
        draws=options.draws,
        seed=options.seed,
    )


def _reading(case: Case, asked: str) -> str:
    if asked and asked not in case.readings:
        raise UsageError(f"there is no reading '{asked}'. Remedy: choose from {', '.join(case.readings)}")
    return asked or list(case.readings)[-1]


def _demands(enc: Encoded, reading: str, options: Options) -> moves.Demands:
    """Return red lines and mean utilities of the actors whose consent is required."""
    rows = list(required_rows(enc, ()))
    draws = draw(enc, options.draws, options.seed)
    mean = draws.points.mean(axis=0)[rows]
    points = [mean[:, i, : len(issue.options)].T for i, issue in enumerate(enc.issues)]
    utilities = utilities_of(enc.scoped, points, draws.worth.mean(axis=0)[rows])
    return moves.Demands(utilities, [enc.accepts[reading][p] for p in rows])


def _target(enc: Encoded, items: Sequence[str]) -> tuple[int, ...]:
    if not items:
        return ()
    known = {issue.id for issue in enc.issues}
    row = enc.index({i: o for i, o in read_deal(enc.case, items).items() if i in known})
    if (row < 0).any():
        left = [i.id for i, o in zip(enc.issues, row, strict=True) if o < 0]
        raise UsageError(f"the deal leaves {', '.join(left)} open. Remedy: name an option for each")
    return tuple(int(o) for o in row)


def _package(enc: Encoded, ids: Sequence[str], p: moves.Package, unit: int) -> Package:
    made = tuple(
        Move(
            actor,
            tuple((actor, enc.issues[i].id) for who, i in p.drops if who == k),
            p.short[k] / unit,
            p.price[k] / unit,
            p.spare[k] / unit,
        )
        for k, actor in enumerate(ids)
    )
    return Package(made, tuple(o.id for o in enc.options(np.array(p.deal))), p.opens)


def _new(enc: Encoded, ids: Sequence[str], x: Insertion, unit: int) -> NewOption:
    deal = tuple("" if o < 0 else enc.issues[i].options[o].id for i, o in enumerate(x.deal))
    needs = tuple((a, n / unit) for a, n in zip(ids, x.needs, strict=True))
    return NewOption(enc.issues[x.issue].id, needs, x.share, deal)
