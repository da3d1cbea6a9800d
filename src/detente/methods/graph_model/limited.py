"""Limited-move and non-myopic stability of two decision makers, with the cycle found, not guessed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.engine import Engine, engine
from detente.methods.graph_model.forms import Bools, Form
from detente.methods.graph_model.stability import checked_ranks

MAX_CYCLE = 10_000
"""Judgement: published and random conflicts repeat within 50 horizons."""

Ends = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Farsighted:
    """What two decision makers expect of each horizon, until expectations repeat.

    Parameters
    ----------
    ends : numpy.ndarray of int, shape (horizons + 1, 2, states)
        ``ends[h, i, s]``: where play ends if i moves first from s and looks h moves ahead.
    period : int
        From `start` on, expectations repeat with this period.
    start : int
        Smallest horizon of the cycle.
    tied : bool
        Whether somebody ranks two states alike, so that the tie rule may matter: stay when equal; among
        equally good moves take the lowest state number.
    """

    ends: Ends
    period: int
    start: int
    tied: bool

    def limited(self, horizon: int) -> Bools:
        """Return which states are stable at a horizon of at least 1, shape (2, states)."""
        if horizon < 1:
            raise ValueError("the horizon is at least 1")
        if horizon >= len(self.ends):
            horizon = self.start + (horizon - self.start) % self.period
        return self._stays(horizon)

    def nonmyopic(self) -> Bools:
        """Return which states are stable at every horizon of the cycle, shape (2, states)."""
        cycle = range(self.start, self.start + self.period)
        return np.asarray(np.logical_and.reduce([self._stays(h) for h in cycle]))

    def _stays(self, horizon: int) -> Bools:
        return np.asarray(self.ends[horizon] == np.arange(self.ends.shape[2]))


def farsighted(form: Form, ranks: NDArray[np.integer]) -> Farsighted:
    """Return where play ends at every horizon, for two decision makers.

    With no move to look ahead play ends where it is. Otherwise the mover compares staying with its best
    move, judged by where the other, moving next with one move less, would take it; it stays on ties.
    Expectations at a horizon follow from those one shorter alone, so they repeat; the cycle is detected
    and non-myopic stability asks for stability throughout it.

    Raises
    ------
    ValueError
        If there are not exactly two decision makers.

    References
    ----------
    Zagare 1984, doi:10.1007/BF00141672. Kilgour 1984, doi:10.1007/BF00125875. Brams & Wittman 1981,
    doi:10.1177/073889428100600103.

    Examples
    --------
    Chicken: the far-sighted both swerve.

    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> found = farsighted(form, np.array([[0, 1, 3, 2], [0, 3, 1, 2]]))
    >>> np.flatnonzero(found.nonmyopic().all(axis=0)).tolist()
    [3]
    """
    if form.dms != 2:
        raise ValueError(f"limited moves are offered for two decision makers, not {form.dms}")
    table = checked_ranks(form, ranks)
    machine = engine(form, table)
    stay = np.arange(form.n_states, dtype=np.int64)
    ends = [np.stack([stay, stay])]
    known: dict[bytes, int] = {}
    tied = bool((table.max(axis=1) < form.n_states - 1).any())
    while (key := ends[-1].tobytes()) not in known:
        if len(ends) > MAX_CYCLE:
            raise ValueError(f"expectations do not repeat within {MAX_CYCLE} horizons")
        known[key] = len(ends) - 1
        ends.append(np.stack([_look(machine, table, dm, ends[-1][1 - dm]) for dm in (0, 1)]))
    start = known[key]
    return Farsighted(np.stack(ends), len(ends) - 1 - start, start, tied)


def _look(machine: Engine, ranks: NDArray[np.int32], dm: int, expected: Ends) -> Ends:
    """Return where play ends for a mover who expects the other to go on as `expected`."""
    own = ranks[dm].astype(np.int64)
    states = own.size
    # The best move by where it ends, then by the lowest state number, in one whole number.
    keys = own[expected] * states + (states - 1 - np.arange(states))
    best = machine.gather(machine.best_move(dm, machine.spread(keys)))
    target = np.where(best < 0, np.arange(states), states - 1 - best % states)
    gain = np.where(best < 0, -1, best // states)
    return np.where(gain > own, expected[target], np.arange(states))
