"""Red lines: which coalitions share a deal, and the smallest sets of red lines that would have to move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.space import Allowed, Space, count_deals, free, placings

Accepts = Sequence[Sequence[NDArray[np.bool_]]]
"""Actor, then issue: one boolean per option, True where the actor could accept it."""

Line = tuple[int, int]
"""A red line: (actor, issue)."""


def joint(space: Space, accepts: Accepts, members: Iterable[int], dropped: Iterable[Line] = ()) -> Allowed:
    """Return the options every member accepts, issue by issue, with some red lines dropped.

    Parameters
    ----------
    space : Space
    accepts : sequence over actors of sequences over issues of (m_i,) bool arrays
    members : iterable of int
        Actors whose acceptance counts.
    dropped : iterable of (actor, issue)
        Red lines that no longer count.

    Examples
    --------
    >>> space = Space((2,))
    >>> joint(space, [[np.array([True, False])], [np.array([True, True])]], [0, 1])
    [array([ True, False])]
    """
    gone = set(dropped)
    masks = free(space)
    for actor in members:
        for issue, mask in enumerate(accepts[actor]):
            if (actor, issue) not in gone:
                masks[issue] = masks[issue] & mask
    return masks


def count_agreed(space: Space, accepts: Accepts, agreement: Agreement, dropped: Sequence[Line] = ()) -> int:
    """Count the deals inside the red lines of enough actors, exactly.

    With a quorum of k among n, by inclusion and exclusion over the coalitions of the voters:
    sum over sizes j >= k of (-1)^(j-k) C(j-1, k-1) times the deals that all members of a coalition of j
    accept, over all such coalitions.

    Examples
    --------
    >>> masks = [[np.array(m, dtype=bool)] for m in ([1, 1, 0], [0, 1, 1], [0, 1, 0])]
    >>> [count_agreed(Space((3,)), masks, Agreement((), (0, 1, 2), k)) for k in (1, 2, 3)]
    [3, 1, 1]
    """
    least, others = agreement.more, agreement.others
    if not least:
        return count_deals(space, joint(space, accepts, agreement.vetoes, dropped))
    total = 0
    for size in range(least, len(others) + 1):
        sign = (-1) ** (size - least) * comb(size - 1, least - 1)
        for extra in combinations(others, size):
            members = (*agreement.vetoes, *extra)
            total += sign * count_deals(space, joint(space, accepts, members, dropped))
    return total


def agreed(accepts: Accepts, agreement: Agreement, deals: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return which deals (D, I) lie inside the red lines of enough actors.

    Examples
    --------
    >>> masks = [[np.array(m, dtype=bool)] for m in ([1, 1, 0], [0, 1, 1], [0, 1, 0])]
    >>> agreed(masks, Agreement((0,), (0, 1, 2), 2), np.array([[0], [1], [2]])).tolist()
    [False, True, False]
    """
    inside = np.ones((len(accepts), len(deals)), dtype=bool)
    for actor in agreement.counted:
        for issue, mask in enumerate(accepts[actor]):
            inside[actor] &= mask[deals[:, issue]]
    return agreement.carries(inside, axis=0)


def relaxations_of(space: Space, accepts: Accepts, agreement: Agreement) -> tuple[Relaxation, ...]:
    """Find all inclusion-minimal sets of red lines whose dropping opens a deal for enough actors.

    Examples
    --------
    >>> masks = [[np.array(m, dtype=bool)] for m in ([1, 0], [0, 1], [1, 0])]
    >>> [r.lines for r in relaxations_of(Space((2,)), masks, Agreement((0,), (0, 1, 2), 3))]
    [((1, 0),), ((0, 0), (2, 0))]
    """
    sets: set[tuple[Line, ...]] = set()
    for members in agreement.coalitions:
        sets |= {r.lines for r in minimal_relaxations(space, accepts, members)}
    least = [lines for lines in sets if not any(set(other) < set(lines) for other in sets)]
    found = [Relaxation(lines, count_agreed(space, accepts, agreement, lines)) for lines in least]
    return tuple(sorted(found, key=lambda r: (len(r.lines), r.lines)))


