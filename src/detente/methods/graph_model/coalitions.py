"""Coalitions: states a group could leave together, and equilibria joined by such a jump."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.graph_model.forms import Bools, Form, Ints, OptionForm
from detente.methods.graph_model.paths import Walkers, distances
from detente.methods.graph_model.reach import legal_reach, preferred, some_path, step_tables
from detente.methods.graph_model.relations import Relations, stable_under
from detente.methods.graph_model.stability import checked_ranks

COALITION_CONCEPTS = ("cnash", "cgmr", "csmr", "cseq")
"""Coalition versions of Nash, general and symmetric metarationality, and sequential stability."""

MAX_DMS = 8
"""Judgement: 255 coalitions; with more decision makers name the coalitions that matter."""

Coalition = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CoalitionStability:
    """Which states which coalitions would leave.

    Parameters
    ----------
    coalitions : tuple of tuple of int
        The coalitions asked about, each an ascending tuple of decision makers.
    stable : numpy.ndarray of bool, shape (4, coalitions, states)
        In the order of `COALITION_CONCEPTS`.
    """

    coalitions: tuple[Coalition, ...]
    stable: Bools

    def of(self, concept: str, coalition: Coalition) -> Bools:
        """Return which states are stable for one coalition."""
        found: Bools = self.stable[COALITION_CONCEPTS.index(concept), self.coalitions.index(coalition)]
        return found

    def universal(self, concept: str) -> Bools:
        """Return which states no coalition asked about would leave."""
        return np.asarray(self.stable[COALITION_CONCEPTS.index(concept)].all(axis=0))

    def for_dm(self, concept: str, dm: int) -> Bools:
        """Return which states no coalition with this member would leave."""
        rows = [n for n, members in enumerate(self.coalitions) if dm in members]
        return np.asarray(self.stable[COALITION_CONCEPTS.index(concept), rows].all(axis=0))


@dataclass(frozen=True, slots=True)
class Jump:
    """A coalition's improvement from one equilibrium to another."""

    source: int
    target: int
    coalition: Coalition


@dataclass(frozen=True, slots=True)
class _Tables:
    steps: Bools
    better: Bools

    def reach(self, group: Sequence[int]) -> Bools:
        return legal_reach(self.steps[list(group)])

    def all_better(self, group: Sequence[int]) -> Bools:
        return np.asarray(self.better[list(group)].all(axis=0))

    def improvements(self, group: Sequence[int]) -> Bools:
        return np.asarray(self.reach(group) & self.all_better(group))


def coalitions_of(members: Sequence[int], smallest: int = 1) -> tuple[Coalition, ...]:
    """Return all coalitions of some decision makers, small ones first.

    Examples
    --------
    >>> coalitions_of((0, 1, 2), smallest=2)
    ((0, 1), (0, 2), (1, 2), (0, 1, 2))
    """
    sizes = range(smallest, len(members) + 1)
    return tuple(c for size in sizes for c in combinations(sorted(members), size))


def solve_coalitions(
    form: Form, ranks: NDArray[np.integer], coalitions: Iterable[Coalition] | None = None
) -> CoalitionStability:
    """Return the coalition stability of every state.

    A coalition H improves from s to a state it can jointly reach and every member prefers. ``cnash``: no
    such state. ``cgmr``: from every such state the others can reach one that some member of H does not
    prefer to s; ``csmr``: and H cannot escape from there to one all prefer; ``cseq``: and the others get
    there by improvements of their own sub-coalitions.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict, of at most 4096 states.
    ranks : array of int, shape (decision makers, states)
        Dense ranks.
    coalitions : iterable of tuples, optional
        Those to ask about; all of them by default.

    Raises
    ------
    TooLarge
        If the conflict is too large for tables, or all coalitions of more than 8 members are asked for.

    References
    ----------
    Kilgour, Hipel, Fang & Peng 2001, doi:10.1023/A:1008713120075. Inohara & Hipel 2008,
    doi:10.1002/sys.20104.

    Examples
    --------
    In the prisoners' dilemma both together leave the Nash equilibrium.

    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> found = solve_coalitions(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]))
    >>> found.of("cnash", (0, 1)).tolist()
    [False, True, True, True]
    """
    table = checked_ranks(form, ranks)
    tables = _Tables(step_tables(form), preferred(table))
    if coalitions is None and form.dms > MAX_DMS:
        raise TooLarge(f"all coalitions of {form.dms} decision makers. Remedy: name those that matter")
    asked = coalitions_of(range(form.dms)) if coalitions is None else tuple(coalitions)
    by_group: dict[Coalition, Bools] = {}
    rows = [_coalition(tables, tuple(sorted(group)), by_group) for group in asked]
    return CoalitionStability(asked, np.stack(rows, axis=1))


def _coalition(tables: _Tables, group: Coalition, known: dict[Coalition, Bools]) -> Bools:
    """Return the four stabilities of one coalition, shape (4, states)."""
    others = [j for j in range(len(tables.steps)) if j not in group]
    all_better = tables.all_better(group)
    leaving = _improvements(tables, group, known)
    low = ~all_better
    escapes = some_path(tables.reach(group), all_better.T).T
    answer = tables.reach(others)
    credible = legal_reach(
        np.array([_improvements(tables, c, known) for c in coalitions_of(others)]).reshape(
            -1, *all_better.shape
        )
    )

    def stable(reach: Bools, deters: Bools) -> Bools:
        unanswered = ~some_path(reach, deters.T).T
        return np.asarray(~(leaving & unanswered).any(axis=1))

    return np.stack(
        [
            ~leaving.any(axis=1),
            stable(answer, low),
            stable(answer, low & ~escapes),
            stable(credible, low),
        ]
    )


