"""Reads a conflict that a case writes out in full."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from detente.case.conflict import Conflict, DecisionMaker
from detente.case.model import Case
from detente.errors import InputProblems, Problem
from detente.methods.graph_model import OptionForm, from_order
from detente.methods.graph_model.forms import NOBODY
from detente.methods.graph_model.model import ConflictModel
from detente.methods.graph_model.statements import Statement, holds, infeasible, parse, prioritise

FILE = "case.yaml"


def written_conflict(case: Case, conflict: Conflict) -> ConflictModel:
    """Return the conflict of a case as arrays with names.

    Raises
    ------
    InputProblems
        If a statement or a ranking cannot be read; lists all of them.
    """
    names = {o.id: k for k, o in enumerate(conflict.options)}
    reader = _Reader(names, [])
    banned = reader.statements(conflict.infeasible, "conflict.infeasible")
    makers = conflict.decision_makers
    statements = tuple(reader.statements(d.statements, _where(d, "statements")) for d in makers)
    unseen = tuple(reader.statements(d.unseen, _where(d, "unseen")) for d in makers)
    feasible = ~infeasible(len(names), banned)
    if not feasible.any():
        reader.problem("conflict.infeasible", "no state is left", "delete a statement")
    reader.stop()
    actors = [d.actor for d in makers]
    form = OptionForm(
        dms=len(actors),
        owner=tuple(NOBODY if o.owner is None else actors.index(o.owner) for o in conflict.options),
        direction=tuple(o.direction for o in conflict.options),
        feasible=feasible,
    )
    ranks = [
        reader.ranking(form, d) if d.ranking else prioritise(form, s)
        for d, s in zip(makers, statements, strict=True)
    ]
    status_quo = sum(1 << names[o] for o in conflict.status_quo)
    if not form.feasible[status_quo]:
        reader.problem("conflict.status_quo", "this state does not exist", "change it or `infeasible`")
    reader.stop()
    return ConflictModel(
        title=case.title,
        form=form,
        ranks=np.array(ranks),
        dms=tuple(case.actor(a).name for a in actors),
        options=tuple(o.text for o in conflict.options),
        statements=statements if all(d.statements for d in makers) else (),
        wording=tuple(d.statements for d in makers) if all(d.statements for d in makers) else (),
        unseen=_unseen(form, unseen) if any(unseen) else None,
        status_quo=form.state(status_quo),
    )


def _where(maker: DecisionMaker, key: str) -> str:
    return f"conflict.decision_makers.{maker.actor}.{key}"


def _unseen(form: OptionForm, unseen: tuple[tuple[Statement, ...], ...]) -> NDArray[np.bool_]:
    cells = np.zeros((form.dms, form.n_states), dtype=np.bool_)
    for dm, row in enumerate(unseen):
        for statement in row:
            cells[dm] |= holds(statement, form.codes)
    return cells


class _Reader:
    """Reads what stands as text in the block, noting every problem."""

    def __init__(self, names: dict[str, int], problems: list[Problem]) -> None:
        self.names = names
        self.problems = problems

    def problem(self, where: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(FILE, None, where, message, remedy))

    def stop(self) -> None:
        if self.problems:
            raise InputProblems("The conflict cannot be used", tuple(self.problems))

    def statements(self, texts: tuple[str, ...], where: str) -> tuple[Statement, ...]:
        found: list[Statement] = []
        for text in texts:
            self._try(lambda text=text: found.append(parse(text, self.names)), where)  # type: ignore[misc]
        return tuple(found)

    def ranking(self, form: OptionForm, maker: DecisionMaker) -> NDArray[np.int32]:
        where = _where(maker, "ranking")
        patterns = {form.pattern(s): s for s in range(form.n_states)}
        tiers = [(tier,) if isinstance(tier, str) else tier for tier in maker.ranking]
        strange = sorted({p for tier in tiers for p in tier} - patterns.keys())
        if strange:
            self.problem(where, f"{', '.join(strange)}: no such state", f"states are {', '.join(patterns)}")
            return np.zeros(form.n_states, dtype=np.int32)
        order = [[patterns[p] for p in tier] for tier in tiers]
        found = [np.zeros(form.n_states, dtype=np.int32)]
        self._try(lambda: found.append(from_order(order, form.n_states)), where)
        return found[-1]

    def _try(self, read: Callable[[], object], where: str) -> None:
        try:
            read()
        except ValueError as error:
            self.problem(where, str(error), "mend it")