def coalition_counts(space: Space, accepts: Accepts, actors: Sequence[int]) -> dict[tuple[int, ...], int]:
    """Count, for every coalition of the actors, the deals all its members accept.

    The number can only fall as a coalition grows.

    Examples
    --------
    >>> space = Space((3,))
    >>> a, b = np.array([True, True, False]), np.array([False, True, True])
    >>> coalition_counts(space, [[a], [b]], [0, 1])
    {(0,): 2, (1,): 2, (0, 1): 1}
    """
    return {
        members: count_deals(space, joint(space, accepts, members))
        for size in range(1, len(actors) + 1)
        for members in combinations(actors, size)
    }


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An inclusion-minimal set of red lines whose dropping opens at least one deal.

    Parameters
    ----------
    lines : tuple of (actor, issue)
        The red lines to drop; empty when a deal exists already.
    opens : int
        How many deals then exist.
    """

    lines: tuple[Line, ...]
    opens: int


def minimal_relaxations(
    space: Space, accepts: Accepts, members: Sequence[int], most: int = 10_000
) -> tuple[Relaxation, ...]:
    """Find all inclusion-minimal sets of red lines whose dropping makes a deal possible.

    A deal breaks a set of red lines; the answer is the inclusion-minimal sets among those of all
    feasible deals. They are found by the same elimination as `count_deals`, keeping in each state only
    sets that contain no other: exact, without enumerating deals or sets.

    Parameters
    ----------
    space : Space
    accepts : see `joint`
    members : sequence of int
        Actors whose acceptance is required.
    most : int
        Bound on the number of sets kept in one state.

    Returns
    -------
    tuple of Relaxation
        Smallest first; ties in the order of actors and issues.

    Raises
    ------
    OverflowError
        If more than `most` sets would have to be kept; never a truncated answer.

    Examples
    --------
    >>> space = Space((2, 2))
    >>> yes, no = np.array([True, False]), np.array([False, True])
    >>> any_ = np.array([True, True])
    >>> [r.lines for r in minimal_relaxations(space, [[yes, any_], [no, any_]], [0, 1])]
    [((0, 0),), ((1, 0),)]
    """
    lines = [(p, i) for p in members for i in range(len(space.sizes)) if not accepts[p][i].all()]
    sets = _minimal_broken(space, accepts, lines, most)
    found = []
    for mask in sets:
        chosen = tuple(line for bit, line in enumerate(lines) if mask >> bit & 1)
        found.append(Relaxation(chosen, count_deals(space, joint(space, accepts, members, chosen))))
    return tuple(sorted(found, key=lambda r: (len(r.lines), r.lines)))


def _minimal_broken(space: Space, accepts: Accepts, lines: list[Line], most: int) -> list[int]:
    """Return the inclusion-minimal sets of broken lines over all feasible deals, as bit masks."""
    states: dict[int, list[int]] = {(1 << len(space.forbidden)) - 1: [0]}
    for step in placings(space):
        broken = [
            sum(1 << bit for bit, (p, i) in enumerate(lines) if i == step.issue and not accepts[p][i][o])
            for o in range(space.sizes[step.issue])
        ]
        grown: dict[int, set[int]] = {}
        for live, sets in states.items():
            for option, extra in enumerate(broken):
                after = live & step.keeps[option]
                if not after & step.closes:
                    grown.setdefault(after, set()).update(s | extra for s in sets)
        states = {live: minimal_sets(sets) for live, sets in grown.items()}
        if any(len(sets) > most for sets in states.values()):
            raise OverflowError(f"more than {most:,} minimal sets of red lines; name fewer required actors")
    return minimal_sets({s for sets in states.values() for s in sets})


def minimal_sets(sets: Iterable[int]) -> list[int]:
    """Return the bit masks that contain no other, smallest first.

    Examples
    --------
    >>> minimal_sets([0b110, 0b010, 0b101])
    [2, 5]
    """
    kept: list[int] = []
    for candidate in sorted(set(sets), key=lambda s: (s.bit_count(), s)):
        if not any(smaller & candidate == smaller for smaller in kept):
            kept.append(candidate)
    return kept


def relaxations_by_issue(
    space: Space, accepts: Accepts, agreement: Agreement
) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Find the minimal sets of issues on which all red lines would have to go, with the deals each opens.

    Returns
    -------
    tuple of (issues, opens)
        Smallest first.

    Examples
    --------
    >>> yes, no = np.array([True, False]), np.array([False, True])
    >>> relaxations_by_issue(Space((2, 2)), [[yes, yes], [no, yes]], Agreement((0, 1)))
    (((0,), 2),)
    """
    sets: set[tuple[int, ...]] = set()
    for members in agreement.coalitions:
        together = joint(space, accepts, members)
        sets |= {tuple(i for _, i in r.lines) for r in minimal_relaxations(space, [together], [0])}
    least = [issues for issues in sets if not any(set(other) < set(issues) for other in sets)]
    lines = {issues: [(p, i) for p in agreement.counted for i in issues] for issues in least}
    found = [(issues, count_agreed(space, accepts, agreement, lines[issues])) for issues in least]
    return tuple(sorted(found, key=lambda pair: (len(pair[0]), pair[0])))
