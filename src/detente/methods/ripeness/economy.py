"""A quarterly accounting model of an economy at war, unvalidated for predicting how or when wars end."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Economy:
    """How an economy responds; each entry a number or an array over paths.

    Parameters
    ----------
    deficit : array_like
        Deficit at the reference oil price, % of national product a year (D0).
    oil_share : array_like
        Points of deficit saved by a dollar of export price (b).
    oil_reference : array_like
        Export price the budget counts on, dollars a barrel (P_ref).
    borrowing : array_like
        Deficit that can be borrowed at home (cap).
    persistence, tightness, spending_pull : array_like
        Of the output gap: on itself (rho), on the real rate (sigma), on extra spending (phi).
    slope, cooling, anchoring : array_like
        Of inflation: on the gap (kappa), on the real rate (psi), towards its target (omega).
    neutral, target, lowest : array_like
        Neutral real rate (r*), inflation target (pi*) and lowest policy rate (i_min), % a year.
    smoothing, on_inflation, on_gap : array_like
        Of the policy rate: speed (theta), response to inflation (a) and to the gap (b_y).
    gap_share : array_like
        Points of deficit saved by a point of output above its trend (g): growth brings revenue.
    """

    deficit: ArrayLike
    oil_share: ArrayLike
    oil_reference: ArrayLike
    borrowing: ArrayLike
    persistence: ArrayLike = 0.8
    tightness: ArrayLike = 0.12
    spending_pull: ArrayLike = 0.35
    slope: ArrayLike = 0.1
    cooling: ArrayLike = 0.06
    anchoring: ArrayLike = 0.025
    neutral: ArrayLike = 4.0
    target: ArrayLike = 4.0
    lowest: ArrayLike = 6.0
    smoothing: ArrayLike = 0.25
    on_inflation: ArrayLike = 0.75
    on_gap: ArrayLike = 0.5
    gap_share: ArrayLike = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """Where an economy starts: gap (% of product), inflation and rate (% a year), buffer (% of product)."""

    gap: ArrayLike
    inflation: ArrayLike
    rate: ArrayLike
    buffer: ArrayLike


@dataclass(frozen=True, slots=True)
class Shocks:
    """What reaches it from outside, quarter by quarter, shape (..., quarters).

    Parameters
    ----------
    oil, discount : array_like
        World price and the discount on the country's own oil, dollars a barrel.
    spending : array_like
        Extra spending, % of product (dG).
    sanctions : array_like
        Points the output gap loses in a quarter (sanc).
    """

    oil: ArrayLike
    discount: ArrayLike
    spending: ArrayLike
    sanctions: ArrayLike


@dataclass(frozen=True, slots=True)
class Track:
    """Quarter by quarter, shape (paths, quarters): the model's books."""

    gap: Floats
    inflation: Floats
    rate: Floats
    deficit: Floats
    buffer: Floats
    runway: Floats
    """Years the buffer lasts at the quarter's deficit; infinite where borrowing covers it."""


