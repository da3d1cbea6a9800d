"""Maxima and minima over reach in option form, near-linear in states times options."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Ints, OptionForm
from detente.methods.graph_model.option_kernels import (
    BACK,
    BOTH,
    FWD,
    close,
    close_moves,
    count_order,
    place,
    sweep,
    walk,
)

SWEEPS = 24
"""Judgement: random and prioritised rankings settle in 4 to 10 rounds; a longer chain goes to the walk."""

HIGHEST = np.int32(2**31 - 1)
"""The neutral number of a minimum over ranks."""

_WAYS = {"both": BOTH, "fwd": FWD, "back": BACK}


@dataclass(frozen=True, slots=True)
class Fibres:
    """Codes one owner can move among, sorted by the owner's ranks.

    A code's fibre is ``low[code % len(low)] | high[code // len(low)]``: the options of the others,
    then, in the lowest `locked` bits, which one-way options of the owner are used up.
    """

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    locked: int
    starts: NDArray[np.int32]
    members: NDArray[np.int32]
    levels: NDArray[np.int32]
    """The owner's rank of each member."""


def fibre_tables(form: OptionForm, dm: int) -> tuple[NDArray[np.int32], NDArray[np.int32], int, int]:
    """Return the tables that give a code's fibre, how many bits are locked, and how many fibres there are."""
    locked = [k for k in form.own(dm) if form.direction[k] != "both"]
    keys = locked + [k for k in range(form.n_options) if form.owner[k] != dm]
    half = (form.n_options + 1) // 2
    low = np.zeros(1 << half, dtype=np.int32)
    high = np.zeros(1 << (form.n_options - half), dtype=np.int32)
    for place_of, k in enumerate(keys):
        table, bit = (low, k) if k < half else (high, k - half)
        taken = np.arange(table.size) >> bit & 1
        spent = 1 - taken if form.owner[k] == dm and form.direction[k] == "back" else taken
        table |= (spent << place_of).astype(np.int32)
    return low, high, len(locked), 1 << len(keys)


def own_bits(form: OptionForm, dm: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a decision maker's options and their directions, as compiled loops know them."""
    own = form.own(dm)
    ways = [_WAYS[form.direction[k]] for k in own]
    return np.array(own, dtype=np.int64), np.array(ways, dtype=np.int64)


def _fibres(form: OptionForm, dm: int, ranks: NDArray[np.int32]) -> Fibres:
    """Sort the codes of each fibre of a decision maker; `ranks` runs over states."""
    low, high, locked, count = fibre_tables(form, dm)
    order = count_order(ranks, form.n_states)
    starts, members = place(form.codes, order, low, high, count)
    cells = np.zeros(form.feasible.size, dtype=np.int32)
    cells[form.codes] = ranks
    return Fibres(low, high, locked, starts, members, cells[members])


@dataclass(frozen=True, slots=True)
class OptionEngine:
    """The operations of `Engine` on arrays over all codes; codes that do not exist hold a neutral number.

    Parameters
    ----------
    form : OptionForm
        The conflict.
    ranks : numpy.ndarray of int32, shape (dms, states)
        Dense ranks, higher is better.
    """

    form: OptionForm
    ranks: NDArray[np.int32]
    _known: dict[int, Fibres] = field(default_factory=dict)

    def spread(self, values: Ints) -> Ints:
        """Lay values of states out over all codes; others get the lowest number."""
        cells = np.full(self.form.feasible.size, _lowest(values), dtype=values.dtype)
        cells[self.form.codes] = values
        return cells

    def gather(self, values: Ints) -> Ints:
        """Read values of states."""
        return values[self.form.codes]

    def own(self, dm: int) -> NDArray[np.int32]:
        """Return the ranks of a decision maker over codes."""
        return np.asarray(self.spread(self.ranks[dm]), dtype=np.int32)

    def best_reach(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over a state and everything `dm` can move to from it."""
        result = np.where(self.form.feasible, values, _lowest(values))
        self._close(dm, result)
        return result

    def best_move(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over what `dm` can move to; the lowest number where there is no move."""
        found = np.full_like(values, _lowest(values))
        work = np.where(self.form.feasible, values, _lowest(values))
        close_moves(work, found, *own_bits(self.form, dm))
        return found

    def worst_answer(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach from it."""
        others = self._others(dm)
        result = np.where(self.form.feasible, -values, _lowest(values))
        before = None
        while others and (before is None or not np.array_equal(before, result)):
            before = result.copy()
            for j in others:
                self._close(j, result)
            if len(others) == 1:
                break
        return -result

    def worst_credible(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach by improvements."""
        movers = [self._fibres(j) for j in self._others(dm)]
        result = values.copy()
        for _ in range(SWEEPS):
            fell = [sweep(result, f.levels, (f.starts, f.members), f.locked, HIGHEST) for f in movers]
            if len(movers) < 2 or not any(fell):
                return result
        return self._walk(dm, values)

    def _walk(self, dm: int, values: Ints) -> Ints:
        others = self._others(dm)
        known = [self._fibres(j) for j in others]
        sizes = [f.starts.size for f in known]
        joined = (
            np.stack([f.low for f in known]),
            np.stack([f.high for f in known]),
            np.array([f.locked for f in known]),
            np.cumsum([0, *sizes[:-1]]),
            np.concatenate([f.starts for f in known]),
            np.stack([f.members for f in known]),
        )
        by_value = self.form.codes[np.argsort(self.gather(values), kind="stable")]
        found: Ints = walk(by_value, values, np.stack([self.own(j) for j in others]), joined)
        return found

    def _others(self, dm: int) -> list[int]:
        return [j for j in range(self.form.dms) if j != dm and self.form.own(j)]

    def prepare(self) -> None:
        """Sort every decision maker's fibres now, so that threads only read them."""
        for dm in range(self.form.dms):
            self._fibres(dm)

    def _fibres(self, dm: int) -> Fibres:
        if dm not in self._known:
            self._known[dm] = _fibres(self.form, dm, self.ranks[dm])
        return self._known[dm]

    def _close(self, dm: int, values: Ints) -> None:
        close(values, *own_bits(self.form, dm))
        np.putmask(values, ~self.form.feasible, _lowest(values))


def _lowest(values: Ints) -> int:
    """Return the neutral number of a maximum; its negative is the neutral number of a minimum."""
    return -int(np.iinfo(values.dtype).max)
