"""A deal space as a mixed integer program, solved by HiGHS, every answer checked in whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.methods.dealspace.utilities import Ints, Utilities
from detente.methods.space import Allowed, free

Floats = NDArray[np.float64]

Row = tuple[Any, Any, float, float]
"""A constraint: columns, coefficients, lower and upper end."""

TOLERANCE = 1e-6
"""Relative accuracy claimed: HiGHS works to about 1e-6 (reference page, 5.6)."""

RETRIES = 100
"""Most deals within the solver's tolerance of a limit that are cut off one by one. Judgement."""


@dataclass(frozen=True, slots=True)
class Program:
    """A deal space as linear constraints on 0-1 variables: one per option, one per cell of an interaction.

    Parameters
    ----------
    rows : list of Row
    columns : int
    totals : (columns, P) float
        Utilities as linear forms.
    whole : (columns,) int
        1 for 0-1 variables, 0 for continuous ones.
    options : list of slice
        Columns of each issue.
    """

    rows: list[Row]
    columns: int
    totals: Floats
    whole: NDArray[np.int64]
    options: list[slice]


@dataclass(frozen=True, slots=True)
class Found:
    """A deal and what the solver proved.

    Parameters
    ----------
    deal : (I,) int16 or None
        None where the constraints leave no deal.
    totals : (P,) int64
        Utilities of the deal, recomputed in whole units.
    bound : float
        Bound on the goal in units (ratio for Kalai-Smorodinsky, logarithm for Nash), to `TOLERANCE`.
    """

    deal: NDArray[np.int16] | None
    totals: Ints
    bound: float


def program_of(utilities: Utilities, allowed: Allowed | None = None) -> Program:
    """Write the space as constraints.

    Parameters
    ----------
    utilities : Utilities
    allowed : per issue (m_i,) bool, optional
    """
    masks = free(utilities.space) if allowed is None else allowed
    starts = np.cumsum([0, *utilities.space.sizes]).tolist()
    options = [slice(a, b) for a, b in pairwise(starts)]
    rows: list[Row] = []
    for issue, place in enumerate(options):
        columns = np.arange(place.start, place.stop)
        rows.append((columns, np.ones(len(columns)), 1, 1))
        rows += [([c], [1.0], 0, 0) for c in columns[~masks[issue]]]
    for clause in utilities.space.forbidden:
        columns = np.concatenate([options[i].start + np.array(o, dtype=int) for i, o in clause])
        rows.append((columns, np.ones(len(columns)), 0, len(clause) - 1))
    totals, at = list(utilities.points), starts[-1]
    for effect in utilities.interactions:
        shape = effect.points.shape[:-1]
        cells = at + np.arange(int(np.prod(shape))).reshape(shape)
        at += cells.size
        totals.append(effect.points.reshape(-1, utilities.actors))
        for axis, issue in enumerate(effect.issues):
            for option in range(shape[axis]):
                inside = np.take(cells, option, axis=axis).ravel()
                columns = np.append(inside, options[issue].start + option)
                rows.append((columns, np.append(np.ones(inside.size), -1.0), 0, 0))
    whole = (np.arange(at) < starts[-1]).astype(np.int64)
    return Program(rows, at, np.concatenate(totals).astype(np.float64), whole, options)


def _optimise(program: Program, extra: int, rows: list[Row], cost: Floats) -> tuple[Floats | None, float]:
    """Minimise a cost over the program and `extra` further continuous columns."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    every = [*program.rows, *rows]
    at = np.repeat(np.arange(len(every)), [len(r[0]) for r in every])
    columns = np.concatenate([np.asarray(r[0]) for r in every])
    values = np.concatenate([np.asarray(r[1], dtype=float) for r in every])
    size = program.columns + extra
    matrix = coo_array((values, (at, columns)), shape=(len(every), size)).tocsr()
    low, high = np.zeros(size), np.ones(size)
    low[program.columns :], high[program.columns :] = -np.inf, np.inf
    limits = LinearConstraint(matrix, [r[2] for r in every], [r[3] for r in every])
    whole = np.append(program.whole, np.zeros(extra, np.int64))
    found: Any = milp(
        cost, integrality=whole, bounds=Bounds(low, high), constraints=limits, options={"mip_rel_gap": 0.0}
    )
    if found.status == 2:
        return None, np.inf
    if found.status != 0:
        raise DetenteError(f"the integer program was not solved: {found.message}")
    return np.asarray(found.x, dtype=np.float64), float(found.mip_dual_bound)


def solve(
    utilities: Utilities, program: Program, rows: list[Row], cost: Floats, valid: Callable[[Ints], bool]
) -> Found:
    """Minimise a cost; a deal that only the solver's tolerance lets in is cut off, and the next one taken.

    Parameters
    ----------
    utilities : Utilities
    program : Program
    rows : list of Row
        Further constraints; columns beyond the program's are continuous and unbounded.
    cost : (columns or more,) float
    valid : callable
        Whether a deal with these gains (P,) really meets the constraints.

    Raises
    ------
    DetenteError
        If the solver fails.
    """
    cuts: list[Row] = []
    for _ in range(RETRIES):
        x, bound = _optimise(program, len(cost) - program.columns, [*rows, *cuts], cost)
        if x is None:
            return Found(None, np.zeros(utilities.actors, np.int64), -np.inf)
        deal = np.array([int(np.argmax(x[place])) for place in program.options], dtype=np.int16)
        if valid(utilities.gains(deal[None, :])[0]):
            return Found(deal, utilities.totals(deal[None, :])[0], -bound)
        chosen = np.array([place.start for place in program.options]) + deal
        cuts.append((chosen, np.ones(len(chosen)), 0, len(chosen) - 1))
    raise DetenteError("too many deals lie within the solver's tolerance of a limit. Remedy: coarser points")


def scales(utilities: Utilities, program: Program) -> Floats:
    """Return a size of each actor's utilities, to keep the numbers the solver sees near 1."""
    size: Floats = np.maximum(np.abs(program.totals).max(axis=0), 1.0)
    return size * len(utilities.space.sizes)


def reserves(utilities: Utilities, program: Program) -> list[Row]:
    """Return the constraints that everybody reaches its worth of no deal."""
    scale, columns = scales(utilities, program), np.arange(program.columns)
    return [
        (columns, program.totals[:, p] / scale[p], (d - 0.5) / scale[p], np.inf)
        for p, d in enumerate(utilities.reserve)
        if d is not None
    ]


def accepted(utilities: Utilities) -> Callable[[Ints], bool]:
    """Return the test whether everybody accepts, given the gains."""
    free_of = np.array([d is None for d in utilities.reserve])
    return lambda gains: bool(((gains >= 0) | free_of).all())