def run(economy: Economy, start: State, shocks: Shocks) -> Track:
    """Run the model forward.

    Parameters
    ----------
    economy, start : Economy, State
        Entries broadcast against each other to one number of paths.
    shocks : Shocks
        Entries broadcast to (paths, quarters).

    Returns
    -------
    Track

    Raises
    ------
    ValueError
        If something is not a number, or there is no quarter.

    Notes
    -----
    An IS curve, a Phillips curve and a Taylor-type rule (J. B. Taylor, 1993,
    doi:10.1016/0167-2231(93)90009-L) around the books of a budget, one step a quarter::

        D      = D0 - b (P_oil - discount - P_ref) + dG - g gap
        gap    = rho gap - sigma (real - r*) + phi dG - sanc
        pi     = pi + kappa gap - psi (real - r*) + omega (pi* - pi)
        i      = max(i_min, i + theta (r* + pi + a (pi - pi*) + b_y gap - i))
        buffer = max(0, buffer - max(0, D - cap) / 4)

    with real = i - pi, and the gap in D, of the quarter before; `pi` uses the new gap, `i` the new pi and
    gap. Default coefficients are judgement (ordinary sizes in small quarterly models). No published work
    validates such a model for when wars end: it keeps books, it dates nothing.

    Examples
    --------
    >>> economy = Economy(deficit=2.6, oil_share=0.05, oil_reference=58, borrowing=1.8)
    >>> year = Shocks(oil=np.full(4, 69.0), discount=12, spending=0, sanctions=0)
    >>> track = run(economy, State(gap=0.5, inflation=8.5, rate=18, buffer=2), year)
    >>> track.gap[0].round(4).tolist(), track.buffer[0].round(4).tolist()
    ([-0.26, -0.832, -1.2453, -1.5258], [1.7875, 1.575, 1.3625, 1.15])
    """
    e, s, x, (n, quarters) = _ready(economy, start, shocks)
    gap, pi, i, buffer = s
    out = np.empty((6, n, quarters))
    for q in range(quarters):
        oil, discount, spending, sanctions = x[:, :, q]
        real = i - pi
        D = e["deficit"] - e["oil_share"] * (oil - discount - e["oil_reference"]) + spending
        D = D - e["gap_share"] * gap
        gap = (
            e["persistence"] * gap
            - e["tightness"] * (real - e["neutral"])
            + e["spending_pull"] * spending
            - sanctions
        )
        cooled = e["cooling"] * (real - e["neutral"])
        pi = pi + e["slope"] * gap - cooled + e["anchoring"] * (e["target"] - pi)
        wanted = e["neutral"] + pi + e["on_inflation"] * (pi - e["target"]) + e["on_gap"] * gap
        i = np.maximum(e["lowest"], i + e["smoothing"] * (wanted - i))
        short = np.maximum(0, D - e["borrowing"])
        buffer = np.maximum(0, buffer - short / 4)
        out[:, :, q] = gap, pi, i, D, buffer, runway(buffer, D, e["borrowing"])
    return Track(*out)


def runway(buffer: ArrayLike, deficit: ArrayLike, borrowing: ArrayLike) -> Floats:
    """Return the years a buffer lasts; infinite where borrowing covers the deficit.

    Examples
    --------
    >>> float(runway(2.0, 2.65, 1.8).round(4)), float(runway(2.0, 1.0, 1.8))
    (2.3529, inf)
    """
    b, short = np.broadcast_arrays(
        np.asarray(buffer, float), np.asarray(deficit, float) - np.asarray(borrowing, float)
    )
    return np.asarray(np.divide(b, short, out=np.full(b.shape, np.inf), where=short > 0))


def _ready(
    economy: Economy, start: State, shocks: Shocks
) -> tuple[dict[str, Floats], Floats, Floats, tuple[int, int]]:
    """Return all inputs as float arrays of one number of paths."""
    coefficients = {f.name: np.asarray(getattr(economy, f.name), dtype=np.float64) for f in fields(economy)}
    states = [np.asarray(getattr(start, f.name), dtype=np.float64) for f in fields(start)]
    outside = [np.atleast_1d(np.asarray(getattr(shocks, f.name), dtype=np.float64)) for f in fields(shocks)]
    if not all(np.isfinite(v).all() for v in (*coefficients.values(), *states, *outside)):
        raise ValueError("every number of an economy must be given and finite")
    shape = np.broadcast_shapes(
        *(v.shape for v in coefficients.values()),
        *(v.shape for v in states),
        *(v.shape[:-1] for v in outside),
        (1,),
    )
    quarters = max(v.shape[-1] for v in outside)
    x = np.stack([np.broadcast_to(v, (*shape, quarters)) for v in outside])
    e = {name: np.broadcast_to(v, shape) for name, v in coefficients.items()}
    return e, np.stack([np.broadcast_to(v, shape) for v in states]), x, (shape[0], quarters)
