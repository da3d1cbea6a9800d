"""Misperception: states a decision maker does not see, and views of the conflict that differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Form, GraphForm, moves_of
from detente.methods.graph_model.stability import Stability, solve


def without_unseen(form: Form, unseen: Bools) -> GraphForm:
    """Return the conflict without a decision maker's moves from or to states it does not see.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict as it is.
    unseen : numpy.ndarray of bool, shape (decision makers, states)
        States each decision maker does not think of.

    Examples
    --------
    >>> form = GraphForm.from_moves(3, [[(0, 1), (0, 2)], []])
    >>> blind = without_unseen(form, np.array([[False, False, True], [False, False, False]]))
    >>> blind.targets(0, 0).tolist()
    [1]
    """
    if unseen.shape != (form.dms, form.n_states):
        raise ValueError(f"unseen needs shape ({form.dms}, {form.n_states}), not {unseen.shape}")
    moves = []
    for dm in range(form.dms):
        sources, targets = moves_of(form, dm)
        kept = ~(unseen[dm, sources] | unseen[dm, targets])
        moves.append(zip(sources[kept].tolist(), targets[kept].tolist(), strict=True))
    return GraphForm.from_moves(form.n_states, moves)


def hypergame(views: Sequence[tuple[Form, NDArray[np.integer]]]) -> Stability:
    """Return stability when each decision maker judges by its own view of the conflict.

    Parameters
    ----------
    views : sequence of (form, ranks)
        The conflict as decision maker 0, 1, ... sees it: its moves and everybody's ranks. All views
        number the same states alike.

    Returns
    -------
    Stability
        Row i is decision maker i's row of its own view; equilibria are states nobody wants to leave
        as far as each can see.

    Raises
    ------
    ValueError
        If views differ in their number of decision makers or states.

    References
    ----------
    Bennett 1980, doi:10.1016/0016-3287(80)90005-X. Wang, Hipel & Fraser 1988,
    doi:10.1002/bs.3830330305.

    Examples
    --------
    Chicken, but each takes the other for one who would rather crash than give way alone: that both
    swerve now holds.

    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> chicken = [[0, 1, 3, 2], [0, 3, 1, 2]]
    >>> fears = [[0, 1, 3, 2], [1, 3, 0, 2]], [[1, 0, 3, 2], [0, 3, 1, 2]]
    >>> hypergame([(form, chicken), (form, chicken)]).equilibria("seq").tolist()
    [1, 2]
    >>> hypergame([(form, fears[0]), (form, fears[1])]).equilibria("seq").tolist()
    [1, 2, 3]
    """
    shapes = {(form.dms, form.n_states) for form, _ in views}
    if shapes != {(len(views), views[0][0].n_states)}:
        raise ValueError("every view holds the same states and one decision maker for each view")
    solved = [solve(form, ranks) for form, ranks in views]
    margins = np.stack([found.margins[:, dm] for dm, found in enumerate(solved)], axis=1)
    return Stability(solved[0].concepts, margins)
