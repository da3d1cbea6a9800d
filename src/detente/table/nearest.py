"""The nearest misses: deals that cross the fewest red lines, most acceptable first, near-twins left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.table.verdicts import Evaluated

SHOWN = 4
"""Nearest misses and efficient deals shown. Judgement: what a reader compares at a glance."""


def nearest_rows(found: Evaluated, reading: str, rule: Agreement) -> list[int]:
    """Return the rows of the nearest misses under a reading, the most acceptable first.

    A deal is shown if it differs from every deal already shown on at least two issues; where that leaves
    fewer than `SHOWN`, the remaining places go to the next most acceptable.

    Parameters
    ----------
    found : Evaluated
    reading : str
    rule : Agreement
        Whose red lines count.
    """
    lines = crossed(found, reading, rule)
    rows = np.flatnonzero(lines == np.min(lines))
    rows = rows[np.lexsort((rows, -found.result.together[rows]))]
    shown: list[int] = []
    for least in (2, 1):
        for row in rows:
            unlike = all((found.deals[row] != found.deals[s]).sum() >= least for s in shown)
            if len(shown) < SHOWN and unlike:
                shown.append(int(row))
    place = {int(row): k for k, row in enumerate(rows)}
    return sorted(shown, key=place.__getitem__)


def leading_rows(found: Evaluated, rows: NDArray[np.intp]) -> list[int]:
    """Return the few rows most often acceptable; ties in the order of the deal space."""
    order = np.lexsort((rows, -found.result.together[rows]))
    return [int(r) for r in rows[order][:SHOWN]]


def crossed(found: Evaluated, reading: str, rule: Agreement) -> NDArray[np.int64]:
    """Count the red lines each deal crosses: all of those with a veto, the fewest of enough others."""
    accepts, deals = found.enc.accepts[reading], found.deals

    def lines(actor: int) -> NDArray[np.int64]:
        beyond = [~accepts[actor][i][deals[:, i]] for i in range(deals.shape[1])]
        return np.asarray(np.sum(beyond, axis=0), dtype=np.int64)

    total = sum((lines(p) for p in rule.vetoes), np.zeros(len(deals), np.int64))
    if rule.more:
        total = total + np.sort([lines(p) for p in rule.others], axis=0)[: rule.more].sum(axis=0)
    return total