def _improvements(tables: _Tables, group: Coalition, known: dict[Coalition, Bools]) -> Bools:
    if group not in known:
        known[group] = tables.improvements(group)
    return known[group]


def jumps(form: Form, ranks: NDArray[np.integer], equilibria: Iterable[int]) -> tuple[Jump, ...]:
    """Return the improvements of coalitions that lead from one of some equilibria to another.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> jumps(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), [0, 3])
    (Jump(source=0, target=3, coalition=(0, 1)),)
    """
    table = checked_ranks(form, ranks)
    tables = _Tables(step_tables(form), preferred(table))
    found = sorted(equilibria)
    result = []
    for group in coalitions_of(range(form.dms), smallest=2):
        improving = tables.improvements(group)
        result += [Jump(s, t, group) for s in found for t in found if improving[s, t]]
    return tuple(sorted(result, key=lambda j: (j.source, j.target, j.coalition)))


def joint_gain(form: Form, ranks: NDArray[np.integer], state: int) -> tuple[Jump, ...]:
    """Return, for each coalition of two or more that would all gain by leaving a state, where to.

    Of the states a coalition gains by, the one whose least gain in rank places is largest. Without tables,
    so it serves conflicts of any size; coalitions that only repeat a smaller one's jump are left out.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> joint_gain(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), 0)
    (Jump(source=0, target=3, coalition=(0, 1)),)
    """
    found: list[Jump] = []
    for group in coalitions_of(range(form.dms), smallest=2):
        ends = _joint_ends(form, ranks, group, state)
        gains = (ranks[list(group)][:, ends] - ranks[list(group), state][:, None]).min(axis=0)
        if gains.size and gains.max() > 0:
            target = int(ends[np.argmax(gains)])
            if not any(j.target == target and set(j.coalition) < set(group) for j in found):
                found.append(Jump(state, target, group))
    return tuple(found)


def _joint_ends(form: Form, ranks: NDArray[np.integer], group: Coalition, state: int) -> Ints:
    """Return the ends of a coalition's legal sequences from a state."""
    if isinstance(form, OptionForm):
        return _ends_among_options(form, group, state)
    return np.flatnonzero(distances(Walkers(form, ranks, group), state) >= 0)


def _ends_among_options(form: OptionForm, group: Coalition, state: int) -> Ints:
    """Return the ends in option form: only the coalition's options vary, so a small cube is searched.

    That nobody moves twice in a row makes no difference here, since two moves of one owner are one. Cells
    that do not exist pass a move on, which may switch several options at once, and end none.
    """
    bits = [(dm, k) for dm in group for k in form.own(dm)]
    codes = np.array([form.codes[state]], dtype=np.int64)
    for _, k in bits:
        codes = np.concatenate([codes, codes ^ (1 << k)])
    exists = form.feasible[codes]
    seen = np.zeros(codes.size, dtype=np.bool_)
    seen[0] = True
    found = 0
    while found < (found := int(seen.sum())):
        for dm in group:
            spread = seen.copy()
            for place, (owner, k) in enumerate(bits):
                if owner == dm:
                    taken = bool(form.codes[state] >> k & 1)
                    _spread(spread.reshape(-1, 2, 1 << place), form.direction[k], taken)
            seen |= spread & exists
    return np.searchsorted(form.codes, np.sort(codes[seen]))


def _spread(cells: Bools, direction: str, taken: bool) -> None:
    """Let one option be switched, in place; the first half of `cells` holds it as it stands at the start."""
    start, switched = cells[:, 0].copy(), cells[:, 1].copy()
    away, back = ("back", "fwd") if taken else ("fwd", "back")
    if direction in ("both", away):
        cells[:, 1] |= start
    if direction in ("both", back):
        cells[:, 0] |= switched


def solve_bound(
    form: OptionForm, ranks: NDArray[np.integer], partition: Sequence[Coalition], concept: str = "nash"
) -> Bools:
    """Return stability when each block of a partition acts as one player.

    A different notion from coalition stability: the members pool their options for good, improve only
    together, and can no longer move alone.

    Returns
    -------
    numpy.ndarray of bool, shape (blocks, states)

    Raises
    ------
    ValueError
        If the blocks do not hold every decision maker exactly once.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> solve_bound(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), [(0, 1)]).tolist()
    [[False, True, True, True]]
    """
    if sorted(dm for block in partition for dm in block) != list(range(form.dms)):
        raise ValueError("a partition names every decision maker exactly once")
    block_of = {dm: n for n, block in enumerate(partition) for dm in block}
    owner = tuple(block_of.get(o, o) for o in form.owner)
    merged = OptionForm(len(partition), owner, form.direction, form.feasible)
    better = preferred(checked_ranks(form, ranks))
    together = np.array([better[list(block)].all(axis=0) for block in partition])
    return stable_under(Relations(step_tables(merged), together, together, ~together), concept)
