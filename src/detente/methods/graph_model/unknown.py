"""Unknown preference: four ways to treat pairs of states nobody knows how to compare (experimental)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Form
from detente.methods.graph_model.reach import preferred, step_tables
from detente.methods.graph_model.relations import Relations, stable_under
from detente.methods.graph_model.stability import checked_ranks

EXTENSIONS = {
    "a": (True, False),
    "b": (False, False),
    "c": (True, True),
    "d": (False, True),
}
"""Whether an unknown move tempts, and whether an unknown state deters."""


def solve_unknown(
    form: Form, ranks: NDArray[np.integer], unknown: Bools, extension: str, concept: str
) -> Bools:
    """Return stability where some comparisons are unknown.

    Extensions a and c count moves to states of unknown worth as possible improvements, b and d do not;
    c and d let states of unknown worth deter, a and b do not. A sanctioner may always make moves that
    are improvements or of unknown worth to it. The wording follows a second source, so treat the
    results as experimental.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict, of at most 4096 states.
    ranks : array of int, shape (decision makers, states)
        Dense ranks; they decide where `unknown` is False.
    unknown : numpy.ndarray of bool, shape (decision makers, states, states)
        Symmetric: pairs whose comparison is unknown.
    extension : {"a", "b", "c", "d"}
        How to treat them.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        Stability concept.

    Returns
    -------
    numpy.ndarray of bool, shape (decision makers, states)

    Raises
    ------
    ValueError
        If the extension is unknown or the pairs are not symmetric.

    References
    ----------
    Li, Hipel, Kilgour & Fang 2004, doi:10.1109/TSMCA.2004.826282.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import GraphForm
    >>> form = GraphForm.from_moves(2, [[(0, 1)], []])
    >>> pairs = np.array([[[False, True], [True, False]], [[False, False], [False, False]]])
    >>> ranks = np.array([[0, 0], [0, 1]])
    >>> [bool(solve_unknown(form, ranks, pairs, e, "nash")[0, 0]) for e in "abcd"]
    [False, True, False, True]
    """
    if extension not in EXTENSIONS:
        raise ValueError(f"extension `{extension}` is not one of a, b, c, d")
    tempts, deters = EXTENSIONS[extension]
    table = checked_ranks(form, ranks)
    if unknown.shape != (form.dms, form.n_states, form.n_states):
        raise ValueError("unknown needs shape (decision makers, states, states)")
    if (unknown != unknown.transpose(0, 2, 1)).any():
        raise ValueError("unknown pairs must be symmetric")
    better = preferred(table) & ~unknown
    relations = Relations(
        steps=step_tables(form),
        tempting=better | unknown if tempts else better,
        credible=better | unknown,
        deterring=~better if deters else ~(better | unknown),
    )
    return stable_under(relations, concept)
