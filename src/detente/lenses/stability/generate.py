"""Makes a conflict out of a signed deal: every term kept or broken, every answer given or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Pattern
from detente.case.conflict import Conflict, Response, Term
from detente.errors import TooLarge, UsageError
from detente.methods.graph_model import OptionForm
from detente.table.draws import Draws
from detente.table.encode import Encoded

MAX_MOVES = 14
"""Judgement: 16,384 states are solved in tens of milliseconds, so that a few hundred draws take seconds."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Generated:
    """The conflict over one deal.

    Parameters
    ----------
    moves : tuple of Term or Response
        What can be done to the deal; option k of the form. State 0 is full compliance.
    dms : tuple of int
        Rows of the actors that have a move, in the order of the encoded case.
    form : OptionForm
        Every combination of moves is a state.
    outcomes : numpy.ndarray of int16, shape (outcomes, issues)
        The option that holds in fact on each issue, for every way things can stand.
    outcome : numpy.ndarray of int, shape (states,)
        Which of these ways each state is.
    active : numpy.ndarray of bool, shape (states, moves)
        Moves that have their effect: breaches, and answers while a breach they answer stands.
    fallen : numpy.ndarray of bool, shape (states,)
        Where the deal as a whole has fallen.
    no_deal : numpy.ndarray of int16, shape (issues,)
        What holds if talks fail.
    effect_low, effect_high : numpy.ndarray of float, shape (moves, decision makers)
        Range of points a move gives or takes beside the issues.
    """

    moves: tuple[Term | Response, ...]
    dms: tuple[int, ...]
    form: OptionForm
    outcomes: NDArray[np.int16]
    outcome: NDArray[np.intp]
    active: NDArray[np.bool_]
    fallen: NDArray[np.bool_]
    no_deal: NDArray[np.int16]
    effect_low: Floats
    effect_high: Floats

    @property
    def plain(self) -> NDArray[np.bool_]:
        """States in which every answer given has a breach to answer; the others only repeat them."""
        made = (self.form.codes[:, None] >> np.arange(len(self.moves)) & 1).astype(np.bool_)
        return np.asarray((made == self.active).all(axis=1))

    def utilities(self, draws: Draws, unit: Floats) -> Floats:
        """Return points of every state: (draws, decision makers, states).

        Parameters
        ----------
        draws : Draws
            What options are worth, alone and together, and no deal.
        unit : numpy.ndarray of float, shape (draws, moves)
            Place of each move's effects in their ranges, 0 to 1.
        """
        total = draws.utilities(self.outcomes, self.dms)[:, :, self.outcome]
        # Where the deal has fallen, the stated worth of no deal takes the place of its options' points.
        shift = draws.worth[:, list(self.dms), None] - draws.utilities(self.no_deal[None], self.dms)
        total = total + np.where(self.fallen, shift, 0.0)
        effects = self.effect_low + unit[:, :, None] * (self.effect_high - self.effect_low)
        return np.round(total + (self.active.astype(float) @ effects).transpose(0, 2, 1), 9)


def complete(enc: Encoded, deal: Mapping[str, str]) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    """Return a deal with what holds if talks fail on the issues it leaves open, and those issues."""
    row = enc.index(deal)
    left_open = tuple(i.id for i, o in zip(enc.issues, row, strict=True) if o < 0)
    return np.where(row >= 0, row, enc.no_deal).astype(np.int16), left_open


def generate(enc: Encoded, conflict: Conflict, deal: NDArray[np.int16]) -> Generated:
    """Return the conflict over a complete deal.

    Raises
    ------
    UsageError
        If no term of the case applies to the deal.
    TooLarge
        If more than 14 moves do.
    """
    options = {i.id: i.options[o].id for i, o in zip(enc.issues, deal, strict=True)}
    terms = [t for t in conflict.terms if _applies(enc, t.when, options)]
    known = {t.id for t in terms}
    responses = [r for r in conflict.responses if known & set(r.to) and _applies(enc, r.when, options)]
    moves: tuple[Term | Response, ...] = (*terms, *responses)
    if not terms:
        raise UsageError("no term of the case's `conflict` block applies to this deal; nobody could break it")
    if len(moves) > MAX_MOVES:
        raise TooLarge(
            f"{len(moves)} moves apply to this deal; the limit is {MAX_MOVES}. Remedy: narrow `when` of "
            "terms and responses, or join moves that go together"
        )
    ids = [a.id for a in enc.actors]
    dms = tuple(sorted({ids.index(m.actor) for m in moves}))
    form = OptionForm(
        dms=len(dms),
        owner=tuple(dms.index(ids.index(m.actor)) for m in moves),
        direction=tuple("fwd" if m.final else "both" for m in moves),
        feasible=np.ones(2 ** len(moves), dtype=np.bool_),
    )
    active = _active(form, moves)
    effects = [[m.effects.get(ids[d]) for d in dms] for m in moves]
    outcomes, outcome = np.unique(_outcomes(enc, moves, active, deal), axis=0, return_inverse=True)
    return Generated(
        moves=moves,
        dms=dms,
        form=form,
        outcomes=outcomes,
        outcome=outcome.reshape(-1),
        active=active,
        fallen=np.asarray(active[:, [m.collapses for m in moves]].any(axis=1)),
        no_deal=enc.no_deal,
        effect_low=np.array([[0.0 if e is None else e.low for e in row] for row in effects]),
        effect_high=np.array([[0.0 if e is None else e.high for e in row] for row in effects]),
    )


def _applies(enc: Encoded, when: Pattern, options: Mapping[str, str]) -> bool:
    """Whether a deal matches a pattern; a later option matches where the option it is like does."""
    alike = {(o.issue, o.id): o.rules_like for o in enc.case.later_options}
    return all(
        options[issue] in named or alike.get((issue, options[issue])) in named
        for issue, named in when.items()
    )


def _active(form: OptionForm, moves: tuple[Term | Response, ...]) -> NDArray[np.bool_]:
    made = (form.codes[:, None] >> np.arange(len(moves)) & 1).astype(np.bool_)
    active = made.copy()
    for k, move in enumerate(moves):
        if isinstance(move, Response):
            answered = [n for n, m in enumerate(moves) if m.id in move.to]
            active[:, k] &= made[:, answered].any(axis=1)
    return active


def _outcomes(
    enc: Encoded,
    moves: tuple[Term | Response, ...],
    active: NDArray[np.bool_],
    deal: NDArray[np.int16],
) -> NDArray[np.int16]:
    """Return what holds in fact: the deal, or no deal where it has fallen, then each move in file order."""
    rows = np.tile(deal, (len(active), 1))
    for k, move in enumerate(moves):
        if move.collapses:
            rows[active[:, k]] = enc.no_deal
    for k, move in enumerate(moves):
        for issue, number in zip(range(len(enc.issues)), enc.index(move.becomes), strict=True):
            if number >= 0:
                rows[active[:, k], issue] = number
    return rows
