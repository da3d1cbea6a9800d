"""An option not yet on the table: what it would have to be worth to each actor to make a deal possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.unlock import Demands
from detente.methods.dealspace.unlock_search import minimal
from detente.methods.dealspace.utilities import Utilities
from detente.methods.redlines import joint
from detente.methods.space import Space

MOST = 20_000
"""Most partial answers kept in a state. Judgement."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """The least a new option on an issue would have to be worth.

    Parameters
    ----------
    issue : int
    needs : (P,) tuple of int
        Points the option must bring each actor, in units.
    share : float
        The largest of these as a share of the way from the actor's worst present option on the issue (0) to
        its best (1): how much the option asks of the actor that needs most.
    deal : (I,) tuple of int
        The options of the other issues it goes with; -1 on the issue itself.
    """

    issue: int
    needs: tuple[int, ...]
    share: float
    deal: tuple[int, ...]


def insertions(demands: Demands, issues: Sequence[int] | None = None) -> tuple[Insertion, ...]:
    """Find, issue by issue, the least demanding options that would make a deal possible.

    The option is taken to break no rule and nobody's red line on the issue; everybody's red lines on the
    other issues stand. All minimal combinations of needs are found, none of which asks more of an actor
    than its best present option brings, nor less than its worst.

    Parameters
    ----------
    demands : Demands
    issues : sequence of int, optional
        Issues to look at; all by default.

    Returns
    -------
    tuple of Insertion
        Smallest share first; nothing where no option on one issue is enough.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2, 2)), [[[8, 0], [0, 8]], [[2, 0], [0, 2]]], [6, 6])
    >>> ask = Demands(u, [[np.ones(2, dtype=bool)] * 2] * 2)
    >>> [(i.issue, i.needs, i.share) for i in insertions(ask)]
    [(0, (4, 6), 0.75), (0, (6, 4), 0.75)]
    """
    chosen = range(len(demands.utilities.space.sizes)) if issues is None else issues
    found = [insertion for issue in chosen for insertion in _on_issue(demands, issue)]
    return tuple(sorted(found, key=lambda i: (i.share, i.issue, i.needs)))


def _without(demands: Demands, issue: int) -> Utilities:
    """Leave one option worth nothing on the issue, and no rule or package effect that names it."""
    u = demands.utilities
    sizes = tuple(1 if i == issue else m for i, m in enumerate(u.space.sizes))
    rules = tuple(c for c in u.space.forbidden if all(i != issue for i, _ in c))
    empty = np.zeros((1, u.actors), np.int64)
    tables = tuple(empty if i == issue else t for i, t in enumerate(u.points))
    effects = tuple(w for w in u.interactions if issue not in w.issues)
    floor = u.points[issue].min(axis=0)
    reserve = tuple(None if d is None else d - int(low) for d, low in zip(u.reserve, floor, strict=True))
    return Utilities(Space(sizes, rules), tables, reserve, effects, u.unit)


def _on_issue(demands: Demands, issue: int) -> list[Insertion]:
    rest = _without(demands, issue)
    low, top = (f(axis=0) for f in (demands.utilities.points[issue].min, demands.utilities.points[issue].max))
    masks = [[np.ones(1, bool) if i == issue else m for i, m in enumerate(ms)] for ms in demands.accepts]
    allowed = joint(rest.space, masks, range(rest.actors))
    bits = [np.zeros(m, dtype=object) for m in rest.space.sizes]
    found = []
    for _, short in minimal(layers_of(rest, allowed), bits, [], MOST):
        if any(s > t - b for s, t, b in zip(short, top.tolist(), low.tolist(), strict=True)):
            continue
        reserve = [None if d is None else d - s for d, s in zip(rest.reserve, short, strict=True)]
        front = pareto_front(layers_of(rest.with_reserve(reserve), allowed), rational=True)
        deal = front.named(0)[0].tolist()
        deal[issue] = -1
        needs = tuple(int(b) + s for b, s in zip(low.tolist(), short, strict=True))
        shares = [s / (t - b) if t > b else 0.0 for s, t, b in zip(short, top, low, strict=True)]
        found.append(Insertion(issue, needs, float(max(shares)), tuple(deal)))
    return found
