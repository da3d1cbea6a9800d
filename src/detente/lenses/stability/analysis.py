"""Solves a board: states, equilibria, and how its focus holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np

from detente.lenses.stability.board import Board
from detente.lenses.stability.persuade import changes, rankings
from detente.lenses.stability.result_parts import (
    ConceptVerdict,
    Equilibrium,
    Focus,
    Hold,
    Jump,
    Move,
    States,
    Story,
)
from detente.methods.graph_model import CONCEPTS, NO_MOVE
from detente.methods.graph_model.coalitions import joint_gain
from detente.methods.graph_model.engine import engine
from detente.methods.graph_model.forms import NOBODY, Bools, OptionForm
from detente.methods.graph_model.paths import Walkers, distances, search
from detente.methods.graph_model.stability import threshold_of
from detente.methods.graph_model.witness import Witness, witnesses
from detente.table.verdicts import share

LISTED = 2**14
"""Judgement: more states make a record nobody reads; a larger conflict lists its equilibria only."""

RANKED = 8
"""Equilibria shown; judgement: as many as a reader compares."""

CANDIDATES = 40
"""Equilibria looked at closely before the best are shown; judgement."""

TRACED = 4096
"""States up to which a shortest way to an equilibrium is traced move by move; judgement: a second each."""

STORIES = 3
"""Ways to leave told of one decision maker; judgement: the most tempting ones carry the answer."""


def listed_states(board: Board) -> States:
    """Return the states as they go on record."""
    everything = board.form.n_states <= LISTED
    if everything:
        chosen = np.arange(board.form.n_states)
    else:
        found = [board.solved.stable(c).all(axis=0) for c in CONCEPTS]
        chosen = np.flatnonzero(np.logical_or.reduce(found))[:LISTED]
    margins = {c: board.solved.of(c)[:, chosen] for c in CONCEPTS}
    return States(
        number=chosen + 1,
        pattern=tuple(board.options_form.pattern(int(s)) for s in chosen),
        ranks=board.ranks[:, chosen],
        stable={c: m >= 0 for c, m in margins.items()},
        margins={c: np.where(m == NO_MOVE, np.nan, m.astype(float)) for c, m in margins.items()},
        complete=everything,
    )


def equilibria(board: Board) -> dict[str, tuple[int, ...]]:
    """Return the ordered numbers of the equilibria under each concept."""
    return {c: tuple((board.solved.equilibria(c) + 1).tolist()) for c in CONCEPTS}


def look_at_focus(board: Board) -> Focus | None:
    """Return how the focus holds; None where there is none."""
    if board.focus is None:
        return None
    holds = tuple(_hold(board, dm, board.focus) for dm in range(len(board.dms)))
    verdicts = tuple(_verdict(board, c, board.focus) for c in CONCEPTS)
    return Focus(
        state=board.focus + 1,
        verdicts=verdicts,
        holds=holds,
        first=_first(holds),
        drift=_drift(board, board.focus),
        jumps=tuple(
            Jump(j.coalition, j.target + 1) for j in joint_gain(board.form, board.ranks, board.focus)
        ),
    )


def _verdict(board: Board, concept: str, focus: int) -> ConceptVerdict:
    margins = board.solved.of(concept)[:, focus]
    least = int(margins.min())
    return ConceptVerdict(
        concept=concept,
        stable=least >= 0,
        leavers=tuple(np.flatnonzero(margins < 0).tolist()),
        margin=None if least == NO_MOVE else least,
        share=None if board.sampled is None else board.sampled.focus[concept],
    )


def _hold(board: Board, dm: int, focus: int) -> Hold:
    margin = int(board.solved.of(board.concept)[dm, focus])
    why = tuple(islice(witnesses(board.form, board.ranks, dm, focus, board.concept), STORIES))
    held = margin >= 0
    return Hold(
        dm=dm,
        stable=held,
        margin=None if margin == NO_MOVE else margin,
        slack=_slack(board, dm, focus, margin),
        share=None if board.sampled is None else board.sampled.holds[dm],
        stories=tuple(_story(board, dm, focus, w) for w in why),
        needs=_needs(board, dm, focus) if held and why else (),
        changes=() if held else changes(board, dm, focus),
        rankings=rankings(board, dm, focus),
    )


def _slack(board: Board, dm: int, focus: int, margin: int) -> float | None:
    if board.points is None or margin == NO_MOVE:
        return None
    levels = np.unique(board.points[dm])
    return float(board.points[dm, focus] - levels[int(board.ranks[dm, focus]) - margin])


def _story(board: Board, dm: int, focus: int, witness: Witness) -> Story:
    points = None if board.points is None else board.points[dm]

    def gain(state: int) -> float | None:
        return None if points is None else float(points[state] - points[focus])

    return Story(
        move=board.move(witness.move),
        answer=tuple(board.move(step) for step in witness.sanction),
        escape=None if witness.escape is None else board.move(witness.escape),
        gain=gain(witness.move.target),
        end=gain(witness.end),
        places=int(board.ranks[dm, witness.end]) - int(board.ranks[dm, focus]),
    )


def _needs(board: Board, dm: int, focus: int) -> tuple[int, ...]:
    """Return the options of others without which the decision maker would leave."""
    form = board.form
    if not isinstance(form, OptionForm) or form.n_states > LISTED:
        return ()
    found = []
    for k, owner in enumerate(form.owner):
        if owner in (dm, NOBODY):
            continue
        without = replace(form, owner=(*form.owner[:k], NOBODY, *form.owner[k + 1 :]))
        machine = engine(without, board.ranks)
        threshold = machine.gather(threshold_of(machine, dm, board.concept))
        if threshold[focus] > board.ranks[dm, focus]:
            found.append(k)
    return tuple(found)


def _first(holds: tuple[Hold, ...]) -> int | None:
    """Return who breaks first: in most draws, then with the most to gain."""

    def urgency(hold: Hold) -> tuple[float, float, int]:
        often = 0.0 if hold.share is None else 1 - hold.share.value
        gain = -(hold.slack or 0.0) if hold.slack is not None else -float(hold.margin or 0)
        return (often, gain, -hold.dm)

    leaving = [h for h in holds if not h.stable or (h.share is not None and h.share.value < 1)]
    return max(leaving, key=urgency).dm if leaving else None


def _drift(board: Board, focus: int) -> tuple[Move, ...]:
    """Return a shortest way by improvements to an equilibrium of the headline concept."""
    stable = np.asarray(board.solved.stable(board.concept).all(axis=0))
    if stable[focus] or board.form.n_states > LISTED:
        return ()
    everybody = tuple(range(len(board.dms)))
    walkers = Walkers(board.form, board.ranks, everybody, improving=True)
    paths = search(walkers, focus, lambda s: bool(stable[s]))
    return () if paths.found is None else tuple(board.move(s) for s in paths.to(paths.found))


def rank_equilibria(board: Board) -> tuple[Equilibrium, ...]:
    """Return the best equilibria: more concepts, more slack, held by groups too, fewer steps away."""
    tables = {c: np.asarray(board.solved.stable(c).all(axis=0)) for c in CONCEPTS}
    count = np.sum(list(tables.values()), axis=0)
    slack = board.solved.of(board.concept).min(axis=0)
    found = np.flatnonzero(count if board.plain is None else count * board.plain)
    order = np.lexsort((found, -slack[found], -count[found]))
    away = _away(board)
    # In a large conflict a close look at one state takes long, so that only those shown are given one.
    looked = CANDIDATES if board.form.n_states <= LISTED else RANKED
    chosen = [_equilibrium(board, int(s), tables, away) for s in found[order[:looked]]]

    def key(e: Equilibrium) -> tuple[int, int, float, int, int]:
        slack_of = NO_MOVE if e.margin is None else e.margin
        return (-len(e.concepts), -slack_of, not e.together, NO_MOVE if e.moves is None else e.moves, e.state)

    return tuple(_led_to(board, e) for e in sorted(chosen, key=key)[:RANKED])


def _led_to(board: Board, e: Equilibrium) -> Equilibrium:
    """Return an equilibrium with a shortest way to it by improvements, where one leads."""
    if not e.moves or board.focus is None or board.form.n_states > TRACED:
        return e
    walkers = Walkers(board.form, board.ranks, tuple(range(len(board.dms))), improving=True)
    paths = search(walkers, board.focus, lambda s: s == e.state - 1)
    return replace(e, way=tuple(board.move(step) for step in paths.to(e.state - 1)))


Away = tuple[list[int], list[int]]
"""Fewest improvements, and fewest moves of any kind, from the focus to each state; -1 where none lead."""


def _away(board: Board) -> Away | None:
    if board.focus is None or board.form.n_states > LISTED:
        return None
    everybody = tuple(range(len(board.dms)))
    found = []
    for improving in (True, False):
        fewest = distances(Walkers(board.form, board.ranks, everybody, improving), board.focus)
        fewest[board.focus] = 0
        found.append([int(d) for d in fewest])
    return found[0], found[1]


def _equilibrium(board: Board, state: int, tables: dict[str, Bools], away: Away | None) -> Equilibrium:
    least = int(board.solved.of(board.concept)[:, state].min())
    sampled = board.sampled
    return Equilibrium(
        state=state + 1,
        taken=board.taken(state),
        concepts=tuple(c for c, table in tables.items() if table[state]),
        margin=None if least == NO_MOVE else least,
        together=not joint_gain(board.form, board.ranks, state),
        moves=None if away is None or away[0][state] < 0 else away[0][state],
        by_any=None if away is None or away[1][state] < 0 else away[1][state],
        share=None if sampled is None else share(float(sampled.equilibria[state]), sampled.draws),
    )
