"""Preferences as dense ranks: from orders with ties, from utilities, from option weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import OptionForm

Order = Sequence[int | Sequence[int]]
"""States, best first; an inner list is a tie."""


def dense(scores: NDArray[np.number]) -> NDArray[np.int32]:
    """Return ranks 0, 1, ... of scores, higher is better, equal scores tied.

    Examples
    --------
    >>> dense(np.array([2.5, 9.0, 2.5, -1.0])).tolist()
    [1, 2, 1, 0]
    """
    if np.isnan(scores).any():
        raise ValueError("a score is not a number; every state needs one")
    places = np.unique(scores, return_inverse=True)[1]
    return np.asarray(places.reshape(scores.shape), dtype=np.int32)


def from_order(order: Order, n_states: int) -> NDArray[np.int32]:
    """Return ranks of an order, best first, an inner list being a tie.

    Raises
    ------
    ValueError
        If a state is missing, named twice or does not exist.

    Examples
    --------
    >>> from_order([2, [0, 1]], 3).tolist()
    [0, 0, 1]
    """
    tiers = [[tier] if isinstance(tier, int) else list(tier) for tier in order]
    named = [s for tier in tiers for s in tier]
    unknown = sorted(set(named) - set(range(n_states)))
    missing = sorted(set(range(n_states)) - set(named))
    twice = sorted({s for s in named if named.count(s) > 1}) if len(named) != len(set(named)) else []
    if unknown or missing or twice:
        raise ValueError(f"unknown states {unknown}, missing states {missing}, states named twice {twice}")
    ranks = np.zeros(n_states, dtype=np.int32)
    for rank, tier in enumerate(reversed([t for t in tiers if t])):
        ranks[tier] = rank
    return ranks


def from_utilities(utilities: NDArray[np.floating], tie: float = 0.0) -> NDArray[np.int32]:
    """Return ranks of utilities; neighbours no further apart than `tie` share a rank.

    Ties are chained: a run of states each within `tie` of the next is one rank.

    Examples
    --------
    >>> from_utilities(np.array([0.10, 0.50, 0.52, 0.90]), tie=0.05).tolist()
    [0, 1, 1, 2]
    """
    if np.isnan(utilities).any():
        raise ValueError("a utility is not a number; every state needs one")
    levels, places = np.unique(utilities, return_inverse=True)
    steps = np.concatenate([[0], np.cumsum(np.diff(levels) > tie)])
    return steps[places].astype(np.int32)


def from_weights(form: OptionForm, weights: Sequence[float]) -> NDArray[np.int32]:
    """Return ranks of the summed weights of the options taken.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> from_weights(form, [1.0, -2.0]).tolist()
    [2, 3, 0, 1]
    """
    if len(weights) != form.n_options:
        raise ValueError(f"{form.n_options} options but {len(weights)} weights")
    taken = form.codes[:, None] >> np.arange(form.n_options) & 1
    return dense(taken @ np.asarray(weights, dtype=float))
