"""What no deal is worth month by month: the start, moved by the front, the economy, people and aid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def worth_paths(start: ArrayLike, drivers: ArrayLike, weights: ArrayLike) -> Floats:
    """Return the worth of no deal to each actor, month by month.

    Parameters
    ----------
    start : array_like, shape (paths, actors)
        Worth of no deal today, on each actor's own scale of 0 to 100.
    drivers : array_like, shape (paths, months + 1, drivers)
        What moves it; only the change since the first entry counts.
    weights : array_like, shape (paths, actors, drivers)
        Points on the actor's scale for a unit of each driver.

    Returns
    -------
    ndarray, shape (paths, months + 1, actors)
        Start plus weighted changes; may leave 0 .. 100, for no deal can be worse than the worst deal.

    Raises
    ------
    ValueError
        If something is not a number or shapes do not fit.

    Notes
    -----
    An additive accounting of what waiting brings (judgement): no interaction, no discounting.

    Examples
    --------
    >>> worth_paths([[40.0]], [[[0.0], [2.0], [3.0]]], [[[-1.5]]])[0, :, 0].tolist()
    [40.0, 37.0, 35.5]
    """
    V0, X, w = (np.asarray(v, dtype=np.float64) for v in (start, drivers, weights))
    if X.ndim != 3 or w.ndim != 3 or V0.ndim != 2 or X.shape[2] != w.shape[2] or w.shape[1] != V0.shape[1]:
        raise ValueError("starts are (paths, actors), drivers (paths, months, k), weights (paths, actors, k)")
    if not (np.isfinite(V0).all() and np.isfinite(X).all() and np.isfinite(w).all()):
        raise ValueError("a start, driver or weight is not a number")
    return np.asarray(V0[:, None, :] + (X - X[:, :1]) @ w.transpose(0, 2, 1))


def monthly(quarterly: Floats, first: ArrayLike, months: int) -> Floats:
    """Return a quarterly series month by month: straight lines between quarters' ends, from `first`.

    Parameters
    ----------
    quarterly : ndarray, shape (paths, quarters)
        Values at the end of each quarter.
    first : array_like, shape (paths,)
        Value at the start.
    months : int
        At most three times the quarters.

    Examples
    --------
    >>> monthly(np.array([[3.0, 6.0]]), [0.0], 6).tolist()
    [[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]
    """
    if months > 3 * quarterly.shape[1]:
        raise ValueError(f"{quarterly.shape[1]} quarters do not reach {months} months")
    start = np.broadcast_to(np.asarray(first, dtype=np.float64), quarterly.shape[:1])[:, None]
    ends = np.concatenate([start, quarterly], axis=1)
    month = np.arange(months + 1)
    left = np.minimum(month // 3, ends.shape[1] - 2)
    part = (month - 3 * left) / 3
    return np.asarray(ends[:, left] + (ends[:, left + 1] - ends[:, left]) * part)


@dataclass(frozen=True, slots=True)
class Favour:
    """Whom time favours.

    Parameters
    ----------
    actor : int
        Number of the actor whose worth of no deal rises most against the others'; -1 where nobody's rises.
    until : int
        Month at which its median is highest; the last month where nobody's rises.
    share : float
        Share of paths in which it is better off then than at the start, and has gained more points of its own
        scale than any other has of theirs; where nobody's median rises, share of paths in which nobody is
        better off in the last month.
    """

    actor: int
    until: int
    share: float


def favour(worth: Floats, actors: tuple[int, ...]) -> Favour:
    """Return whom time favours, until when, and in which share of paths.

    Parameters
    ----------
    worth : ndarray, shape (paths, months + 1, actors)
    actors : tuple of int
        Actors compared: those whose consent a deal needs.

    Examples
    --------
    >>> V = np.zeros((1, 4, 2)); V[0, :, 0] = [0, 3, 5, 4]; V[0, :, 1] = [0, -1, -2, -3]
    >>> favour(V, (0, 1))
    Favour(actor=0, until=2, share=1.0)
    >>> favour(-V[:, :, :1], (0,))
    Favour(actor=-1, until=3, share=1.0)
    """
    change = worth[:, :, list(actors)] - worth[:, :1, list(actors)]
    middle = np.median(change, axis=0)
    best = middle.max(axis=0)
    k = int(best.argmax())
    if best[k] <= 0:
        return Favour(-1, change.shape[1] - 1, float((change[:, -1] <= 0).all(axis=1).mean()))
    until = int(middle[:, k].argmax())
    then = change[:, until]
    others = np.delete(then, k, axis=1)
    ahead = (then[:, k] > others.max(axis=1)) if others.shape[1] else np.ones(len(then), dtype=bool)
    return Favour(actors[k], until, float(((then[:, k] > 0) & ahead).mean()))
