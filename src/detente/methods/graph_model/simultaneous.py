"""Simultaneous sanctioning: both sides leave at once and meet where neither wanted to be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, OptionForm
from detente.methods.graph_model.stability import checked_ranks


def simultaneous(form: OptionForm, ranks: NDArray[np.integer]) -> Bools:
    """Return for which states each improvement of one is undone by a simultaneous one of the other.

    Only states from which both have improvements can be so marked. An improvement is sanctioned if, for
    some improvement of the other, the state with both sets of options switched is feasible and no better
    for the mover than where it started. An extra mark beside sequential stability, never part of it.

    Returns
    -------
    numpy.ndarray of bool, shape (2, states)

    Raises
    ------
    ValueError
        If there are not exactly two decision makers.

    References
    ----------
    Fraser & Hipel 1979, doi:10.1109/TSMC.1979.4310131.

    Examples
    --------
    Chicken: whoever stays on course while the other swerves gains, but both at once crash.

    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> simultaneous(form, np.array([[0, 1, 3, 2], [0, 3, 1, 2]])).tolist()
    [[False, False, False, True], [False, False, False, True]]
    """
    if form.dms != 2:
        raise ValueError(f"simultaneous sanctioning is defined for two decision makers, not {form.dms}")
    table = checked_ranks(form, ranks)
    result = np.zeros((2, form.n_states), dtype=np.bool_)
    for state in range(form.n_states):
        leaving = [form.targets(dm, state) for dm in (0, 1)]
        leaving = [t[table[dm, t] > table[dm, state]] for dm, t in enumerate(leaving)]
        if leaving[0].size and leaving[1].size:
            origin = form.codes[state]
            joint = form.codes[leaving[0]][:, None] ^ form.codes[leaving[1]][None, :] ^ origin
            exists = form.feasible[joint]
            place = np.searchsorted(form.codes, np.where(exists, joint, origin))
            for dm in (0, 1):
                deters = exists & (table[dm, place] <= table[dm, state])
                result[dm, state] = deters.any(axis=1 - dm).all()
    return result
