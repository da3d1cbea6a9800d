"""What stability asks of a form: best own move, worst answer of the others, worst credible answer."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Form, GraphForm, Ints, OptionForm
from detente.methods.graph_model.graph_engine import GraphEngine
from detente.methods.graph_model.option_engine import OptionEngine


class Engine(Protocol):
    """Maxima and minima over reach, as arrays over an engine's own cells (`spread` makes, `gather` reads)."""

    def prepare(self) -> None:
        """Do what several decision makers share, before they are worked on side by side."""
        ...

    def spread(self, values: Ints) -> Ints:
        """Lay values of states out over the engine's cells."""
        ...

    def gather(self, values: Ints) -> Ints:
        """Read values of states back from cells."""
        ...

    def own(self, dm: int) -> NDArray[np.int32]:
        """Return the ranks of a decision maker."""
        ...

    def best_reach(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over a state and everything `dm` can move to from it."""
        ...

    def best_move(self, dm: int, values: Ints) -> Ints:
        """Return the maximum over what `dm` can move to; the lowest number where there is no move."""
        ...

    def worst_answer(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach from it."""
        ...

    def worst_credible(self, dm: int, values: Ints) -> Ints:
        """Return the minimum over a state and all the others can jointly reach by improvements."""
        ...


def engine(form: Form, ranks: NDArray[np.int32]) -> Engine:
    """Return the engine that fits a form; `ranks` has shape (decision makers, states), dense."""
    if isinstance(form, OptionForm):
        return OptionEngine(form, ranks)
    if isinstance(form, GraphForm):
        return GraphEngine(form, ranks)
    raise TypeError(f"no engine for {type(form).__name__}")
