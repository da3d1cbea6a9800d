"""The nearest misses: deals that cross the fewest red lines, most acceptable first, near-twins left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.redlines import Accepts
from detente.table.verdicts import Evaluated

SHOWN = 4
"""Nearest misses and efficient deals shown. Judgement: what a reader compares at a glance."""


def nearest_rows(found: Evaluated, lines: NDArray[np.int64]) -> list[int]:
    """Return the rows of the nearest misses, the most acceptable first.

    A deal is shown if it differs from every deal already shown on at least two issues; where that leaves
    fewer than `SHOWN`, the remaining places go to the next most acceptable.

    Parameters
    ----------
    found : Evaluated
    lines : (D,) int
        How many red lines each deal crosses; from `crossed`.
    """
    rows = np.flatnonzero(lines == np.min(lines))
    rows = rows[np.lexsort((rows, -found.result.together[rows]))]
    deals, shown = found.deals[rows], list[int]()
    for least in (2, 1):
        unlike = np.ones(len(rows), dtype=bool)
        for place in shown:
            unlike &= (deals != deals[place]).sum(axis=1) >= least
        while len(shown) < SHOWN and unlike.any():
            shown.append(int(np.argmax(unlike)))
            unlike &= (deals != deals[shown[-1]]).sum(axis=1) >= least
    return [int(rows[place]) for place in sorted(shown)]


def leading_rows(found: Evaluated, rows: NDArray[np.intp]) -> list[int]:
    """Return the few rows most often acceptable; ties in the order of the deal space."""
    order = np.lexsort((rows, -found.result.together[rows]))
    return [int(r) for r in rows[order][:SHOWN]]


def crossed(accepts: Accepts, deals: NDArray[np.integer], rule: Agreement) -> NDArray[np.int64]:
    """Count the red lines each deal crosses: all of those with a veto, the fewest of enough others.

    Parameters
    ----------
    accepts : Accepts
        Under one reading.
    deals : (D, I) int
    rule : Agreement
        Whose red lines count.

    Examples
    --------
    >>> masks = [[np.array([True, False])], [np.array([False, True])]]
    >>> crossed(masks, np.array([[0], [1]]), Agreement((0, 1))).tolist()
    [1, 1]
    """

    def lines(actor: int) -> NDArray[np.int64]:
        beyond = [~accepts[actor][i][deals[:, i]] for i in range(deals.shape[1])]
        return np.asarray(np.sum(beyond, axis=0), dtype=np.int64)

    total = sum((lines(p) for p in rule.vetoes), np.zeros(len(deals), np.int64))
    if rule.more:
        total = total + np.sort([lines(p) for p in rule.others], axis=0)[: rule.more].sum(axis=0)
    return total
