"""Why a state is stable or not: the move, the answer that spoils it, and the way out that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.engine import engine
from detente.methods.graph_model.forms import Form
from detente.methods.graph_model.paths import Step, Walkers, search
from detente.methods.graph_model.stability import checked_ranks


@dataclass(frozen=True, slots=True)
class Witness:
    """One improvement from a state, and what becomes of it.

    Parameters
    ----------
    move : Step
        The improvement.
    sanction : tuple of Step
        Moves of the others that make it not worthwhile; empty where nothing does.
    escape : Step or None
        The mover's best way out of the sanction, no better than where it started; None where it has
        none or the concept does not look so far.
    """

    move: Step
    sanction: tuple[Step, ...]
    escape: Step | None

    @property
    def holds(self) -> bool:
        """Whether the improvement is worthwhile after all, so that the state is unstable."""
        return not self.sanction

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sanction[-1].target if self.sanction else self.move.target


def explain(form: Form, ranks: NDArray[np.integer], dm: int, state: int, concept: str) -> tuple[Witness, ...]:
    """Return why a state is stable or not for one decision maker under one concept.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict.
    ranks : array of int, shape (decision makers, states)
        Dense ranks.
    dm, state : int
        The decision maker and the state.
    concept : {"nash", "gmr", "smr", "seq", "sseq"}
        Stability concept.

    Returns
    -------
    tuple of Witness
        If unstable, one: the improvement whose worst outcome is best. If stable, one for each improvement,
        the most tempting first, with a shortest sanction; none where there is no improvement.

    Examples
    --------
    In the prisoners' dilemma, leaving cooperation brings the other's defection.

    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> [why] = explain(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), 0, 3, "seq")
    >>> why.move.target, why.sanction, why.holds
    (2, (Step(dm=1, source=2, target=0),), False)
    """
    return tuple(witnesses(form, ranks, dm, state, concept))


def witnesses(form: Form, ranks: NDArray[np.integer], dm: int, state: int, concept: str) -> Iterator[Witness]:
    """Yield what `explain` returns, each worked out when it is asked for; a large conflict has many.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> next(witnesses(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), 0, 3, "nash")).holds
    True
    """
    table = checked_ranks(form, ranks)
    own = table[dm]
    targets = form.targets(dm, state)
    tempting = targets[own[targets] > own[state]]
    if not tempting.size:
        return
    if concept == "nash":
        yield Witness(Step(dm, state, int(tempting[np.argmax(own[tempting])])), (), None)
        return
    machine = engine(form, table)
    base = machine.own(dm)
    best = machine.best_reach(dm, base) if concept in ("smr", "sseq") else base
    answer = machine.worst_answer if concept in ("gmr", "smr") else machine.worst_credible
    worst = machine.gather(answer(dm, best))
    worth = np.minimum(own[tempting], worst[tempting])
    if worth.max() > own[state]:
        move = Step(dm, state, int(tempting[np.argmax(worth)]))
        yield Witness(move, (), None)
        return
    others = tuple(j for j in range(form.dms) if j != dm)
    walkers = Walkers(form, table, others, concept in ("seq", "sseq"))
    bound = machine.gather(best)
    order = tempting[np.argsort(-own[tempting], kind="stable")]
    for q in order:
        yield _sanctioned(walkers, bound, Step(dm, state, int(q)), concept)


def _sanctioned(walkers: Walkers, bound: NDArray[np.integer], move: Step, concept: str) -> Witness:
    """Return a witness for a sanctioned improvement; `bound` is what the mover can still get anywhere."""
    own = walkers.ranks[move.dm]
    paths = search(walkers, move.target, lambda r: bool(bound[r] <= own[move.source]))
    if paths.found is None:
        raise AssertionError("a sanctioned improvement has a sanction")
    escape = None
    ways_out = walkers.form.targets(move.dm, paths.found)
    if concept in ("smr", "sseq") and ways_out.size:
        escape = Step(move.dm, paths.found, int(ways_out[np.argmax(own[ways_out])]))
    return Witness(move, paths.to(paths.found), escape)
