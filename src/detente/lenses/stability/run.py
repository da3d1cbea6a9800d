"""From a deal, a written conflict or a file to the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.case.checks_conflict import conflict_problems
from detente.case.conflict import Conflict
from detente.case.model import Case
from detente.errors import InputProblems, UsageError
from detente.lenses.stability import Options
from detente.lenses.stability.analysis import (
    equilibria,
    listed_states,
    look_at_focus,
    rank_equilibria,
)
from detente.lenses.stability.board import Board
from detente.lenses.stability.deals import DealTable
from detente.lenses.stability.further import look_further
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import OptionView
from detente.lenses.stability.written import written_conflict
from detente.methods.graph_model.forms import NOBODY
from detente.methods.graph_model.model import ConflictModel


def run(case: Case, options: Options) -> StabilityResult:
    """Answer for a deal, or for the conflict the case writes out where no deal is asked about.

    Raises
    ------
    UsageError
        If the case has nothing to generate a conflict from, or names no deal.
    InputProblems
        If the conflict block cannot be used; carries every problem.
    TooLarge
        If too many moves apply to the deal.
    """
    conflict = case.conflict
    if conflict is None:
        raise UsageError(
            "the case has no `conflict` block. Remedy: add `conflict: {terms: [...]}` that says how a deal "
            "can be broken"
        )
    _check(case)
    if conflict.options and not options.deal:
        model = written_conflict(case, conflict)
        return run_conflict(
            model, options, tuple(d.actor for d in conflict.decision_makers), _views(model, conflict)
        )
    if not conflict.terms:
        raise UsageError("the case's `conflict` block has no `terms`, so no conflict can be made from a deal")
    if options.state is not None:
        raise UsageError("only a written conflict has numbered states. Remedy: leave --state out")
    typed = options.deal or tuple(d.id for d in case.deals[:1])
    if not typed:
        raise UsageError("the case names no deal. Remedy: give one as issue=option")
    return DealTable(case, conflict, options).answer(typed)


def closely(
    case: Case, options: Options, deals: Iterable[tuple[str, Mapping[str, str]]]
) -> tuple[StabilityResult | None, ...]:
    """Return the whole answer for each of several deals; None where nobody could break one.

    Parameters
    ----------
    case : Case
    options : Options
        The headline concept, draws and seed.
    deals : iterable of (name, options by issue)

    Raises
    ------
    UsageError
        If the case has no terms to generate conflicts from.
    """
    if case.conflict is None or not case.conflict.terms:
        raise UsageError("the case has no `conflict` block with `terms`. Remedy: add one")
    table = DealTable(case, case.conflict, options)
    return tuple(table.look(name, deal) if table.breakable(deal) else None for name, deal in deals)


def run_conflict(
    model: ConflictModel,
    options: Options | None = None,
    actors: tuple[str, ...] = (),
    views: tuple[OptionView, ...] = (),
) -> StabilityResult:
    """Answer for a conflict that is written out, in a case or in a file.

    Parameters
    ----------
    model : ConflictModel
        As `detente.exchange.gmcr.read_gmcr` returns it.
    options : Options, optional
        Only the headline concept, the state to look at and the seed matter.
    actors : tuple of str, optional
        Ids of the decision makers where a case gives them.
    views : tuple of OptionView, optional
        Options as a case describes them; bare names by default.

    Raises
    ------
    UsageError
        If the state to look at does not exist.

    Examples
    --------
    >>> from detente.exchange.gmcr import parse_gmcr
    >>> chicken = parse_gmcr('''{"options": [{"name": "swerve 1"}, {"name": "swerve 2"}],
    ...   "decisionMakers": [
    ...     {"name": "A", "options": [0], "preferences": [], "preferenceRanking": [3, 4, 2, 1]},
    ...     {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [2, 4, 3, 1]}],
    ...   "infeasibles": [], "useManualPreferenceRanking": true}''')
    >>> run_conflict(chicken).equilibria["gmr"]
    (2, 3, 4)
    """
    options = options or Options()
    views = views or tuple(
        OptionView(name, None if o == NOBODY else o, name, "", "name")
        for name, o in zip(model.options, model.form.owner, strict=True)
    )
    board = Board(
        options_form=model.form,
        form=model.perceived,
        ranks=model.ranks,
        points=None,
        dms=model.dms,
        options=views,
        focus=_focus(model, options.state),
        concept=options.concept,
        statements=model.statements,
        wording=model.wording,
        partition=model.partition,
    )
    return StabilityResult(
        title=model.title,
        generated=False,
        concept=options.concept,
        deal=(),
        actors=actors,
        dms=model.dms,
        options=views,
        states=listed_states(board),
        equilibria=equilibria(board),
        focus=look_at_focus(board),
        ranked=rank_equilibria(board),
        supports=(),
        compared=(),
        draws=0,
        support_draws=0,
        seed=options.seed,
        notes=model.notes,
        further=look_further(board),
    )


def _check(case: Case) -> None:
    """Raise every problem of the conflict block; a case read from a folder has been through this."""
    problems = conflict_problems(case)
    if problems:
        raise InputProblems("the conflict block cannot be used", problems)


def _focus(model: ConflictModel, state: int | None) -> int | None:
    if state is None:
        return model.status_quo
    if state > model.form.n_states:
        raise UsageError(f"there is no state {state}. Remedy: states run from 1 to {model.form.n_states}")
    return state - 1


def _views(model: ConflictModel, conflict: Conflict) -> tuple[OptionView, ...]:
    return tuple(
        OptionView(o.id, None if owner == NOBODY else owner, o.text, "", "option", o.basis, o.evidence)
        for o, owner in zip(conflict.options, model.form.owner, strict=True)
    )
