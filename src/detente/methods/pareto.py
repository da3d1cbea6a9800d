"""Efficient deals: those no other deal improves on for one actor without loss to another."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

SMALL = 1_000
"""Below this many points the own filter beats the cost of a call (measured). Judgement."""


def efficient(totals: NDArray[Any]) -> Bools:
    """Return which rows of (D, P) utilities no other row dominates; equal rows are all kept.

    Divide and conquer of Kung, Luccio & Preparata (1975, doi:10.1145/321906.321910) through moocore where
    that is installed; otherwise an own filter that sorts by total and remembers what kills most.

    Raises
    ------
    ValueError
        If a utility is missing or infinite.

    Examples
    --------
    >>> efficient(np.array([[1, 0], [0, 1], [0, 0], [1, 0]])).tolist()
    [True, True, False, True]
    """
    if totals.dtype.kind == "f" and not np.isfinite(totals).all():
        raise ValueError("utilities must be finite numbers")
    if len(totals) == 0 or totals.shape[1] == 0:
        return np.ones(len(totals), dtype=bool)
    if len(totals) > SMALL and totals.shape[1] > 2:
        try:
            import moocore
        except ImportError:
            return filtered(totals)
        found = moocore.is_nondominated(totals.astype(np.float64), maximise=True, keep_weakly=True)
        return np.asarray(found, dtype=np.bool_)
    return filtered(totals)


def filtered(totals: NDArray[Any]) -> Bools:
    """Return what `efficient` does, by the own compiled filter.

    Examples
    --------
    >>> filtered(np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0]])).tolist()
    [True, False, True]
    """
    from detente.methods.pareto_kernel import sweep_many, sweep_two

    if totals.shape[1] == 2:
        order = np.lexsort((-totals[:, 1], -totals[:, 0]))
        sweep = sweep_two if totals.dtype.kind == "i" else sweep_many
    else:
        order = np.argsort(-totals.sum(axis=1), kind="stable")
        sweep = sweep_many
    if sweep is sweep_many and totals.dtype.kind == "f":
        order = np.lexsort(totals.T)[::-1]
    keep = np.empty(len(totals), dtype=bool)
    sweep(np.ascontiguousarray(totals[order]), keep)
    out = np.empty(len(totals), dtype=bool)
    out[order] = keep
    return out
