"""Options nobody can tell apart: solved once and multiplied out afterwards, so that ties slow no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.concepts import Optimum
from detente.methods.dealspace.utilities import Utilities
from detente.methods.space import Allowed, Clause, free

Classes = tuple[dict[int, tuple[int, ...]], ...]
"""Per issue, the first option of each class, and all its options."""


def classes_of(
    tables: Sequence[NDArray[np.generic]],
    forbidden: Sequence[Clause] = (),
    interactions: Sequence[tuple[Sequence[int], NDArray[np.generic]]] = (),
    allowed: Allowed | None = None,
) -> Classes:
    """Group options of equal points that every rule and interaction treats alike.

    Parameters
    ----------
    tables : per issue (m_i, ...)
        Whatever the options are worth.
    forbidden : sequence of Clause
    interactions : sequence of (issues, (m_a, m_b, ..., ...))
    allowed : per issue (m_i,) bool, optional

    Examples
    --------
    >>> classes_of([np.array([[1], [2], [1]])])
    ({0: (0, 2), 1: (1,)},)
    >>> classes_of([np.array([[1], [2], [1]]), np.array([[0]])], [((0, (0,)), (1, (0,)))])
    ({0: (0,), 1: (1,), 2: (2,)}, {0: (0,)})
    """
    out = []
    for issue, table in enumerate(tables):
        groups: dict[bytes, list[int]] = {}
        usable = range(len(table)) if allowed is None else np.flatnonzero(allowed[issue]).tolist()
        for option in usable:
            mark = [np.ascontiguousarray(table[option]).tobytes()]
            mark += [bytes([option in o]) for clause in forbidden for i, o in clause if i == issue]
            mark += [
                np.ascontiguousarray(np.take(extra, option, axis=list(issues).index(issue))).tobytes()
                for issues, extra in interactions
                if issue in issues
            ]
            groups.setdefault(b"|".join(mark), []).append(option)
        out.append({members[0]: tuple(members) for members in groups.values()})
    return tuple(out)


def first_of(classes: Classes, sizes: Sequence[int]) -> Allowed:
    """Return the masks that leave one option of each class."""
    return [np.isin(np.arange(size), list(members)) for size, members in zip(sizes, classes, strict=True)]


def merged(utilities: Utilities, allowed: Allowed | None = None) -> Classes:
    """Return the classes of a deal space.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> merged(utilities_of(Space((2,)), [[[3], [3]]], [0]))
    ({0: (0, 1)},)
    """
    effects = [(w.issues, w.points) for w in utilities.interactions]
    masks = free(utilities.space) if allowed is None else allowed
    return classes_of(utilities.points, utilities.space.forbidden, effects, masks)


def spread(optimum: Optimum, classes: Classes, most: int) -> Optimum:
    """Multiply a solution out over the options nobody can tell apart.

    Parameters
    ----------
    optimum : Optimum
        All its ties listed, one option of each class.
    classes : Classes
    most : int
        Most deals to list; all are counted.
    """
    ways = [[classes[i][o] for i, o in enumerate(deal)] for deal in optimum.deals.tolist()]
    number = sum(prod(len(members) for members in deal) for deal in ways)
    listed = [list(deal) for members in ways for deal in islice(product(*members), most)][:most]
    deals = np.array(sorted(listed), dtype=np.int16)
    return replace(optimum, deals=deals, ties=number)
