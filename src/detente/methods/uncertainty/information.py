"""What knowing one input would be worth: how much less often a yes-or-no judgement would be wrong.

The decision is to call an answer "yes" or "no"; a wrong call costs 1. Without more knowledge the call is the
likelier answer. Knowing an input exactly, the call may differ from value to value. The drop in the chance of
a wrong call is the expected value of perfect information on that input, in its plainest form.

References
----------
Howard, R. (1966), *IEEE Transactions on Systems Science and Cybernetics* 2(1), 22-26,
doi:10.1109/TSSC.1966.300074 (value of information).
Strong, M. & Oakley, J. (2013), *Medical Decision Making* 33(6), 755-766, doi:10.1177/0272989X12465755
(one input's value from a single Monte Carlo sample).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

BINS = 8
"""Most classes of equal size an input is cut into: judgement."""
PER_BIN = 25
"""Fewest draws in a class: judgement; with fewer the call in a class is itself a guess."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Knowing:
    """What knowing each input would do to the chance of a wrong call.

    Parameters
    ----------
    wrong : float
        Chance of a wrong call without more knowledge.
    drop : array (k,)
        How much that chance would fall, input by input; a little below 0 by chance.
    error : array (k,)
        Standard error of the drop.
    """

    wrong: float
    drop: Array
    error: Array


def knowing(x: ArrayLike, yes: ArrayLike) -> Knowing:
    """Return what knowing each input alone would be worth.

    Calls are learnt on four fifths of the sample and judged on the rest, in turn, so that chance patterns
    earn nothing.

    Parameters
    ----------
    x : array (N, k)
        Independent draws of the inputs.
    yes : bool array (N,)
        The answer in each draw.

    Raises
    ------
    ValueError
        If shapes do not fit or there are fewer than `FOLDS` draws.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(2000, 2))
    >>> found = knowing(x, x[:, 0] > 0.5)
    >>> round(found.wrong, 1), found.drop.round(1) + 0.0
    (0.5, array([0.5, 0. ]))
    """
    given, answer = np.asarray(x, dtype=float), np.asarray(yes, dtype=bool)
    if given.ndim != 2 or answer.shape != given.shape[:1] or len(answer) < FOLDS:
        raise ValueError(f"inputs have shape (draws, inputs), answers (draws,), at least {FOLDS} of them")
    n = len(answer)
    fold = np.arange(n) % FOLDS
    bins = int(np.clip(n // PER_BIN, 1, BINS))
    base = _wrong(np.zeros(n, dtype=np.intp), answer, fold)
    gains = []
    for column in given.T:
        rank = np.empty(n, dtype=np.intp)
        rank[np.argsort(column, kind="stable")] = np.arange(n)
        gains.append(base - _wrong(rank * bins // n, answer, fold))
    gain = np.array(gains).reshape(-1, n)
    return Knowing(float(base.mean()), gain.mean(axis=1), gain.std(axis=1) / np.sqrt(n))


def _wrong(group: NDArray[np.intp], yes: NDArray[np.bool_], fold: NDArray[np.intp]) -> Array:
    """Return 1 where the call learnt on the other folds is wrong, else 0; a tie calls "no"."""
    wrong = np.empty(len(yes))
    size = int(group.max()) + 1
    for f in range(FOLDS):
        out = fold == f
        votes = np.bincount(group[~out], np.where(yes[~out], 1.0, -1.0), minlength=size)
        wrong[out] = (votes[group[out]] > 0) != yes[out]
    return wrong
