"""Maxima and minima over reach in graph form, linear in decision makers times moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.graph_model.forms import GraphForm, Ints


@njit(cache=True, nogil=True)
def walk_pairs(order: Ints, values: Ints, entries: tuple[Ints, Ints], ranks: Ints, credible: bool) -> Ints:
    """Return the minimum of `values` over each state and all that legal sequences reach from it.

    `entries` holds, for each mover, where the states that lead into a state start, and those states.
    Pairs (state, who moves first from it) are labelled backwards from the lowest value, each once:
    nobody moves twice in a row, so from a pair only the other movers are followed back.
    """
    starts, sources = entries
    movers = starts.shape[0]
    result = values.copy()
    labelled = np.zeros((movers, values.size), np.bool_)
    stack = np.empty((movers * values.size + 1, 2), np.int32)
    for seed in order:
        stack[0, 0], stack[0, 1] = seed, -1
        top = 1
        while top:
            top -= 1
            x, last = stack[top, 0], stack[top, 1]
            for h in range(movers):
                if h == last:
                    continue
                for n in range(starts[h, x], starts[h, x + 1]):
                    s = sources[n]
                    if labelled[h, s] or (credible and ranks[h, s] >= ranks[h, x]):
                        continue
                    labelled[h, s] = True
                    result[s] = min(result[s], values[seed])
                    stack[top, 0], stack[top, 1] = s, h
                    top += 1
    return result


@dataclass(frozen=True, slots=True)
class GraphEngine:
    """The operations of `Engine` on explicit moves.

    Parameters
    ----------
    form : GraphForm
        The conflict.
    ranks : numpy.ndarray of int32, shape (dms, states)
        Dense ranks, higher is better.
    """

    form: GraphForm
    ranks: NDArray[np.int32]

    def prepare(self) -> None:
        """Nothing is shared here."""

    def spread(self, values: Ints) -> Ints:
        """Return the values; cells are states here."""
        return values

    def gather(self, values: Ints) -> Ints:
        """Return the values; cells are states here."""
        return values

    def own(self, dm: int) -> NDArray[np.int32]:
        """Return the ranks of a decision maker."""
        own: NDArray[np.int32] = self.ranks[dm]
        return own

    def best_reach(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over a state and everything `dm` can move to from it."""
        return np.maximum(values, self.best_move(dm, values))

    def best_move(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over what `dm` can move to; the lowest number where there is no move."""
        result = np.full_like(values, -np.iinfo(values.dtype).max)
        np.maximum.at(result, self.form.sources(dm), values[self.form.arcs[dm]])
        return result

    def worst_answer(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach from it."""
        return self._walk(dm, values, credible=False)

    def worst_credible(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach by improvements."""
        return self._walk(dm, values, credible=True)

    def _walk(self, dm: int, values: Ints, *, credible: bool) -> Ints:
        others = [j for j in range(self.form.dms) if j != dm]
        if not others:
            return values.copy()
        starts = np.zeros((len(others), self.form.n_states + 1), dtype=np.int64)
        sources: list[NDArray[np.int32]] = []
        for n, j in enumerate(others):
            into = np.argsort(self.form.arcs[j], kind="stable")
            counts = np.bincount(self.form.arcs[j], minlength=self.form.n_states)
            starts[n, 1:] = np.cumsum(counts)
            starts[n] += sum(s.size for s in sources)
            sources.append(self.form.sources(j)[into])
        order = np.argsort(values, kind="stable")
        entries = (starts, np.concatenate(sources))
        found: Ints = walk_pairs(order, values, entries, self.ranks[others], credible)
        return found
